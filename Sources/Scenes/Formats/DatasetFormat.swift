public import Imaging
public import Storage

/// A way in which datasets lie on disk, or are made. To add one, write a file and add a line to `FormatCatalog`.
public protocol DatasetFormat: Sendable {
  /// The word after `load dataset`.
  static var name: String { get }
  /// One sentence for help.
  static var summary: String { get }
  /// Whether it reads files, so that a path must be given.
  static var needsPath: Bool { get }
  /// What it reads of a request beside what every format does.
  static var options: Set<LoadOption> { get }
  /// Raised when the same files make other samples, or other parts, than before.
  static var version: Int { get }
  /// Finds the files, by the file system of the request.
  static func load(_ request: LoadRequest) throws -> LoadedData
}

extension DatasetFormat {
  public static var needsPath: Bool { true }
  public static var options: Set<LoadOption> { needsPath ? [.lists] : [] }
  public static var version: Int { 1 }
}

/// What is asked of a format.
public struct LoadRequest {
  /// The dataset's folder.
  public var path: String
  /// In place of the role that the format gives.
  public var role: Dataset.Role?
  /// The size at which networks see the pictures.
  public var size: PixelSize?
  /// How pictures are brought to that size.
  public var filter: ResamplingFilter
  /// Makes anything that would be left out an error.
  public var isStrict: Bool
  /// Of random splits.
  public var seed: UInt64
  /// How much of the data is for validation where the data does not say.
  public var validationShare: Double
  /// A file that says what label values mean (see `LabelMapping.init(text:path:)`).
  public var labelMap: String?
  /// How images and labels are named, for a folder whose names say it in no usual way.
  public var patterns: (images: NamePattern, labels: NamePattern?)?
  /// Files that list the samples of a part, by path: only what they list is read.
  public var lists: [Dataset.Part: String] = [:]
  /// Whether labels that were drawn coarsely are read for training.
  public var usesCoarseLabels = false
  /// How dense the fog is that was drawn into the pictures; nil for every density that is there.
  public var fog: Double?
  /// Whose numbers the labels hold; nil where the files are to say.
  public var numbering: LabelNumbering?
  /// Looks at a file for damage and values; `place` says which of how many pairs it belongs to. Whoever hashes files anyway can look at
  /// them on the way, and remember what was seen.
  public typealias Examine = (_ path: String, _ use: FileExamination.Use, _ place: (index: Int, count: Int)) throws -> FileExamination
  public var examine: Examine?
  /// Where the folder and its files are.
  public var fileSystem: any FileSystem
  /// Keeps samples that were decoded.
  public var samples: SampleCache

  public init(
    path: String = "", role: Dataset.Role? = nil, size: PixelSize? = nil, filter: ResamplingFilter = .bilinear, isStrict: Bool = false, seed: UInt64 = 0,
    validationShare: Double = 0.2, labelMap: String? = nil, fileSystem: any FileSystem = LocalFileSystem(), samples: SampleCache = SampleCache()
  ) {
    (self.path, self.role, self.size, self.filter, self.isStrict) = (path, role, size, filter, isStrict)
    (self.seed, self.validationShare, self.labelMap) = (seed, validationShare, labelMap)
    (self.fileSystem, self.samples) = (fileSystem, samples)
  }

  /// What a file shows, as ``examine`` says or by reading it.
  func examination(_ path: String, _ use: FileExamination.Use, _ place: (index: Int, count: Int)) throws -> FileExamination {
    try examine?(path, use, place) ?? FileExamination.read(path, in: fileSystem, for: use)
  }
}

/// What a format has found.
public struct LoadedData: Sendable {
  /// The data as one dataset; nil where it has several worlds that must be named.
  public let whole: Dataset?
  /// Its worlds by field name: `source` and `target`, `day` and `dusk`; empty where there is only one.
  public let fields: [Field]
  /// Files that are left out, in the order of their names.
  public let omissions: [Omission]
  /// What is worth knowing of the files, and no fault: "test/ is not read: 12 images kept for testing".
  public let remarks: [String]
  /// How the data was divided, in words; nil where nothing was to be divided.
  public let split: String?
  /// Whether samples were divided at random, so that the seed counts.
  public var isSplitAtRandom: Bool { datasets.contains(where: \.isSplitAtRandom) }

  public struct Field: Sendable {
    public let name: String
    public let dataset: Dataset

    public init(name: String, dataset: Dataset) {
      (self.name, self.dataset) = (name, dataset)
    }
  }

  public init(whole: Dataset?, fields: [Field] = [], omissions: [Omission] = [], remarks: [String] = [], split: String? = nil) {
    (self.whole, self.fields, self.omissions, self.remarks, self.split) = (whole, fields, omissions, remarks, split)
  }

  /// Every dataset in it.
  public var datasets: [Dataset] { (whole.map { [$0] } ?? []) + fields.map(\.dataset) }
}
