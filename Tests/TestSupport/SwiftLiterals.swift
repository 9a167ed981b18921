import Foundation

/// The string literals of Swift sources, as far as tests of their words need them.
public enum SwiftLiterals {
  public struct Literal: Sendable {
    public let file: String
    public let line: Int
    /// Interpolations are `…`; literals within them stand on their own.
    public let text: String
  }

  static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources").standardized

  /// All of a target's, its shelves included.
  public static func of(target: String) throws -> [Literal] {
    let folder = sources.appendingPathComponent(target)
    let files = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
    return try files.flatMap { of(source: try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8), file: "\(target)/\($0)") }
  }

  public static func of(source: String, file: String = "") -> [Literal] {
    var scanner = Scanner(bytes: Array(source.utf8), file: file)
    scanner.code(isInterpolation: false)
    return scanner.found
  }

  private struct Scanner {
    let bytes: [UInt8]
    let file: String
    var place = 0
    var found: [Literal] = []

    init(bytes: [UInt8], file: String) { (self.bytes, self.file) = (bytes, file) }

    func isAt(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    /// To the end of the file, or behind the bracket that closes an interpolation.
    mutating func code(isInterpolation: Bool) {
      var depth = 0
      while place < bytes.count {
        if isAt("//") {
          place = bytes[place...].firstIndex(of: 10) ?? bytes.count
        } else if isAt("\"") || isAt("#\"") || isAt("##\"") {
          literal()
        } else {
          if isAt("(") { depth += 1 }
          if isAt(")") {
            if isInterpolation, depth == 0 { place += 1; return }
            depth -= 1
          }
          place += 1
        }
      }
    }

    mutating func literal() {
      let start = place
      var hashes = ""
      while isAt("#") { hashes += "#"; place += 1 }
      let quote = isAt("\"\"\"") ? "\"\"\"" : "\""
      place += quote.utf8.count
      var text: [UInt8] = []
      while place < bytes.count, !isAt(quote + hashes) {
        if isAt("\\\(hashes)(") {
          place += 2 + hashes.utf8.count
          code(isInterpolation: true)
          text += Array("…".utf8)
        } else if isAt("\\" + hashes) {
          text += bytes[place..<min(place + 2 + hashes.utf8.count, bytes.count)]
          place += 2 + hashes.utf8.count
        } else {
          text.append(bytes[place])
          place += 1
        }
      }
      place += quote.utf8.count + hashes.utf8.count
      found.append(Literal(file: file, line: bytes[..<start].count { $0 == 10 } + 1, text: String(decoding: text, as: UTF8.self)))
    }
  }
}
