#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// The disk. Durable: file contents and folder entries are flushed before a call returns.
public struct LocalFileSystem: FileSystem {
  private static let counter = Atomic<Int>(0)
  /// Half-written and half-removed files carry this in front of their name.
  private static let aside = ".writing-"

  public init() {}

  /// The longest file that is read whole: half of the machine's memory.
  private static let largest = sysconf(Int32(_SC_PHYS_PAGES)) / 2 * sysconf(Int32(_SC_PAGESIZE))

  public func read(_ path: String) throws(FileError) -> [UInt8] {
    let (file, status) = try openedToRead(path)
    defer { close(file) }
    guard Int(status.st_size) <= LocalFileSystem.largest else { throw FileError("read", path, FileError.tooLarge) }
    var bytes = [UInt8](repeating: 0, count: max(0, Int(status.st_size)))
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: filled == Int(status.st_size) ? 1 : 65_536)) }
      let room = bytes.count - filled
      let got = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, room) }
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError("read", path, errno)
      }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  public func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
    let (file, status) = try openedToRead(path)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: min(count, max(0, Int(status.st_size))))
    var filled = 0
    while filled < bytes.count {
      let room = bytes.count - filled
      let got = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, room) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path, errno) }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(bytes.count - filled)
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

  public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let temporary = temporary(beside: path)
    do throws(FileError) {
      let file = try openedAside(temporary)
      defer { close(file) }
      try put(bytes, into: file, path)
      guard fsync(file) == 0 else { throw FileError("write", path, errno) }
      guard rename(temporary, path) == 0 else { throw FileError("write", path, errno) }
    } catch {
      unlink(temporary)
      throw FileError(error.operation, path, error.code)
    }
    try flush(folder(of: path))
  }

  public func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    let isNew = info(path) == nil
    let file = try opened(path, O_WRONLY | O_CREAT | O_APPEND, "write")
    defer { close(file) }
    let before = lseek(file, 0, SEEK_END)
    do throws(FileError) {
      try put(bytes, into: file, path)
    } catch {
      ftruncate(file, before)
      throw error
    }
    guard fsync(file) == 0 else { throw FileError("write", path, errno) }
    if isNew { try flush(folder(of: path)) }
  }

  public func makeFolder(_ path: String) throws(FileError) {
    if let info = info(path) {
      if info.isFolder { return }
      throw FileError("make the folder", path, EEXIST)
    }
    let above = folder(of: path)
    if above != path { try makeFolder(above) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError("make the folder", path, errno) }
    try flush(above)
  }

  public func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw FileError("list", folder, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = Glibc.readdir(stream) {
      let name = LocalFileSystem.name(of: entry)
      if name != ".", name != "..", !name.hasPrefix(LocalFileSystem.aside) { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func info(_ path: String) -> FileInfo? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
    return FileInfo(
      size: isFolder ? 0 : Int64(status.st_size), isFolder: isFolder, changed: nanoseconds(status.st_mtim), inode: UInt64(status.st_ino),
      statusChanged: nanoseconds(status.st_ctim), device: UInt64(status.st_dev))
  }

  public func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  public func move(_ path: String, to new: String) throws(FileError) {
    guard rename(path, new) == 0 else { throw FileError("rename", path, errno) }
    try flush(folder(of: new))
    if folder(of: path) != folder(of: new) { try flush(folder(of: path)) }
  }

  /// `renameat2`, of which 1 << 1 (`RENAME_EXCHANGE`) is wanted: Linux has it, but declares it only for C with GNU's extensions.
  private static let exchanging = dlsym(nil, "renameat2").map {
    unsafeBitCast($0, to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32).self)
  }

  public func exchange(_ path: String, with other: String) throws(FileError) {
    if let exchanging = LocalFileSystem.exchanging {
      if exchanging(AT_FDCWD, path, AT_FDCWD, other, 1 << 1) == 0 {
        try flush(folder(of: other))
        if folder(of: path) != folder(of: other) { try flush(folder(of: path)) }
        return
      }
      guard errno == EINVAL || errno == ENOSYS else { throw FileError("rename", path, errno) }
    }
    // Other processes that find nothing look again.
    let aside = temporary(beside: other)
    try move(other, to: aside)
    try move(path, to: other)
    try move(aside, to: path)
  }

  /// A folder goes at once, under another name, before what is in it: nobody finds half of it, and two that remove it do not meet.
  public func remove(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path, errno) }
      return
    }
    let moved = temporary(beside: path)
    guard rename(path, moved) == 0 else {
      if errno == ENOENT { return }
      throw FileError("remove", path, errno)
    }
    do throws(FileError) {
      try removeTree(moved)
    } catch {
      throw FileError(error.operation, path, error.code)
    }
  }

  private func removeTree(_ path: String) throws(FileError) {
    if unlink(path) == 0 || errno == ENOENT { return }
    guard let stream = opendir(path) else {
      if errno == ENOENT { return }
      throw FileError("remove", path, errno)
    }
    var names: [String] = []
    while let entry = Glibc.readdir(stream) { names.append(LocalFileSystem.name(of: entry)) }
    closedir(stream)
    for name in names where name != "." && name != ".." { try removeTree("\(path)/\(name)") }
    guard rmdir(path) == 0 || errno == ENOENT else { throw FileError("remove", path, errno) }
  }

  /// A name that nobody else takes and that `names` does not list.
  func temporary(beside path: String) -> String {
    let number = LocalFileSystem.counter.add(1, ordering: .relaxed).newValue
    return "\(folder(of: path))/\(LocalFileSystem.aside)\(getpid())-\(number)"
  }

  public func removeHalfWritten(in folder: String) throws(FileError) {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return }
      throw FileError("list", folder, errno)
    }
    var names: [String] = []
    while let entry = Glibc.readdir(stream) { names.append(LocalFileSystem.name(of: entry)) }
    closedir(stream)
    for name in names where LocalFileSystem.isAside(name) { try removeAside("\(folder)/\(name)") }
  }

  /// A process and a count behind the mark: nothing else is ours.
  private static func isAside(_ name: String) -> Bool {
    guard name.hasPrefix(aside) else { return false }
    let parts = name.dropFirst(aside.count).split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// Of a file only where nobody holds it any more; a folder that carries such a name was being removed.
  private func removeAside(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR { return try removeTree(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
  }

  /// A new file aside, held while it is written, so that ``removeHalfWritten(in:)`` of another process leaves it.
  func openedAside(_ temporary: String) throws(FileError) -> Int32 {
    while true {
      let file = try opened(temporary, O_WRONLY | O_CREAT | O_TRUNC, "write")
      // Where it is held already it is about to be removed, and another must be made. Disks without locks have nobody to fear.
      var status = stat()
      if flock(file, LOCK_EX) != 0 || fstat(file, &status) != 0 || status.st_nlink > 0 { return file }
      close(file)
    }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
  }

  public func touch(_ path: String) throws(FileError) {
    guard utimes(path, nil) == 0 else { throw FileError("touch", path, errno) }
  }

  public func freeSpace(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return path == "/" ? nil : freeSpace(at: folder(of: path)) }
    return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }

  public func lock(_ path: String) throws(FileError) -> FileLock? {
    let file = try opened(path, O_RDWR | O_CREAT, "lock")
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      if code == EWOULDBLOCK { return nil }
      throw FileError("lock", path, code)
    }
    return FileLock {
      // A child that is just being started holds a copy of the file until it runs its program: closing ours would not let go of the lock.
      flock(file, LOCK_UN)
      close(file)
    }
  }

  public func resolved(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let above = folder(of: path)
    if above == path { return path }
    let base = resolved(above)
    return (base == "/" ? "" : base) + "/" + lastName(path)
  }

  func opened(_ path: String, _ flags: Int32, _ operation: String) throws(FileError) -> Int32 {
    while true {
      let file = open(path, flags | O_CLOEXEC, 0o666)
      if file >= 0 { return file }
      if errno != EINTR { throw FileError(operation, path, errno) }
    }
  }

  func put(_ bytes: [UInt8], into file: Int32, _ path: String) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + done, min($0.count - done, 1 << 30)) }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("write", path, errno)
      }
      done += count
    }
  }

  func flush(_ folder: String) throws(FileError) {
    let file = try opened(folder, O_RDONLY, "write")
    defer { close(file) }
    guard fsync(file) == 0 || errno == EINVAL else { throw FileError("write", folder, errno) }
  }
}
