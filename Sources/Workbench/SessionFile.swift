import FoundationEssentials
import Language
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A session on the disk: a journal, which is the truth, and beside it the script that anyone can read and replay.
///
/// The journal gets a line before a statement runs and one after it, each on the disk before work goes on. A kill at any moment loses at
/// most the statement that was running; a half-written last line is taken away when the session is opened again.
final class SessionFile {
  enum Line: Codable {
    case begin(String)
    case end(Entry)
    case failed
    case undo
    case redo
  }

  let name: String
  private let folder: String
  private let fileSystem: any FileSystem
  /// Held as long as the session is open.
  private let lock: FileLock
  /// The script as it should be on the disk.
  private var script: [String] = []

  /// The script: it replays as it is.
  var scriptPath: String { "\(folder)/\(name).segue" }
  private var journalPath: String { "\(folder)/\(name).journal" }

  private init(_ name: String, _ folder: String, _ fileSystem: any FileSystem, _ lock: FileLock) {
    (self.name, self.folder, self.fileSystem, self.lock) = (name, folder, fileSystem, lock)
  }

  /// The names of all sessions of a folder.
  static func names(in folder: String, _ fileSystem: any FileSystem) -> [String] {
    ((try? fileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(".journal") }.map { String($0.dropLast(8)) }
  }

  /// A session that is there; nil where it is open elsewhere.
  static func existing(_ name: String, in folder: String, _ fileSystem: any FileSystem) throws -> SessionFile? {
    try fileSystem.lock("\(folder)/\(name).lock").map { SessionFile(name, folder, fileSystem, $0) }
  }

  /// Whether somebody has a session open.
  static func isOpen(_ name: String, in folder: String, _ fileSystem: any FileSystem) -> Bool {
    guard fileSystem.exists("\(folder)/\(name).lock") else { return false }
    return ((try? fileSystem.lock("\(folder)/\(name).lock")) ?? nil) == nil
  }

  /// A new session, named by the day, a count and its kind: `2026-11-22-1`, see ``SessionName``.
  static func new(_ kind: SessionKind, in folder: String, _ fileSystem: any FileSystem, day: String = today) throws -> SessionFile {
    try fileSystem.makeFolder(folder)
    let names = try fileSystem.names(in: folder).filter { $0.hasSuffix(".journal") || $0.hasSuffix(".lock") }
    var count = names.filter { $0.hasPrefix(day + "-") }.compactMap { Int($0.dropFirst(day.count + 1).prefix { $0.isNumber }) }.max() ?? 0
    while true {
      count += 1
      let name = SessionName(day: day, count: count, kind).text
      guard !fileSystem.exists("\(folder)/\(name).journal"), let lock = try fileSystem.lock("\(folder)/\(name).lock") else { continue }
      let file = SessionFile(name, folder, fileSystem, lock)
      try fileSystem.append([], to: file.journalPath)
      return file
    }
  }

  /// `2026-11-22`, local time.
  private static var today: String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    func two(_ value: Int32) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  func begin(_ text: String) throws { try add(.begin(text)) }
  func failed() throws { try add(.failed) }

  func end(_ entry: Entry, adding: Bool) throws {
    try add(.end(entry))
    script += entry.lines
    try fileSystem.append(Array(entry.lines.map { $0 + "\n" }.joined().utf8), to: scriptPath)
  }

  /// After undo and redo the script is written anew.
  func change(_ line: Line, _ lines: [String]) throws {
    try add(line)
    try rewrite(lines)
  }

  func rewrite(_ lines: [String]) throws {
    script = lines
    try fileSystem.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: scriptPath)
  }

  private func add(_ line: Line) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try fileSystem.append(Array(try encoder.encode(line)) + [UInt8(ascii: "\n")], to: journalPath)
  }

  /// What the journal holds, and the statement that was running when the session ended, if one was.
  func read() throws -> (lines: [Line], running: String?, damaged: Int) {
    let bytes = (try? fileSystem.read(journalPath)) ?? []
    var lines: [Line] = []
    var running: String?
    var damaged = 0
    for piece in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let line = try? JSONDecoder().decode(Line.self, from: Data(piece)) else { damaged += 1; continue }
      switch line {
      case .begin(let text): running = text
      case .end, .failed: running = nil
      case .undo, .redo: break
      }
      lines.append(line)
    }
    if let last = bytes.last, last != UInt8(ascii: "\n") {
      let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { Array(bytes[...$0]) } ?? []
      try fileSystem.write(whole, to: journalPath)
      if (try? JSONDecoder().decode(Line.self, from: Data(bytes[whole.count...]))) != nil { try fileSystem.append(Array(bytes[whole.count...]) + [UInt8(ascii: "\n")], to: journalPath) }
    }
    return (lines, running, damaged)
  }

  /// The script as the disk has it, to see whether it must be written anew.
  var scriptOnDisk: String? { fileSystem.text(scriptPath) }
}
