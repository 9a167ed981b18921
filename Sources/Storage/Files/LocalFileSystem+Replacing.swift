#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LocalFileSystem {
  /// Puts `bytes` in the place of a file that still holds what was read of it: whole or not at all, and who may read and run it stays as
  /// it was. `expected` is nil where there was no file. Fails, and leaves the file alone, where somebody changed it meanwhile.
  public func replace(_ path: String, holding expected: [UInt8]?, with bytes: [UInt8]) throws(FileError) {
    let temporary = temporary(beside: path)
    do throws(FileError) {
      let file = try openedAside(temporary)
      defer { close(file) }
      try put(bytes, into: file, path)
      var status = stat()
      if expected != nil, stat(path, &status) == 0 {
        _ = fchown(file, status.st_uid, status.st_gid)  // as far as we may
        guard fchmod(file, status.st_mode & 0o7777) == 0 else { throw FileError("write", path, errno) }
      }
      guard fsync(file) == 0 else { throw FileError("write", path, errno) }
      if let expected {
        guard (try? read(path)) == expected else { throw FileError("write", path, FileError.wasChanged) }
        guard rename(temporary, path) == 0 else { throw FileError("write", path, errno) }
      } else {
        guard link(temporary, path) == 0 else { throw FileError("write", path, errno == EEXIST ? FileError.wasChanged : errno) }
        unlink(temporary)
      }
    } catch {
      unlink(temporary)
      throw FileError(error.operation, path, error.code)
    }
    try flush(folder(of: path))
  }
}
