import Storage

extension Surroundings {
  /// Where pictures that were decoded once are kept; without them everything is the same and takes longer.
  public var decodedPictures: String { home + "/decoded" }

  /// Bytes of the decoded pictures.
  func sizeOfDecodedPictures() -> Int64 { fileSystem.size(of: decodedPictures) }

  /// Removes decoded pictures that were not used since `since` (nanoseconds since 1970), one by one, as other processes may be using the
  /// folder; the bytes that went.
  func removeDecodedPictures(unusedSince since: Int64 = .max) throws(FileError) -> Int64 {
    guard fileSystem.info(decodedPictures)?.isFolder == true else { return 0 }
    var removed: Int64 = 0
    for name in try fileSystem.names(in: decodedPictures) where name.utf8.count == 32 && name.utf8.allSatisfy(isHexadecimal) {
      let path = decodedPictures + "/" + name
      guard let info = fileSystem.info(path), !info.isFolder, info.changed < since else { continue }
      try fileSystem.remove(path)
      removed += info.size
    }
    return removed
  }
}
