public import Imaging
import Tensors

/// What was drawn at random for a sample: how it came to be as it is.
public struct SampleOrigin: Sendable {
  public let name: String
  /// What was cut out of the picture, and the size of the whole.
  public let window: PixelWindow
  public let whole: PixelSize
  /// What each style took from another picture, in the order of the styles.
  public let partners: [StylePartner?]
  /// What each augmentation changed, in their order.
  public let changes: [Augmentation.Change]
}

/// The part of another dataset's picture that a style takes its look from.
public struct StylePartner: Sendable {
  public let name: String
  public let window: PixelWindow
  /// The size that the part is brought to, where that is another.
  public let size: PixelSize

  public init(name: String, window: PixelWindow, size: PixelSize) { (self.name, self.window, self.size) = (name, window, size) }
}

extension Dataset {
  /// What ``sample(_:draw:)`` draws, without reading anything.
  ///
  /// - Throws: `SceneError` where there is no such position.
  public func origin(_ position: Int, draw: Draw) throws -> SampleOrigin {
    let (window, whole) = try window(position, draw: draw), (styles, number) = style(at: position)
    return SampleOrigin(
      name: name(at: position), window: window, whole: whole, partners: try styles.map { try $0.partner(of: window.size, index: number, draw: draw) },
      changes: changes(position, draw: draw))
  }
}
