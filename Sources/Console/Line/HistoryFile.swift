internal import Glibc

/// The lines of all sessions, one a line of a file, newest last. A line is appended as soon as it is typed; several processes may do so at once.
/// A history is a comfort: where the file cannot be read or written, it is empty or stays as it is.
public struct HistoryFile: Sendable {
  public let path: String
  /// How many lines are read at most, the newest.
  public var limit: Int

  public init(path: String, limit: Int = 5000) {
    self.path = path
    self.limit = limit
  }

  /// Oldest first.
  public func lines() -> [String] {
    let lines = String(decoding: end(), as: UTF8.self).split(separator: "\n")
    return lines.suffix(limit).map(String.init)
  }

  /// The newest bytes of the file, from the beginning of a line on: many times what the lines that are wanted take.
  private func end() -> ArraySlice<UInt8> {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    let start = max(0, lseek(file, 0, SEEK_END) - (4 << 20))
    var bytes = [UInt8](repeating: 0, count: 4 << 20), count = 0
    while count < bytes.count {
      let room = bytes.count - count, got = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress! + count, room, start + count) }
      guard got > 0 else { break }
      count += got
    }
    let end = bytes[..<count]
    return start == 0 ? end : end.drop { $0 != 0x0A }
  }

  public func append(_ line: String) {
    let text = line.split(separator: "\n").joined(separator: " ")
    guard !text.isEmpty else { return }
    AppendedFile.append(Array((text + "\n").utf8), to: path)
  }
}
