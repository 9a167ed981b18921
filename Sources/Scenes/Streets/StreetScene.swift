public import Imaging

/// One street: a layout in metres that knows no look, and can be drawn in any.
///
/// The same seed and camera give the same street, and the same label map to the byte, in every look: a free control experiment.
public struct StreetScene: Sendable {
  /// In what colours, light and textures a street is drawn.
  public enum Look: Sendable, Hashable, CaseIterable {
    /// The worlds' own.
    case source, target
    /// One that the street alone has, drawn at random: no colour means anything.
    case varied

    /// How this world looks.
    public init(_ world: World) { self = world == .source ? .source : .target }
  }

  /// What the street is made from.
  public let seed: UInt64
  /// Whose camera looks at it: the target's stands a little lower and has a slightly longer lens.
  public let camera: World
  let layout: StreetLayout

  public init(seed: UInt64, camera: World) {
    self.seed = seed
    self.camera = camera
    layout = StreetLayout(seed: seed, camera: camera)
  }

  /// The picture in this look, and its labels: Cityscapes train ids 0...18, and 255 for what has no class.
  public func render(look: Look, size: PixelSize) -> (image: Image, label: IndexMap) {
    let view = StreetView(of: layout, size: size)
    let picture =
      switch look {
      case .source: RenderedLook(seed: seed, shadowFall: layout.shadowFall).picture(of: view)
      case .target: CameraLook(seed: seed, shadowFall: layout.shadowFall).picture(of: view)
      case .varied: VariedLook(seed: seed, shadowFall: layout.shadowFall).picture(of: view)
      }
    return (picture.image, view.label)
  }

  /// The labels alone, at a fraction of the cost of the picture.
  public func label(size: PixelSize) -> IndexMap { StreetView(of: layout, size: size).label }
}
