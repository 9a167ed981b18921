import Language
import Storage

extension Session {
  /// How a recorded session was opened.
  public struct Opening: Sendable {
    /// True where the directory's last session goes on.
    public var isContinued: Bool
    /// How many names hold a value.
    public var names: Int
    /// The script of the session, relative to the directory.
    public var script: String
    /// A statement that was running when Segue was killed; typing it again goes on where it stopped.
    public var unfinished: String?
    /// Lines of the journal that could not be read and were passed over.
    public var damaged: Int
    /// What was found and kept, in words: a damaged journal, a script that was changed.
    public var remarks: [String]
    /// Its name, as `segue sessions` lists it.
    public var name: String
    /// The session that was meant and is open elsewhere, so that a new one had to begin.
    public var openElsewhere: String?
    public var isOpenElsewhere: Bool { openElsewhere != nil }
    /// What changed in this version of Segue since the session was recorded, in words, with the names that it concerns.
    public var changes: [String]
  }

  /// Which session is opened.
  public enum Choice: Sendable, Equatable {
    /// The one that was last used at the prompt; a new one where there is none.
    case last
    /// A new one, for this purpose.
    case new(SessionKind)
    /// The one of this name.
    case named(String)
  }

  /// Opens the session last used at the prompt, or a new one where there is none and where `new` asks for it.
  public static func open(
    _ catalog: Catalog, _ surroundings: Surroundings, new: Bool = false, sink: @escaping (Event) -> Void
  ) throws -> (session: Session, opening: Opening) {
    try open(catalog, surroundings, new ? .new(.prompt) : .last, sink: sink)
  }

  /// Opens a session of the directory; a new one where the one that is meant is open elsewhere. Names, numbers, undo and redo are as they
  /// were; values are loaded when they are needed.
  public static func open(
    _ catalog: Catalog, _ surroundings: Surroundings, _ choice: Choice, sink: @escaping (Event) -> Void
  ) throws -> (session: Session, opening: Opening) {
    let folder = surroundings.home + "/sessions", files = surroundings.fileSystem
    do {
      try files.makeFolder(folder)
      surroundings.ignoreOurselves()
      surroundings.removeHalfWritten()
      let current = CurrentSession(in: folder, files), names = SessionFile.names(in: folder, files)
      let kind: SessionKind, meant: String?
      switch choice {
      case .last: (kind, meant) = (.prompt, current.name ?? CurrentSession.guess(among: names))
      case .new(let wanted): (kind, meant) = (wanted, nil)
      case .named(let name):
        guard names.contains(name) else {
          throw Diagnostic("no session is named '\(name)'", at: nil, unknown: name, among: names, none: "there is none in this directory")
        }
        (kind, meant) = (SessionName(name).kind, name)
      }
      let last = try meant.flatMap { try SessionFile.existing($0, in: folder, files) }
      let isElsewhere = meant != nil && last == nil
      let file = try last ?? SessionFile.new(kind, in: folder, files)
      let session = Session(catalog, surroundings, file: file, sink: sink)
      var journal = try file.read()
      session.restore(journal.lines)
      let remarks = try session.settle(&journal, folder)
      let name = session.file?.name ?? file.name
      if kind == .prompt {
        session.claim = PromptClaim(current: current, right: isElsewhere ? .afterTheOther : .always, name: name) { SessionFile.isOpen($0, in: folder, files) }
      }
      let opening = Opening(
        isContinued: last != nil, names: session.timeline.names.count, script: ".segue/sessions/\(name).segue", unfinished: journal.running,
        damaged: journal.damaged, remarks: remarks, name: name, openElsewhere: isElsewhere ? meant : nil, changes: session.changesOfVersion)
      return (session, opening)
    } catch let error as FileError {
      throw error.diagnostic
    }
  }

  /// From now on this session is the one that `segue` goes on with: it was asked for by name.
  public func becomeCurrent() throws {
    guard let file else { return }
    do { try CurrentSession(in: surroundings.home + "/sessions", surroundings.fileSystem).set(file.name) } catch let error as FileError { throw error.diagnostic }
  }

  /// Goes through the journal without evaluating anything.
  func restore(_ lines: [SessionFile.Line]) {
    timeline = Timeline(of: lines)
    let digests = timeline.entries.compactMap { $0.isStored ? $0.origin?.digest : nil }
    inUse.formUnion(digests)
    surroundings.store.hold(digests)
  }

  /// Takes the last statement out of effect. Values stay as they are, so that redo costs nothing.
  public func undo() throws -> String {
    guard let entry = timeline.undo() else { throw Diagnostic("there is nothing to undo") }
    record { try file?.change(.undo, timeline.entries.flatMap(\.lines)) }
    return entry.canonical
  }

  public func redo() throws -> String {
    guard let entry = timeline.redo() else { throw Diagnostic("there is nothing to redo", remedy: "a new statement ends what redo could bring back") }
    record { try file?.change(.redo, timeline.entries.flatMap(\.lines)) }
    return entry.canonical
  }

  /// Adds a failed statement to the script.
  func keep(_ failure: (text: String, diagnostic: Diagnostic)) {
    let entry = Entry(
      id: timeline.nextID, effect: .failure(failure.diagnostic.description), name: nil, canonical: failure.text, full: failure.text, seed: timeline.seed,
      environment: [:], isStored: false, outputs: [], seconds: 0)
    timeline.add(entry)
    record { try file?.end(entry) }
  }
}
