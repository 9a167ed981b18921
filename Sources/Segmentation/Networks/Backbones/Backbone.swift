import Tensors

/// What a network takes its features from: an ImageNet classifier without its head.
protocol Backbone: Sendable {
  /// One word, as forms and files have it.
  static var name: String { get }
  /// How files of the backbone alone name their tensors.
  static var publishedNames: PublishedNames.Backbone { get }
  /// How other projects name those tensors.
  static var keySpaces: [KeySpace] { get }
  /// Adds the backbone's layers, under names that begin with `prefix` and a stop, and a stage for each of its strides.
  static func features(_ images: NodeID, _ prefix: String, width: NetworkWidth, in builder: inout NetworkBuilder) -> BackboneFeatures
}

extension Backbone {
  static var keySpaces: [KeySpace] { [] }
}

/// The maps that others read.
struct BackboneFeatures {
  let stride8: NodeID
  let stride16: NodeID
  let stride32: NodeID
}

/// One backbone of the catalog, by its name.
public struct BackboneName: RawRepresentable, CaseIterable, Sendable, Hashable {
  private static let catalog: [any Backbone.Type] = [STDC813.self, ResNet18.self]

  public let rawValue: String
  let backbone: any Backbone.Type

  public init?(rawValue: String) {
    guard let backbone = BackboneName.catalog.first(where: { $0.name == rawValue }) else { return nil }
    self.init(backbone)
  }

  init(_ backbone: any Backbone.Type) { (rawValue, self.backbone) = (backbone.name, backbone) }

  public static var allCases: [BackboneName] { catalog.map(BackboneName.init) }
  public static let stdc813 = BackboneName(STDC813.self)

  public static func == (one: BackboneName, other: BackboneName) -> Bool { one.rawValue == other.rawValue }
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
