import Segmentation

/// A network of the catalog, by its name.
struct ArchitectureName: RawRepresentable, CaseIterable, Sendable {
  let rawValue: String

  init?(rawValue: String) {
    guard Architectures.named(rawValue) != nil else { return nil }
    self.rawValue = rawValue
  }

  private init(_ architecture: any Architecture.Type) { rawValue = architecture.name }

  static var allCases: [ArchitectureName] { Architectures.all.map(ArchitectureName.init) }
  static let bisenet = ArchitectureName(BiSeNet.self)
}
