internal import Language
internal import Rendering
internal import Storage
public import Workbench

/// A session that somebody works on at the prompt, in a notebook or by `segue run`: each time something is recorded, a ``Board`` shows it. It
/// is only looked at: nothing is locked, and nothing is evaluated but what shows a value again.
public final class SessionWatch {
  private let session: FollowedSession
  private let board: Board
  private let vocabulary: Vocabulary
  private let file: FollowedFile

  public init(_ session: FollowedSession, _ catalog: Catalog, _ surroundings: Surroundings, _ board: Board, every milliseconds: Int = 100) throws {
    (self.session, self.board, vocabulary) = (session, board, catalog.vocabulary)
    file = try FollowedFile(session.journal, atMost: FileLimit.record, surroundings.fileSystem, every: milliseconds)
  }

  /// Follows until ``end()``.
  public func run() {
    while let version = file.next() {
      if version == .missing { tell("the session \(session.name) was removed; what it held last is shown") } else { show() }
    }
  }

  public func end() { file.end() }

  private func tell(_ words: String) { board.change { ($0.notices, $0.words, $0.mood) = ([words], "The record is gone", .trouble) } }

  private func show() {
    let damaged: Int
    do { damaged = try session.refresh() } catch { return tell("\(error)") }
    var document = Document(session.recorded(), source: session.name + ".segue", vocabulary)
    var statements = document.cells.map { $0.failure == nil ? Board.Statement.done : .failed }
    if let running = session.running {
      document.items.append(.statement(Document.Cell(running, vocabulary)))
      statements.append(.running)
    }
    board.change { state in
      let began = statements.last == .running ? state.began ?? ProgressWords.seconds() : nil
      state = Board.State(
        document: document, statements: statements, words: began == nil ? "As recorded" : "A statement is being evaluated", mood: began == nil ? .good : .busy,
        notices: damaged == 0 ? [] : ["\(counted(damaged, "line")) of the session's record \(damaged == 1 ? "is" : "are") damaged; the rest is shown"], began: began)
    }
  }
}
