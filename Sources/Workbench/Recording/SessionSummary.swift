public import Language
import Storage

/// A recorded session of a directory, for lists.
public struct SessionSummary: Sendable, Equatable {
  public var name: String
  public var kind: SessionKind
  /// When something was recorded last, in seconds since 1970.
  public var seconds: Int64
  /// How many are in effect.
  public var statements: Int
  /// Its first statements and headings, as recorded.
  public var firstLines: [String]
  public var isOpen: Bool
  /// It is the one that `segue` goes on with.
  public var isCurrent: Bool
}

extension Session {
  /// The sessions of a directory, those that were used last at the end.
  public static func list(in surroundings: Surroundings, _ vocabulary: Vocabulary) -> [SessionSummary] {
    let folder = surroundings.home + "/sessions", files = surroundings.fileSystem
    let names = SessionFile.names(in: folder, files)
    let current = CurrentSession(in: folder, files).name ?? CurrentSession.guess(among: names)
    let sessions = names.map { name in
      let script = Script(files.text("\(folder)/\(name).segue", atMost: FileLimit.record) ?? "", vocabulary)
      let lines = script.items.compactMap { item -> String? in
        switch item.content {
        case .statement, .heading: script.source[item.range]
        default: nil
        }
      }
      let statements = script.items.count { if case .statement = $0.content { true } else { false } }
      let changed = files.info("\(folder)/\(name).journal")?.changed ?? 0
      return SessionSummary(
        name: name, kind: SessionName(name).kind, seconds: changed / 1_000_000_000, statements: statements, firstLines: Array(lines.prefix(2)),
        isOpen: SessionFile.isOpen(name, in: folder, files), isCurrent: name == current)
    }
    return sessions.sorted { ($0.seconds, SessionName($0.name)) < ($1.seconds, SessionName($1.name)) }
  }

  /// Removes recorded sessions, which must neither be open nor the one that `segue` goes on with; nothing goes where one of them may not.
  public static func remove(_ names: [String], in surroundings: Surroundings) throws {
    let folder = surroundings.home + "/sessions", files = surroundings.fileSystem
    let known = SessionFile.names(in: folder, files)
    let current = CurrentSession(in: folder, files).name ?? CurrentSession.guess(among: known)
    var locks: [(name: String, lock: FileLock)] = []
    do {
      for name in Set(names).sorted() {
        guard known.contains(name) else {
          throw Diagnostic("no session is named '\(name)'", at: nil, unknown: name, among: known, none: "there is none in this directory")
        }
        if name == current { throw Diagnostic("'\(name)' is the session that `segue` continues", remedy: "begin another one with `segue --new` first") }
        guard let lock = try files.lock("\(folder)/\(name).lock") else { throw Diagnostic("'\(name)' is open", remedy: "leave it first") }
        locks.append((name, lock))
      }
      for (name, lock) in locks {
        // The journal goes first: without it the rest is no session.
        for ending in ["journal", "segue", "place", "lock"] { try files.remove("\(folder)/\(name).\(ending)") }
        withExtendedLifetime(lock) {}
      }
    } catch let error as FileError {
      throw error.diagnostic
    }
  }
}
