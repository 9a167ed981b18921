internal import Language
import Storage

/// A session that another process may be recording, looked at while it grows: nothing is locked, written or computed for it, but for values
/// that are made again in a moment.
///
///     let followed = try FollowedSession("2026-12-01-1", catalog, surroundings)
///     try followed.refresh()
///     let items = followed.recorded()
public final class FollowedSession {
  public let name: String
  /// The file that grows with every statement, absolute.
  public let journal: String
  /// A statement that has begun and has not ended.
  public private(set) var running: String?
  private let session: Session
  /// What statements show, by entry: an entry never changes.
  private var displays: [Int: Display?] = [:]

  /// - Parameter name: of a session of the directory; nil for the one that was last used at the prompt.
  public init(_ name: String?, _ catalog: Catalog, _ surroundings: Surroundings) throws {
    let folder = surroundings.home + "/sessions", files = surroundings.fileSystem
    let names = SessionFile.names(in: folder, files)
    let none = "there is none in this directory"
    if let name, !names.contains(name) { throw Diagnostic("no session is named '\(name)'", at: nil, unknown: name, among: names, none: none) }
    guard let found = name ?? CurrentSession(in: folder, files).name ?? CurrentSession.guess(among: names) else {
      throw Diagnostic("no session was recorded at the prompt here", remedy: "`segue` begins one; `segue sessions` lists the others")
    }
    (self.name, journal) = (found, "\(folder)/\(found).journal")
    session = Session(catalog, surroundings)
  }

  /// The name of the session whose script this is; nil for any other file.
  public static func name(ofScript path: String, in surroundings: Surroundings) -> String? {
    let path = surroundings.fileSystem.resolved(absolute(path, from: surroundings.directory)), folder = surroundings.home + "/sessions/"
    guard path.hasSuffix(".segue"), path.hasPrefix(folder), surroundings.fileSystem.exists(path.dropLast(6) + ".journal") else { return nil }
    return String(path.dropFirst(folder.count).dropLast(6))
  }

  /// Reads what was recorded since.
  ///
  /// - Returns: how many lines of the record are damaged.
  public func refresh() throws -> Int {
    let bytes: [UInt8]
    do { bytes = try session.surroundings.fileSystem.read(journal, atMost: FileLimit.record) } catch { throw error.diagnostic }
    let reading = JournalText.read(bytes)
    session.restore(reading.lines)
    running = reading.running
    return reading.damaged
  }

  /// What is in effect, with what it shows.
  public func recorded() -> [RecordedItem] {
    session.recorded { entry in
      if let known = displays[entry.id] { return known }
      let display = session.shown(by: entry)
      displays[entry.id] = display
      return display
    }
  }
}
