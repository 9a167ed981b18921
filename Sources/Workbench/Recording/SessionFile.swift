import FoundationEssentials
import Language
import Storage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A session on the disk: a journal, which is the truth, and beside it the script that anyone can read and replay.
///
/// The journal gets a line before a statement runs and one after it, each on the disk before work goes on. A kill at any moment loses at
/// most the statement that was running; a half-written last line is taken away when the session is opened again. A write that fails
/// leaves no hole: what the disk lacks is written together with the next line, and until then no statement is begun.
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
  /// Both files as they should be on the disk, and what of it is not there yet.
  private var journal: [UInt8] = []
  private var lineCount = 0
  private var script: [UInt8] = []
  private var isJournalBehind = false, isScriptBehind = false

  /// Whether the disk lacks something of the session.
  var isBehind: Bool { isJournalBehind || isScriptBehind }

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
      // A script whose journal is damaged or gone is somebody's work all the same.
      guard !fileSystem.exists("\(folder)/\(name).journal"), !fileSystem.exists("\(folder)/\(name).segue"), let lock = try fileSystem.lock("\(folder)/\(name).lock") else { continue }
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

  /// Fails where the line, or one before it, cannot be written: then the statement must not run.
  func begin(_ text: String) throws {
    try mend()
    let line = try JournalText.line(.begin(text), number: lineCount + 1)
    try append(line, to: journalPath, &isJournalBehind)
    (journal, lineCount) = (journal + line, lineCount + 1)
  }

  func failed() throws { try add(.failed) }

  func end(_ entry: Entry) throws {
    let lines = Array(entry.lines.map { $0 + "\n" }.joined().utf8), wasBehind = isScriptBehind
    script += lines
    do {
      try add(.end(entry))
      if wasBehind { try mend() } else { try append(lines, to: scriptPath, &isScriptBehind) }
    } catch {
      isScriptBehind = true
      throw error
    }
  }

  /// After undo and redo the script is written again.
  func change(_ line: Line, _ lines: [String]) throws {
    (script, isScriptBehind) = (Array(lines.map { $0 + "\n" }.joined().utf8), true)
    try add(line)
    try mend()
  }

  /// A line of something that has happened: the session goes on with it, whether or not the disk takes it now.
  private func add(_ line: Line) throws {
    let bytes = try JournalText.line(line, number: lineCount + 1)
    (journal, lineCount) = (journal + bytes, lineCount + 1)
    if isJournalBehind { try mend() } else { try append(bytes, to: journalPath, &isJournalBehind) }
  }

  /// Where it fails the file may hold some of it: it is then written whole.
  private func append(_ bytes: [UInt8], to path: String, _ isBehind: inout Bool) throws {
    isBehind = true
    try fileSystem.append(bytes, to: path)
    isBehind = false
  }

  /// Writes what the disk lacks; nothing where it lacks nothing.
  func mend() throws {
    if isJournalBehind {
      try fileSystem.write(journal, to: journalPath)
      isJournalBehind = false
    }
    if isScriptBehind {
      try fileSystem.write(script, to: scriptPath)
      isScriptBehind = false
    }
  }

  /// What the journal holds. A half-written last line is taken away with the next write.
  func read() throws -> JournalText.Reading {
    let bytes = try fileSystem.read(journalPath, atMost: FileLimit.record)
    let reading = JournalText.read(bytes)
    (journal, lineCount, isJournalBehind) = (reading.whole, reading.count, reading.whole != bytes)
    return reading
  }

  /// Takes over a session whose journal lies elsewhere and is damaged.
  func adopt(_ lines: [Line], _ transcript: String) throws {
    journal = []
    for (index, line) in lines.enumerated() { journal += try JournalText.line(line, number: index + 1) }
    (lineCount, isJournalBehind, isScriptBehind, script) = (lines.count, true, true, Array(transcript.utf8))
    try mend()
  }

  /// The damaged journal is kept under another name, so that it is not opened again; the script stays where it is.
  func setAside() throws -> String {
    let aside = unused("journal.damaged")
    try fileSystem.move(journalPath, to: aside)
    return lastName(aside)
  }

  /// What the script holds now; nil where there is none.
  func scriptOnDisk() throws -> [UInt8]? { fileSystem.exists(scriptPath) ? try fileSystem.read(scriptPath, atMost: FileLimit.record) : nil }

  /// Brings the script to what the journal says. A kill between two writes leaves the beginning of it, or what it was before the last
  /// undo; anything else that lies there was changed by something else, and is kept under another name, which is given back.
  func reconcile(_ found: [UInt8]?, _ transcript: String, before: String?) throws -> String? {
    script = Array(transcript.utf8)
    if found == script, !isJournalBehind { return nil }
    isScriptBehind = found != script
    var kept: String?
    if let found, !script.starts(with: found), found != before.map({ Array($0.utf8) }) {
      let aside = unused("segue.kept")
      try fileSystem.write(found, to: aside)
      kept = lastName(aside)
    }
    try mend()
    return kept
  }

  private func unused(_ ending: String) -> String {
    var count = 1
    while fileSystem.exists("\(folder)/\(name).\(ending)-\(count)") { count += 1 }
    return "\(folder)/\(name).\(ending)-\(count)"
  }
}
