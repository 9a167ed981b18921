#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LocalFileSystem {
  /// The longest file that is read whole: half of the machine's memory.
  private static let largest = sysconf(Int32(_SC_PHYS_PAGES)) / 2 * sysconf(Int32(_SC_PAGESIZE))

  public func snapshot(_ path: String) throws(FileError) -> FileSnapshot {
    let (file, before) = try openedToRead(path)
    defer { close(file) }
    guard Int(before.st_size) <= LocalFileSystem.largest else { throw FileError("read", path, FileError.tooLarge) }
    // Room for one byte more than the file has by its own account: the end is seen without moving what was read.
    var bytes = try filled(max(0, Int(before.st_size)) + 1, from: file, at: 0, path)
    if bytes.count > Int(before.st_size) {
      while true {
        let more = try filled(65_536, from: file, at: bytes.count, path)
        bytes += more
        if more.count < 65_536 { break }
      }
    }
    var after = stat()
    guard fstat(file, &after) == 0 else { throw FileError("read", path, errno) }
    let info = LocalFileSystem.info(before)
    return FileSnapshot(bytes: bytes, info: info == LocalFileSystem.info(after) ? info : nil)
  }

  public func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] {
    let (file, status) = try openedToRead(path)
    defer { close(file) }
    return try filled(min(count, max(0, Int(status.st_size) - start)), from: file, at: start, path)
  }

  /// `count` bytes of an open file, or what there is.
  private func filled(_ count: Int, from file: Int32, at start: Int, _ path: String) throws(FileError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(file, buffer.baseAddress! + filled, count - filled, off_t(start + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    if code != 0 { throw FileError("read", path, code) }
    return bytes
  }

  /// Without blocking: a pipe would keep us waiting for somebody to write into it, and a device may never end.
  private func openedToRead(_ path: String) throws(FileError) -> (Int32, stat) {
    let file = try opened(path, O_RDONLY | O_NONBLOCK, "read")
    var status = stat()
    do throws(FileError) {
      guard fstat(file, &status) == 0 else { throw FileError("read", path, errno) }
      if status.st_mode & S_IFMT == S_IFDIR { throw FileError("read", path, EISDIR) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("read", path, FileError.notAFile) }
    } catch {
      close(file)
      throw error
    }
    return (file, status)
  }

  public func entries(in folder: String) throws(FileError) -> [FileName] {
    guard let stream = opendir(folder) else { throw FileError("list", folder, errno) }
    defer { closedir(stream) }
    let hidden = [Array(".".utf8), Array("..".utf8)], aside = Array(LocalFileSystem.aside.utf8)
    var names: [FileName] = []
    errno = 0
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !hidden.contains(bytes), !bytes.starts(with: aside) { names.append(FileName(bytes: bytes)) }
      errno = 0
    }
    // Half a list would pass for the whole.
    guard errno == 0 else { throw FileError("list", folder, errno) }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  public func info(_ path: String) -> FileInfo? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return LocalFileSystem.info(status)
  }

  private static func info(_ status: stat) -> FileInfo {
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
    return FileInfo(
      size: isFolder ? 0 : Int64(status.st_size), isFolder: isFolder, changed: nanoseconds(status.st_mtim), inode: UInt64(status.st_ino),
      statusChanged: nanoseconds(status.st_ctim), device: UInt64(status.st_dev))
  }
}
