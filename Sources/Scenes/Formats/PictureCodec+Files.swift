public import Imaging
public import Storage

extension PictureCodec {
  /// The header of a file, and a look at its end: a file that was cut off in copying is told apart without decoding it.
  @discardableResult
  public static func probe(_ path: String, in files: any FileSystem = LocalFileSystem()) throws -> PictureHeader {
    let size = Int(files.info(path)?.size ?? 0)
    let header = try header(of: path, size, files)
    if !isEnd(try files.read(path, from: max(0, size - 12), count: 12)) { _ = try decodeImage(files.read(path), path: path) }
    return header
  }

  private static func header(of path: String, _ size: Int, _ files: any FileSystem) throws -> PictureHeader {
    for length in headLengths.dropLast() where length < size {
      if let header = try? header(files.read(path, first: length), ofFileOf: size, path: path) { return header }
    }
    return try header(files.read(path, first: headLengths.last!), ofFileOf: size, path: path)
  }
}

extension PictureFile {
  /// As the codec of a file probes it.
  @discardableResult
  public static func probe(_ path: String, in files: any FileSystem = LocalFileSystem()) throws -> PictureHeader {
    try codec(of: files.read(path, first: 8)).probe(path, in: files)
  }
}
