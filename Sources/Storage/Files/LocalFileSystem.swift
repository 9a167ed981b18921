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
  static let aside = ".writing-"

  /// Nil for what suits the disk.
  private let locks: Locks?

  public init(locks: Locks? = nil) { self.locks = locks }

  public func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) {
    let temporary = temporary(beside: path)
    do throws(FileError) {
      let file = try openedAside(temporary)
      defer { close(file) }
      try put(bytes, into: file, path)
      if durable { guard fsync(file) == 0 else { throw FileError("write", path, errno) } }
      guard rename(temporary, path) == 0 else { throw FileError("write", path, errno) }
    } catch {
      unlink(temporary)
      throw FileError(error.operation, path, error.code)
    }
    if durable { try flush(folder(of: path)) }
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

  /// A name that nobody else takes and that `names` does not list.
  func temporary(beside path: String) -> String {
    let number = LocalFileSystem.counter.add(1, ordering: .relaxed).newValue
    return "\(folder(of: path))/\(LocalFileSystem.aside)\(ThisHost.identity)-\(getpid())-\(number)"
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

  public func touch(_ path: String) throws(FileError) {
    guard utimes(path, nil) == 0 else { throw FileError("touch", path, errno) }
  }

  public func freeSpace(at path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return path == "/" ? nil : freeSpace(at: folder(of: path)) }
    return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
  }

  public func lock(_ path: String) throws(FileError) -> FileLock? {
    if (locks ?? .suiting(folder(of: path))) == .claims { return try Claim.take(path + ".claim", in: self) }
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
