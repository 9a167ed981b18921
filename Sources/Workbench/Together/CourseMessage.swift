import FoundationEssentials

/// What the leading process says of a value that the store should have.
enum CourseMessage {
  /// All compute it, from these files of an earlier try.
  case together([(name: String, bytes: [UInt8])])
  /// The store has it now.
  case stored
  case failed(message: String, remedy: String?, isInterrupted: Bool)

  /// What stands before the files' bytes.
  private struct Head: Codable {
    var files: [File]?
    var message: String?
    var remedy: String?
    var isInterrupted: Bool?
  }

  private struct File: Codable {
    let name: String
    let count: Int
  }

  /// The length of the head in eight bytes, the head, and the files.
  var bytes: [UInt8] {
    var head = Head(), rest: [UInt8] = []
    switch self {
    case .together(let files):
      head.files = files.map { File(name: $0.name, count: $0.bytes.count) }
      rest = Array(files.map(\.bytes).joined())
    case .stored: break
    case .failed(let message, let remedy, let isInterrupted): (head.message, head.remedy, head.isInterrupted) = (message, remedy, isInterrupted)
    }
    guard let json = try? JSONEncoder().encode(head) else { preconditionFailure("texts and numbers can be encoded") }
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json + rest
  }

  init(_ bytes: [UInt8]) {
    let length = bytes.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    guard bytes.count >= 8 + length, let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[8..<8 + length])) else {
      preconditionFailure("all processes call the same methods in the same order")
    }
    if let files = head.files {
      var start = 8 + length
      self = .together(files.map { file in
        defer { start += file.count }
        return (file.name, Array(bytes[start..<start + file.count]))
      })
    } else if let message = head.message {
      self = .failed(message: message, remedy: head.remedy, isInterrupted: head.isInterrupted ?? false)
    } else {
      self = .stored
    }
  }
}
