import Imaging
public import Scenes
import Tensors

/// How one image of the target is mixed with one of the source: everything about it that is drawn.
public struct MixDraw: Sendable, Hashable {
  /// Of the source's label; pixels with one of these are pasted.
  public var labels: Set<UInt8>
  /// Of the mixed image's colours, in this order.
  public var changes: [ColourChange]
  /// Of the blur, in pixels; nil for none.
  public var deviation: Float?

  public init(labels: Set<UInt8>, changes: [ColourChange] = [], deviation: Float? = nil) {
    (self.labels, self.changes, self.deviation) = (labels, changes, deviation)
  }

  /// Whether it changes a picture's colours.
  var isChange: Bool { !changes.isEmpty || deviation != nil }

  /// A normalised picture with the changes and the blur.
  func changed(_ values: [Float], size: PixelSize) -> [Float] {
    var picture = Normalization.image(of: values, size: size).changed(by: changes)
    if let deviation { picture = picture.blurred(deviation: deviation) }
    return Normalization.values(of: picture)
  }

  /// What a draw is for.
  public struct Occasion: Sendable, Hashable {
    public let seed: UInt64
    public let step: Int
    /// Among all images of the step.
    public let image: Int
    /// What the source's label has where the two images overlap, in ascending order; 255 counts as a class.
    public let labels: [UInt8]

    public init(seed: UInt64, step: Int, image: Int, labels: [UInt8]) { (self.seed, self.step, self.image, self.labels) = (seed, step, image, labels) }
  }

  /// DACS's way: half of the classes, rounded up; in four steps of five colour jitter, in every second blur of a deviation within 0.15..1.15.
  ///
  /// Drawn from the seed, the step and the image alone.
  ///
  /// - Parameters:
  ///   - jitter: how far factors are from 1 at most, and the hue turns; 0 leaves colours as they are.
  ///   - blurs: false for no blur.
  public static func drawn(for occasion: Occasion, jitter: Float = 0.25, blurs: Bool = true) -> MixDraw {
    // Numbers are drawn whether or not they are used, so that a setting changes no others.
    var common = RandomStream(seed: occasion.seed, purpose: "mixes", epoch: occasion.step)
    let (isJittered, isBlurred) = (common.chance(0.8), common.chance(0.5))
    var random = RandomStream(seed: occasion.seed, purpose: "mix", epoch: occasion.step, sample: occasion.image)
    let changes = ColourChange.jitter(strength: jitter, &random), deviation = random.uniform(0.15, 1.15)
    let order = random.permutation(of: occasion.labels.count).prefix((occasion.labels.count + 1) / 2)
    return MixDraw(
      labels: Set(order.map { occasion.labels[$0] }), changes: isJittered && jitter > 0 ? changes : [], deviation: isBlurred && blurs ? deviation : nil)
  }
}
