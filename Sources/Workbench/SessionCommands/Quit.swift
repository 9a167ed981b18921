/// `exit`, which many hands type
struct Exit: SessionCommand {
  static let summary = "Leave, as quit does."
  static let seeAlso = ["quit"]
  static let examples = [Example("exit")]

  var change: SessionChange? { .end }

  func run(in session: Session) throws -> Display { .nothing }
}

/// `quit`
struct Quit: SessionCommand {
  static let summary = "Leave; the session goes on where it is when Segue is started here again."
  static let searchTerms = ["leave", "close"]
  static let examples = [Example("quit")]

  var change: SessionChange? { .end }

  func run(in session: Session) throws -> Display { .nothing }
}
