import Imaging
import Language
import Scenes
import Storage
import Workbench

struct LoadDataset: Command {
  enum RoleWord: String, CaseIterable, Sendable { case source, target }

  static let name = "load dataset"
  static let summary = "Load images with their labels: the built-in streets, files of a published data set (gta5, cityscapes and others), or a plain folder."
  static let category = Category.data
  static let drawsData = true
  static let isStored = false
  /// What came after the first sessions were recorded.
  static let additions: Set<String> = ["images", "labels", "coarse", "fog", "ids"]
  static let searchTerms = ["verify", "images", "labels", "open", "data", "split"]
  static let examples = [
    Example("load dataset", shows: .dataset), Example("load dataset streets size=128x64", shows: .dataset),
    Example("load dataset gta5 \"no/such/place\"", fails: "no/such/place"),
    Example("load dataset folder \"my/data\" role=target images=\"rgb/*_rgb.png\" labels=\"seg/*_seg.png\"", fails: "my/data"),
  ]

  @Choice("the format of the data") var format = Format.streets
  @Path("the folder that holds the files", positional: true) var from: Location?
  @Setting("width and height at which networks see the images", in: 8...8192) var size: PixelSize?
  @Choice("how images are brought to that size, as Pillow does it") var resize = ResamplingFilter.bilinear
  @Choice("what it is for, instead of the format's own role") var role: RoleWord?
  @Setting("share of the images for validation, where the files do not say", in: 0.01...0.99) var val = 0.2
  @Path("folder: a file that says what label values mean, with lines `value = class`") var map: Location?
  @Setting("fail where files are missing, unreadable or of unequal sizes, instead of leaving them out") var strict = false
  @Setting("folder: how images are named, with one * for the name of the sample, such as \"rgb/*_rgb.png\"") var images: String?
  @Setting("folder: how their labels are named; what * stands for is the same for both") var labels: String?
  @Path("a list of the images for training, a path a line, or an image and its label; only what is listed is read") var trainlist: Location?
  @Path("the same for validation") var vallist: Location?
  @Setting("cityscapes: train with coarse labels, train_extra too") var coarse = false
  @Setting("foggycityscapes: one density of fog, instead of all", in: 0.001...1) var fog: Double?
  @Choice("carla, synthia: whose numbers the labels hold, where the files do not say") var ids: NumberingWord?

  static let seeAlso = ["show", "take", "fda", "augment"]

  private let loaded = Once<LoadedData>()

  func ingredients(_ context: Context) throws -> [String: String] {
    let data = try load(context)
    let files = data.datasets.flatMap(\.files)
    var hashed = 0, hashes: [String: String] = [:]
    let fingerprint = try Fingerprint.of(files) { path in
      hashed += 1
      try context.checkInterrupt()
      if hashed.isMultiple(of: 16) { try context.step(Progress(fraction: Double(hashed) / Double(files.count), stage: "reading file \(hashed) of \(files.count)")) }
      let hash = try context.hashes.sha256(of: path)
      hashes[path] = hash
      return hash
    }
    // What was found and what was hashed are the same files only where none changed in between.
    if let changed = data.datasets.lazy.compactMap(\.changedFile).first {
      throw Diagnostic("\(changed) changed while the dataset was loaded", at: $from, remedy: "load it again when its files have been written")
    }
    for dataset in data.datasets { dataset.learn(hashes) }
    var ingredients = ["files": fingerprint]
    if isDrawn { ingredients["streets"] = String(Streets.version) }
    if known.version > 1 { ingredients[known.name] = String(known.version) }
    // What was left out is shown, so it belongs to the value; reasons may name where files lie.
    let others = data.omissions.map(\.name) + data.remarks
    if !others.isEmpty { ingredients["others"] = contentDigest(Array(others.joined(separator: "\n").utf8)) }
    return ingredients
  }

  /// A split at random, of files whose folders do not say it.
  func drawsNumbers(_ context: Context) throws -> Bool { try load(context).isSplitAtRandom }

  /// The size at which streets are drawn.
  func usual(_ context: Context) -> [String: Literal] { ["coarse": false.literal].merging(isDrawn ? ["size": Streets.size.literal] : [:]) { $1 } }

  func explanation(_ context: Context) throws -> [Phrase] {
    let data = try load(context), files = Set(data.datasets.flatMap(\.files)).count
    let found: [Phrase] = data.datasets.map { "\(DatasetValue($0).summary)" }
    let remarks = data.remarks.map { "\($0)" as Phrase }
    return found + remarks + [files == 0 ? "drawn when they are read; no file is needed" : "\(counted(files, "file")), read when \(files == 1 ? "it is" : "they are") needed; \(data.omissions.count) \(data.omissions.count == 1 ? "is" : "are") left out"]
  }

  func run(_ context: Context) throws -> DatasetValue {
    let data = try load(context)
    for omission in data.omissions.prefix(8) { context.note("\(omission)") }
    if data.omissions.count > 8 { context.note("\(data.omissions.count - 8) more \(data.omissions.count == 9 ? "is" : "are") left out") }
    for remark in data.remarks { context.note(remark) }
    return DatasetValue(data, title: format.rawValue, remark: data.remark)
  }

  private var isDrawn: Bool { !known.needsPath }

  private var known: any DatasetFormat.Type { format.format }

  /// Finds the files once, for the recipe and for the value.
  private func load(_ context: Context) throws -> LoadedData {
    try loaded.value {
      if known.needsPath, from == nil {
        throw Diagnostic("\(format.rawValue) is read from files", at: $format, remedy: "name their folder: load dataset \(format.rawValue) \"FOLDER\"")
      }
      if !known.needsPath, from != nil { throw Diagnostic("\(format.rawValue) is built in and takes no folder", at: $from) }
      if format.isA(PlainFolder.self), role == nil {
        throw Diagnostic("a plain folder does not say what it is for", at: $format, remedy: "add role=source or role=target")
      }
      let settings = [("role", $role), ("val", $val), ("strict", $strict)]
      if !known.needsPath, let (name, range) = settings.first(where: { $0.1 != nil }) {
        throw Diagnostic("\(name)= has no effect on \(format.rawValue), which is built in", at: range, remedy: "leave it out")
      }
      try checkOptions()
      var request = LoadRequest(
        path: from?.path ?? "", role: role.flatMap { Dataset.Role(rawValue: $0.rawValue) }, size: size, filter: resize, isStrict: strict, seed: context.seed,
        validationShare: val, labelMap: map?.path, fileSystem: context.fileSystem, samples: context.belongings.samples)
      try addOptions(to: &request)
      request.examine = { path, use, place in
        try context.checkInterrupt()
        if place.index.isMultiple(of: 8) {
          try context.step(Progress(fraction: Double(place.index) / Double(place.count), stage: "looking at image \(place.index + 1) of \(place.count)"))
        }
        return try LoadDataset.examined(path, use, context)
      }
      return try pointing(at: $from) { try known.load(request) }
    }
  }
}

extension LoadDataset {
  /// What a file holds, from its bytes or from when they were read before; its first bytes say whether the rest is read at all.
  private static func examined(_ path: String, _ use: FileExamination.Use, _ context: Context) throws -> FileExamination {
    try FileExamination.probe(path, in: context.fileSystem, for: use)
    let question = "\(use.rawValue) \(FileExamination.version)"
    let text = try context.hashes.finding(question, in: path) { FileExamination($0, for: use).text }
    return try FileExamination(text: text) ?? FileExamination(context.fileSystem.read(path), for: use)
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
