#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
public import Language

/// An operation on a file that the system refused, with the system's reason.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  public var operation: String
  public var path: String
  /// `errno`
  public var code: Int32

  public init(_ operation: String, _ path: String, _ code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// In place of an `errno`: it is a pipe, a socket or a device.
  static let notAFile: Int32 = -1

  /// In place of an `errno`: there is not the memory to read it whole.
  static let tooLarge: Int32 = -3

  /// In place of an `errno`: it is not what it was when it was read.
  static let wasChanged: Int32 = -2

  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
  private var isReading: Bool { operation == "read" || operation == "list" }
  public var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }

  public var description: String { "cannot \(operation) \(path): \(reason)" }

  private var reason: String {
    if isMissing { return "there is no such file or folder" }
    if isFull { return "the disk is full" }
    if code == EROFS { return "the disk is read-only" }
    if isForbidden { return "permission is denied" }
    if code == FileError.notAFile { return "it is a pipe or a device, not a file" }
    if code == FileError.wasChanged { return "it was changed after it was read, and stays as it is now" }
    if code == FileError.tooLarge { return "it is larger than half of this machine's memory" }
    if code == EEXIST { return "there is a file of that name" }
    if code == EISDIR { return "it is a folder" }
    return String(cString: strerror(code))
  }

  /// The same for a person, with what would help.
  public var diagnostic: Diagnostic {
    let remedy: String? = isFull ? "`store trim=yes` removes values that no name holds" : !isForbidden ? nil : isReading ? "change its permissions, for example with chmod" : "run segue in a folder that you may write to"
    return Diagnostic(description, remedy: remedy)
  }
}
