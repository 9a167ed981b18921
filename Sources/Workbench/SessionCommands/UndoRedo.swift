/// `undo`, `undo 3`
struct Undo: SessionCommand {
  static let summary = "Take back the last statement, or several; nothing is computed."
  static let seeAlso = ["redo"]
  static let examples = [Example("undo", after: ["rounds = 25"])]
  @Setting("how many", in: 1...1000) var count = 1

  var change: SessionChange? { .undo(count) }

  func run(in session: Session) throws -> Display {
    .stack(try repeated(count) { "undone: \(try session.undo())" })
  }
}

/// `redo`, `redo 3`
struct Redo: SessionCommand {
  static let summary = "Bring back what undo took; nothing is computed."
  static let seeAlso = ["undo"]
  static let examples = [Example("redo", after: ["rounds = 25", "undo"]), Example("redo", fails: "nothing to redo")]
  @Setting("how many", in: 1...1000) var count = 1

  var change: SessionChange? { .redo(count) }

  func run(in session: Session) throws -> Display {
    .stack(try repeated(count) { "redone: \(try session.redo())" })
  }
}

/// Does it as often as asked, or as often as there is something to do; fails only where there is nothing at all.
private func repeated(_ count: Int, _ change: () throws -> Phrase) throws -> [Display] {
  var lines: [Display] = [.text(try change())]
  while lines.count < count, let line = try? change() { lines.append(.text(line)) }
  return lines
}
