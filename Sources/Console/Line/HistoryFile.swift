internal import FoundationEssentials

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
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return [] }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    return lines.suffix(limit).map(String.init)
  }

  public func append(_ line: String) {
    let text = line.split(separator: "\n").joined(separator: " ")
    guard !text.isEmpty else { return }
    AppendedFile.append(Array((text + "\n").utf8), to: path)
  }
}
