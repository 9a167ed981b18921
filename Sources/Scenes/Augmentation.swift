import Imaging
import Tensors

/// Random changes to a sample: with `probability` all of them, else none. The label moves with its picture.
///
/// The order is brightness, contrast, saturation, hue, flip. The defaults are those of the paper's best row.
public struct Augmentation: Hashable, Sendable {
  /// How often a sample is changed at all.
  public var probability: Float
  /// Factors are drawn uniformly; 1 changes nothing.
  public var brightness: ClosedRange<Float>
  public var contrast: ClosedRange<Float>
  public var saturation: ClosedRange<Float>
  /// In whole turns of the colour circle, -0.5...0.5; 0 changes nothing.
  public var hue: ClosedRange<Float>
  /// How often a sample that is changed is also mirrored.
  public var flip: Float
  /// Whether a label is mirrored with its picture. Not so in the paper's authors' code: an error that is kept to be compared with.
  public var movesLabels: Bool

  public init(
    probability: Float = 0.5, brightness: ClosedRange<Float> = 1...1, contrast: ClosedRange<Float> = 0.5...1.5,
    saturation: ClosedRange<Float> = 0.5...1.5, hue: ClosedRange<Float> = 0...0, flip: Float = 1, movesLabels: Bool = true
  ) {
    (self.probability, self.brightness, self.contrast) = (probability, brightness, contrast)
    (self.saturation, self.hue, self.flip, self.movesLabels) = (saturation, hue, flip, movesLabels)
  }

  /// What was drawn for one sample.
  public struct Change: Hashable, Sendable {
    /// Whether the sample is changed at all; nothing else counts where it is not.
    public let isChanged: Bool
    public let brightness: Float
    public let contrast: Float
    public let saturation: Float
    /// In whole turns.
    public let hue: Float
    public let isFlipped: Bool
    public let isLabelFlipped: Bool
  }

  /// Every number is drawn whether or not it is used, so that changing one range leaves the others' numbers as they were.
  func drawn(_ random: inout RandomStream) -> Change {
    let isChanged = random.chance(probability)
    let light = random.uniform(brightness.lowerBound, brightness.upperBound)
    let contrast = random.uniform(contrast.lowerBound, contrast.upperBound)
    let saturation = random.uniform(saturation.lowerBound, saturation.upperBound)
    let hue = random.uniform(hue.lowerBound, hue.upperBound)
    let isFlipped = random.chance(flip)
    return Change(
      isChanged: isChanged, brightness: light, contrast: contrast, saturation: saturation, hue: hue, isFlipped: isFlipped,
      isLabelFlipped: isFlipped && movesLabels)
  }
}

extension Augmentation.Change {
  /// The sample with these changes.
  func applied(to image: FloatImage, _ label: IndexMap?) -> (FloatImage, IndexMap?) {
    guard isChanged else { return (image, label) }
    var image = image
    if brightness != 1 { image = image.brightened(by: brightness) }
    if contrast != 1 { image = image.contrasted(by: contrast) }
    if saturation != 1 { image = image.saturated(by: saturation) }
    if hue != 0 { image = image.hueShifted(by: hue) }
    return (isFlipped ? image.flipped : image, isLabelFlipped ? label?.flipped : label)
  }
}
