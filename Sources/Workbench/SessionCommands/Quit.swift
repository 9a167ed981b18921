/// `exit`, which many hands type
struct Exit: SessionCommand {
  static let summary = "Leave, as quit does."
  static let seeAlso = ["quit"]
  static let examples = [Example("exit")]

  func run(in session: Session) throws -> Display { try Quit().run(in: session) }
}

/// `quit`
struct Quit: SessionCommand {
  static let summary = "Leave; the session goes on where it is when Segue is started here again."
  static let searchTerms = ["leave", "close"]
  static let examples = [Example("quit")]

  func run(in session: Session) throws -> Display {
    session.isQuitting = true
    return .nothing
  }
}
