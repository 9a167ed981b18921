/// `quit`
struct Quit: SessionCommand {
  static let summary = "Leave; the session goes on where it is when Segue is started here again."
  static let searchTerms = ["exit", "leave", "close"]
  static let examples = [Example("quit")]

  func run(in session: Session) throws -> Display {
    session.isQuitting = true
    return .nothing
  }
}
