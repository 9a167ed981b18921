/// What a browser asks: the first line and the headers of a request.
package struct RequestHead: Equatable, Sendable {
  package var method: String
  /// Without what follows a `?`.
  package var path: String
  /// By their names in small letters; nil for one that came several times.
  private var headers: [String: String?]

  package enum Reading: Equatable, Sendable {
    case incomplete
    case malformed
    case complete(RequestHead)
  }

  /// No request of a browser for a page is longer.
  static let limit = 16 << 10

  package static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = end(of: bytes) else { return bytes.count > limit ? .malformed : .incomplete }
    guard let text = String(validating: bytes[..<end], as: UTF8.self) else { return .malformed }
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).map { $0.split(separator: "\n", omittingEmptySubsequences: false) }.flatMap(\.self)
    let words = lines.first?.split(separator: " ", omittingEmptySubsequences: false) ?? []
    guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else { return .malformed }
    var headers: [String: String?] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex, line[..<colon].allSatisfy({ !$0.isWhitespace }) else { return .malformed }
      let name = line[..<colon].lowercased()
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.updateValue(headers[name] == nil ? String(value).trimmingEnd : nil, forKey: name)
    }
    let path = words[1].prefix { $0 != "?" && $0 != "#" }
    return .complete(RequestHead(method: String(words[0]), path: String(path), headers: headers))
  }

  package subscript(name: String) -> String? { headers[name] ?? nil }

  /// Where the empty line begins that ends the headers.
  private static func end(of bytes: [UInt8]) -> Int? {
    let newline = UInt8(ascii: "\n"), back = UInt8(ascii: "\r")
    var start = 0
    while let end = bytes[start...].firstIndex(of: newline) {
      let next = bytes[(end + 1)...].prefix(2)
      if next.first == newline || (next.first == back && next.last == newline && next.count == 2) { return end > 0 && bytes[end - 1] == back ? end - 1 : end }
      start = end + 1
    }
    return nil
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
