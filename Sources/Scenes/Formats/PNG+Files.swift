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
}
