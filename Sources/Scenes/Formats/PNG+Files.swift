public import Imaging
public import Storage

extension PNG {
  /// The picture in a file, as `decodeImage`.
  public static func readImage(_ path: String, in files: any FileSystem = LocalFileSystem()) throws -> Image {
    try decodeImage(files.read(path), path: path)
  }

  /// The indices in a file, as `decodeIndices`.
  public static func readIndices(_ path: String, in files: any FileSystem = LocalFileSystem()) throws -> IndexMap {
    try decodeIndices(files.read(path), path: path)
  }

  /// The header of a file, and a look at its end: a file that was cut off in copying is told apart without decoding it.
  @discardableResult
  public static func probe(_ path: String, in files: any FileSystem = LocalFileSystem()) throws -> Header {
    let head = try files.read(path, first: 33), size = Int(files.info(path)?.size ?? 0)
    let header = try header(head, ofFileOf: size, path: path)
    if !isEnd(try files.read(path, from: max(0, size - 12), count: 12)) { _ = try decodeImage(files.read(path), path: path) }
    return header
  }
}
