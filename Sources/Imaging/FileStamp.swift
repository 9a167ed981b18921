#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Which state of a file was seen: another after any change of its bytes, also one that keeps its size and sets its time back.
public struct FileStamp: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let changed: Int64
  /// The system's own time of the last change, which no program can set.
  private let statusChanged: Int64

  init(_ status: stat) {
    func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
    (device, inode, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
    (changed, statusChanged) = (nanoseconds(status.st_mtim), nanoseconds(status.st_ctim))
  }

  /// That of the file which lies at a path now; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// In one word, for names of files.
  package var words: String { "\(device) \(inode) \(size) \(changed) \(statusChanged)" }
}
