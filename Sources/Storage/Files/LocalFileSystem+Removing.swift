#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LocalFileSystem {
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

  public func removeHalfWritten(in folder: String) throws(FileError) {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return }
      throw FileError("list", folder, errno)
    }
    var names: [String] = []
    while let entry = Glibc.readdir(stream) { names.append(LocalFileSystem.name(of: entry)) }
    closedir(stream)
    for name in names where LocalFileSystem.host(of: name) != nil { try removeAside("\(folder)/\(name)") }
  }

  /// The host that a name was given on, a process and a count behind the mark: nothing else is ours. Empty for a host of earlier versions, which
  /// did not say.
  private static func host(of name: String) -> Substring? {
    guard name.hasPrefix(aside) else { return nil }
    let parts = name.dropFirst(aside.count).split(separator: "-", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.suffix(2).allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    guard parts.count == 3 else { return "" }
    return parts[0].utf8.count == ThisHost.identity.utf8.count && parts[0].utf8.allSatisfy(isHexadecimal) ? parts[0] : nil
  }

  /// Of a file only where nobody holds it any more; a folder that carries such a name was being removed.
  private func removeAside(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR { return try removeTree(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    // Whether another machine's process holds it cannot be told from here: nobody writes one file for a day.
    if let host = LocalFileSystem.host(of: lastName(path)), !host.isEmpty, host != ThisHost.identity, time(nil) - status.st_mtim.tv_sec < 86_400 { return }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
  }
}
