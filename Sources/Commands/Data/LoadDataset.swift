import Imaging
import Language
import Scenes
import Workbench

struct LoadDataset: Command {
  /// The formats of the catalog, as words.
  enum Format: String, CaseIterable, Sendable { case streets, gta5, cityscapes, camvid, folder }
  enum RoleWord: String, CaseIterable, Sendable { case source, target }

  static let name = "load dataset"
  static let summary = "Load images with their labels: the built-in streets, or files of GTA5, Cityscapes, CamVid or a plain folder."
  static let category = Category.data
  static let isStored = false
  static let searchTerms = ["verify", "images", "labels", "open", "data", "split"]
  static let examples = [
    Example("load dataset", shows: .dataset), Example("load dataset streets size=128x64", shows: .dataset),
    Example("load dataset gta5 \"no/such/place\"", fails: "no/such/place"),
  ]

  @Choice("what it is") var format = Format.streets
  @Path("the folder where its files lie", positional: true) var from: Location?
  @Setting("width and height at which networks see the images", in: 8...8192) var size: PixelSize?
  @Choice("how images are brought to that size, as Pillow does it") var resize = ResamplingFilter.bilinear
  @Choice("what it is for, in place of what the format says") var role: RoleWord?
  @Setting("share of the images for validation, where the files do not say", in: 0.01...0.99) var val = 0.2
  @Path("folder: a file that says what label values mean, with lines `value = class`") var map: Location?
  @Setting("fail where files are missing, unreadable or of unequal sizes, instead of leaving them out") var strict = false

  static let seeAlso = ["show", "take", "fda", "augment"]

  private let loaded = Once<LoadedData>()

  func ingredients(_ context: Context) throws -> [String: String] {
    let data = try load(context)
    let files = data.datasets.flatMap(\.files)
    var hashed = 0
    let fingerprint = try Fingerprint.of(files) { path in
      hashed += 1
      if hashed.isMultiple(of: 16) { try context.step(Progress(fraction: Double(hashed) / Double(files.count), stage: "reading file \(hashed) of \(files.count)")) }
      return try context.hashes.sha256(of: path)
    }
    var ingredients = ["files": fingerprint]
    if format == .streets { ingredients["streets"] = String(Streets.version) }
    return ingredients
  }

  /// A split at random; the built-in streets are split already.
  func drawsNumbers(_ context: Context) -> Bool { format != .streets }

  /// The size at which streets are drawn.
  func usual(_ context: Context) -> [String: Literal] { format == .streets ? ["size": Streets.size.literal] : [:] }

  func explanation(_ context: Context) throws -> [Phrase] {
    let data = try load(context), files = Set(data.datasets.flatMap(\.files)).count
    let found: [Phrase] = data.datasets.map { "\(DatasetValue($0).summary)" }
    return found + [files == 0 ? "drawn when they are read; no file is needed" : "\(files) files, read when they are needed; \(data.omissions.count) are left out"]
  }

  func run(_ context: Context) throws -> DatasetValue {
    let data = try load(context)
    for omission in data.omissions.prefix(8) { context.note("\(omission)") }
    if data.omissions.count > 8 { context.note("\(data.omissions.count - 8) more are left out") }
    return DatasetValue(data, title: format.rawValue)
  }

  /// Finds the files once, for the recipe and for the value.
  private func load(_ context: Context) throws -> LoadedData {
    try loaded.value {
      guard let known = FormatCatalog.named(format.rawValue) else { preconditionFailure("\(format) is not in the catalog of formats") }
      if known.needsPath, from == nil {
        throw Diagnostic("\(format.rawValue) is read from files", at: $format, remedy: "say where they lie: load dataset \(format.rawValue) \"FOLDER\"")
      }
      if !known.needsPath, from != nil { throw Diagnostic("\(format.rawValue) is built in and takes no folder", at: $from) }
      if format == .folder, role == nil {
        throw Diagnostic("a plain folder does not say what it is for", at: $format, remedy: "add role=source or role=target")
      }
      if format != .folder, map != nil { throw Diagnostic("\(format.rawValue) knows what its labels mean", at: $map, remedy: "map= is for `folder`") }
      let request = LoadRequest(
        path: from?.path ?? "", role: role.flatMap { Dataset.Role(rawValue: $0.rawValue) }, size: size, filter: resize, isStrict: strict, seed: context.seed,
        validationShare: val, labelMap: map?.path)
      return try pointing(at: $from) { try known.load(request) }
    }
  }
}

/// A value that is computed when it is first asked for.
final class Once<Value> {
  private var content: Value?
  func value(_ make: () throws -> Value) rethrows -> Value {
    if let content { return content }
    let made = try make()
    content = made
    return made
  }
}
