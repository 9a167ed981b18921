import Language

/// `edit`, `edit fda1`
struct Edit: SessionCommand {
  static let summary = "Open a statement in your editor ($VISUAL or $EDITOR): the last one, or that of a name; the edited text comes back to the prompt."
  static let searchTerms = ["editor", "change", "vi", "emacs", "nano"]
  static let examples = [Example("edit", fails: "no prompt"), Example("edit rounds", fails: "no prompt", after: ["rounds = 25"])]

  static let isAboutLast = true

  @Words("the name whose statement to edit; by default the last statement") var name: [Word]

  func run(in session: Session) throws -> Display {
    guard let editor = session.editor else { throw Diagnostic("there is no prompt to edit at", remedy: "edit works only at the prompt") }
    if let second = name.dropFirst().first { throw Diagnostic("edit takes one name", at: second.range) }
    guard let word = name.first else {
      guard let last = session.lastStatement ?? session.history.last else { throw Diagnostic("there is no statement to edit yet") }
      try editor(last)
      return .nothing
    }
    let known = session.names
    guard let named = known.first(where: { $0.name == word.text }) else {
      throw Diagnostic("no value is named '\(word.text)'", at: word.range, remedy: suggestion(for: word.text, in: known.map(\.name), none: "nothing has a name yet"))
    }
    try editor(named.statement)
    return .nothing
  }
}
