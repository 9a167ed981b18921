import FoundationEssentials
import Storage

/// The lines of a journal as bytes: number, length and checksum, then JSON. A flipped bit, a line that is gone or stands twice, and one
/// that was put in by hand are all found; only the last line may be half written, as a kill leaves it.
///
///     12 57 0f3a5b7c9d1e2f40 {"begin":{"_0":"t = train m"}}
enum JournalText {
  /// What bytes hold.
  struct Reading {
    var lines: [SessionFile.Line] = []
    /// Lines that are damaged or missing.
    var damaged = 0
    /// The bytes of all whole lines, where nothing is damaged.
    var whole: [UInt8] = []
    /// How many lines these are.
    var count = 0
  }

  static func line(_ line: SessionFile.Line, number: Int) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = Array(try encoder.encode(line))
    return Array(front(number, json).utf8) + json + [newline]
  }

  static func read(_ bytes: [UInt8]) -> Reading {
    var reading = Reading(), last = 0, isNumbered = false, start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: newline)
      let piece = bytes[start..<(end ?? bytes.count)]
      start = (end ?? bytes.count) + 1
      if piece.isEmpty, end != nil, !isNumbered { continue }
      // Journals of earlier versions have bare JSON, up to the first line with a number.
      if !isNumbered, piece.first == UInt8(ascii: "{") {
        if let line = decoded(piece) { (reading.count, last) = (reading.count + 1, last + 1); reading.add(line, piece) } else if end != nil { reading.damaged += 1 }
        continue
      }
      guard let (number, line) = numbered(piece) else {
        if end != nil || !isTorn(piece) { reading.damaged += 1 }
        continue
      }
      if number != last + 1, reading.damaged == 0 || number <= last { reading.damaged += 1 }
      (isNumbered, last) = (true, number)
      reading.count += 1
      reading.add(line, piece)
    }
    return reading
  }

  private static let newline = UInt8(ascii: "\n"), space = UInt8(ascii: " ")

  private static func front(_ number: Int, _ json: some Collection<UInt8>) -> String {
    let front = "\(number) \(json.count) "
    return front + contentDigest(Array(front.utf8) + json).prefix(16) + " "
  }

  private static func decoded(_ json: some Collection<UInt8>) -> SessionFile.Line? { try? JSONDecoder().decode(SessionFile.Line.self, from: Data(json)) }

  private static func numbered(_ piece: ArraySlice<UInt8>) -> (number: Int, line: SessionFile.Line)? {
    let parts = piece.split(separator: space, maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let number = Int(String(decoding: parts[0], as: UTF8.self)),
      Array(front(number, parts[3]).utf8).elementsEqual(piece.prefix(piece.count - parts[3].count)), let line = decoded(parts[3])
    else { return nil }
    return (number, line)
  }

  /// Whether a last line without its line break is the beginning of one: it has fewer bytes than it says.
  private static func isTorn(_ piece: ArraySlice<UInt8>) -> Bool {
    let parts = piece.split(separator: space, maxSplits: 3, omittingEmptySubsequences: false)
    func isNumber(_ part: ArraySlice<UInt8>) -> Bool { part.allSatisfy { (0x30...0x39).contains($0) } }
    guard isNumber(parts[0]), parts.count < 2 || isNumber(parts[1]), parts.count < 3 || parts[2].count <= 16 && parts[2].allSatisfy(isHexadecimal) else { return false }
    guard parts.count == 4, let length = Int(String(decoding: parts[1], as: UTF8.self)) else { return parts.count < 4 }
    return parts[3].count < length
  }
}

extension JournalText.Reading {
  fileprivate mutating func add(_ line: SessionFile.Line, _ piece: ArraySlice<UInt8>) {
    lines.append(line)
    whole += piece
    whole.append(UInt8(ascii: "\n"))
  }

  /// The statement that was running when the session ended, if one was.
  var running: String? {
    var running: String?
    for line in lines {
      switch line {
      case .begin(let text): running = text
      case .end, .failed: running = nil
      case .undo, .redo: break
      }
    }
    return damaged > 0 ? nil : running
  }
}
