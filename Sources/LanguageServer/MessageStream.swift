/// Messages of the language server protocol as bytes: `Content-Length: 42`, an empty line, JSON.
package struct MessageStream {
  /// Longer ones are no documents of people.
  static let limit = 64 << 20

  package enum Fault: Error, Equatable {
    case header(String)
    case length(Int)

    var words: String {
      switch self {
      case .header(let line): "the header '\(line)' is not of the language server protocol"
      case .length(let count): "a message of \(count) bytes is too long"
      }
    }
  }

  private var buffer: [UInt8] = []

  package init() {}

  package mutating func add(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The next whole message; nil where more bytes must come first.
  package mutating func next() throws(Fault) -> [UInt8]? {
    guard let end = headerEnd else {
      if buffer.count > 4096 { throw .header(String(decoding: buffer.prefix(60), as: UTF8.self)) }
      return nil
    }
    var length: Int?
    for line in String(decoding: buffer[..<end], as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 2 else { throw .header(String(line.prefix(60))) }
      if parts[0].lowercased() == "content-length" { length = Int(parts[1]) }
    }
    guard let length, length >= 0 else { throw .header(String(decoding: buffer[..<end].prefix(60), as: UTF8.self)) }
    guard length <= MessageStream.limit else { throw .length(length) }
    let start = end + 4
    guard buffer.count >= start + length else { return nil }
    defer { buffer.removeFirst(start + length) }
    return Array(buffer[start..<(start + length)])
  }

  /// Where the empty line begins.
  private var headerEnd: Int? {
    guard buffer.count >= 4 else { return nil }
    return (0...(min(buffer.count, 8192) - 4)).first { buffer[$0] == 0x0D && buffer[$0 + 1] == 0x0A && buffer[$0 + 2] == 0x0D && buffer[$0 + 3] == 0x0A }
  }

  static func framed(_ text: String) -> String { "Content-Length: \(text.utf8.count)\r\n\r\n\(text)" }
}
