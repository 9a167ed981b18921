public import Imaging
public import Storage

/// Where samples come from: files, or a generator. Reading the same index twice gives the same sample, on any thread.
public protocol SampleReader: Sendable {
  var count: Int { get }
  /// Whether `read(at:)` gives labels.
  var hasLabels: Bool { get }
  /// The files behind the samples, for fingerprints; none for a generator.
  var files: [SourceFile] { get }
  /// A file that is not what it was when the reader was made; nil where all are.
  var changedFile: String? { get }
  /// Told the hashes of the files when they are known, by their paths: a file that changed and holds the same bytes is read all the same.
  func learn(_ hashes: [String: String])
  func name(at index: Int) -> String
  /// The size of the picture, known without reading it.
  func size(at index: Int) -> PixelSize
  /// The picture and its label in train ids, of the same size.
  func read(at index: Int) throws -> (image: Image, label: IndexMap?)
  /// The picture alone, where that is less work.
  func image(at index: Int) throws -> Image
  /// The label alone, in train ids.
  func label(at index: Int) throws -> IndexMap?
  /// The file that holds the picture, in the state that it is in; nil where there is none.
  func imageFile(at index: Int) -> SourceFile?
  /// What the sample's files were found to hold; nil for a generator.
  func source(at index: Int) -> SampleSource?
}

extension SampleReader {
  public var hasLabels: Bool { true }
  public var files: [SourceFile] { [] }
  public var changedFile: String? { nil }
  public func learn(_ hashes: [String: String]) {}
  public func image(at index: Int) throws -> Image { try read(at: index).image }
  public func label(at index: Int) throws -> IndexMap? { try read(at: index).label }
  public func imageFile(at index: Int) -> SourceFile? { nil }
  public func source(at index: Int) -> SampleSource? { nil }
}

/// What the files of a sample hold, and how its label's values are understood.
public struct SampleSource: Sendable {
  public let picture: FileExamination
  public let label: FileExamination?
  public let mapping: LabelMapping?
}

/// A file of a dataset: where it is, and its name within the dataset, which stays the same when the folder moves.
public struct SourceFile: Hashable, Sendable {
  public let name: String
  public let path: String
  /// The state that was read, of a file that is read once, when the dataset is loaded.
  public let state: FileInfo?

  public init(name: String, path: String, state: FileInfo? = nil) {
    (self.name, self.path, self.state) = (name, path, state)
  }
}
