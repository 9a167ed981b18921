public import Language
import Storage

extension Session {
  /// Compares the journal with the script beside it, and brings both in order; what there is to say of it.
  func settle(_ journal: inout JournalText.Reading, _ folder: String) throws -> [String] {
    guard let file else { return [] }
    let found = try file.scriptOnDisk(), whole = Array(transcript.utf8)
    let before = transcriptBeforeLastChange(journal.lines)
    // The script is written after the journal: where it holds more, the journal has lost its end.
    if journal.damaged == 0, let found, found.count > whole.count, found.starts(with: whole), found != before.map({ Array($0.utf8) }) { journal.damaged = 1 }
    if journal.damaged > 0 { return try salvage(journal, folder) }
    guard let kept = try file.reconcile(found, transcript, before: before) else { return [] }
    return ["The session's script did not match its journal; the old script is kept as .segue/sessions/\(kept)."]
  }

  /// A journal that is damaged stays as it is, and so does the script beside it, which may hold more: what can be read goes on as a
  /// session of another name.
  private func salvage(_ journal: JournalText.Reading, _ folder: String) throws -> [String] {
    guard let old = file else { return [] }
    let new = try SessionFile.new(SessionName(old.name).kind, in: folder, surroundings.fileSystem)
    try new.adopt(journal.lines, transcript)
    let aside = try old.setAside()
    file = new
    let lines = journal.damaged == 1 ? "1 line" : "\(journal.damaged) lines"
    return [
      "\(lines) of the session's journal are damaged or missing: it is kept as .segue/sessions/\(aside), and its script "
        + ".segue/sessions/\(old.name).segue stays as it was. What can be read continues as .segue/sessions/\(new.name).segue."
    ]
  }

  /// What the script was before the last undo or redo; nil where the last line is neither.
  private func transcriptBeforeLastChange(_ lines: [SessionFile.Line]) -> String? {
    switch lines.last {
    case .undo, .redo: Timeline(of: lines.dropLast()).entries.flatMap(\.lines).map { $0 + "\n" }.joined()
    default: nil
    }
  }

  /// Why the session is not wholly on the disk; nil where it is. What is missing is tried once more.
  public func recordingFault() -> Diagnostic? {
    guard let file, file.isBehind else { return nil }
    do {
      try file.mend()
      return nil
    } catch {
      return Diagnostic("the last statements could not be recorded: \(diagnostic(error).message)", remedy: diagnostic(error).remedy)
    }
  }

  /// The recipes of a session that was recorded in this directory, for a replay of its script: nil for any other script.
  public static func recordedRecipes(of script: String, in surroundings: Surroundings) -> ReplayLock? {
    let path = surroundings.fileSystem.resolved(absolute(script, from: surroundings.directory))
    guard path.hasSuffix(".segue"), path.hasPrefix(surroundings.home + "/sessions/"),
      let bytes = try? surroundings.fileSystem.read(path.dropLast(6) + ".journal", atMost: FileLimit.record)
    else { return nil }
    let journal = JournalText.read(bytes)
    guard journal.damaged == 0 else { return nil }
    let entries = Timeline(of: journal.lines).entries.filter { !$0.isProse }
    return ReplayLock(entries: entries.map { ReplayLock.Entry(statement: $0.canonical, recipe: $0.recipe, contents: [:]) })
  }
}

extension Timeline {
  /// What the lines of a journal lead to.
  init(of lines: some Sequence<SessionFile.Line>) {
    self.init()
    for line in lines {
      switch line {
      case .begin, .failed: break
      case .end(let entry): add(entry)
      case .undo: _ = undo()
      case .redo: _ = redo()
      }
    }
  }
}
