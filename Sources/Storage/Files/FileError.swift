#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An operation on a file that the system refused, with the system's reason.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  public var operation: String
  public var path: String
  /// `errno`, or one of the negative numbers below.
  public var code: Int32

  public init(_ operation: String, _ path: String, _ code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// It is a pipe, a socket or a device.
  static let notAFile: Int32 = -1
  /// It is not what it was when it was read.
  static let wasChanged: Int32 = -2
  /// There is not the memory to read it whole.
  static let tooLarge: Int32 = -3
  /// Fewer bytes came than it has.
  static let endedEarly: Int32 = -4
  /// Somebody writes it all the time.
  static let keepsChanging: Int32 = -5

  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
  public var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }
  public var isBeingWritten: Bool { code == FileError.keepsChanging }
  /// Longer than what it is said to be ever is.
  public var isTooLong: Bool { code == EFBIG }

  public var description: String { isBeingWritten ? "\(path) changed while it was being read" : "cannot \(operation) \(path): \(reason)" }

  /// What is wrong, as the end of a sentence: "permission is denied".
  public var reason: String {
    if isMissing { return "there is no such file or folder" }
    if isFull { return "the disk is full" }
    if code == EROFS { return "the disk is read-only" }
    if isForbidden { return "permission is denied" }
    if code == EEXIST { return "there is a file of that name" }
    if code == EISDIR { return "it is a folder" }
    switch code {
    case FileError.notAFile: return "it is a pipe or a device, not a file"
    case FileError.wasChanged: return "it was changed after it was read, and stays as it is now"
    case FileError.tooLarge: return "it is larger than half of this machine's memory"
    case EFBIG: return "it is too long"
    case FileError.endedEarly: return "the file ends early"
    case FileError.keepsChanging: return "it changed while it was being read"
    default: return String(cString: strerror(code))
    }
  }
}
