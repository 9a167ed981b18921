public import Imaging
public import Storage

/// Labels that take the place of a dataset's own, made by a network for instance; read when needed, from any thread.
public protocol LabelProvider: Sendable {
  /// Train ids for the sample at this position of the dataset that was relabelled.
  func label(at position: Int) throws -> IndexMap
  /// The train ids that can occur, in ascending order: what a network can predict, unless it is said.
  var classes: [Int] { get }
}

extension LabelProvider {
  public var classes: [Int] { Array(0..<CityscapesClass.count) }
}

/// Labels held in memory.
struct KeptLabels: LabelProvider {
  let labels: [IndexMap]

  func label(at position: Int) throws -> IndexMap { labels[position] }
}

/// Labels in PNG files of train ids, one for each position, read each time they are asked for.
public struct LabelFiles: LabelProvider {
  public let paths: [String]
  private let fileSystem: any FileSystem

  public init(paths: [String], in fileSystem: any FileSystem = LocalFileSystem()) { (self.paths, self.fileSystem) = (paths, fileSystem) }

  /// - Throws: `FileError`, `ImagingError` or `SceneError` naming the file.
  public func label(at position: Int) throws -> IndexMap {
    try LabelMapping.trainIDs.trainIDs(of: PNG.readIndices(paths[position], in: fileSystem), path: paths[position])
  }
}
