import Language

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
    /// True where the last session is open elsewhere, so that a new one had to begin.
    public var isOpenElsewhere: Bool
    /// What works otherwise in this version of Segue than when the session was recorded, in words, with the names that it concerns.
    public var changes: [String]
  }

  /// Opens the directory's last session, or a new one where there is none, where it is open elsewhere, and where `new` asks for it.
  /// Names, numbers, undo and redo are as they were; values are loaded when they are needed.
  public static func open(
    _ catalog: Catalog, _ surroundings: Surroundings, new: Bool = false, sink: @escaping (Event) -> Void
  ) throws -> (session: Session, opening: Opening) {
    let folder = surroundings.home + "/sessions"
    do {
      try surroundings.fileSystem.makeFolder(folder)
      surroundings.ignoreOurselves()
      surroundings.removeHalfWritten()
      let last = new ? nil : try SessionFile.last(in: folder, surroundings.fileSystem)
      let isElsewhere = !new && last == nil && ((try? surroundings.fileSystem.names(in: folder)) ?? []).contains { $0.hasSuffix(".journal") }
      let file = try last ?? SessionFile.new(in: folder, surroundings.fileSystem)
      let session = Session(catalog, surroundings, file: file, sink: sink)
      var journal = try file.read()
      session.restore(journal.lines)
      let remarks = try session.settle(&journal, folder)
      let opening = Opening(
        isContinued: last != nil, names: session.timeline.names.count, script: ".segue/sessions/\(session.file?.name ?? "").segue",
        unfinished: journal.running, damaged: journal.damaged, remarks: remarks, isOpenElsewhere: isElsewhere, changes: session.changesOfVersion)
      return (session, opening)
    } catch let error as FileError {
      throw error.diagnostic
    }
  }

  /// Goes through the journal without evaluating anything.
  func restore(_ lines: [SessionFile.Line]) {
    timeline = Timeline(of: lines)
    let digests = timeline.entries.compactMap { $0.isStored ? $0.origin?.digest : nil }
    inUse.formUnion(digests)
    surroundings.store.holds.add(digests)
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
