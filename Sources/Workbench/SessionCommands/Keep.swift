import Language

/// `keep`
struct Keep: SessionCommand {
  static let summary = "Record the statement that failed last, with its message: replay will expect it to fail."
  static let searchTerms = ["failure", "error", "mistake"]
  static let seeAlso = ["expect", "save"]
  static let examples = [Example("keep", fails: "no statement has failed")]

  func run(in session: Session) throws -> Display {
    guard let failure = session.lastFailure else { throw Diagnostic("no statement has failed since the last `keep`") }
    session.keep(failure)
    session.lastFailure = nil
    return .text("kept: \(failure.text)")
  }
}
