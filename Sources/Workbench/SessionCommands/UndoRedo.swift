/// `undo`, `undo 3`
struct Undo: SessionCommand {
  static let summary = "Take back the last statement, or several; nothing is computed."
  static let examples = [Example("undo", after: ["rounds = 25"])]
  @Setting("how many", in: 1...1000) var count = 1

  func run(in session: Session) throws -> Display {
    .stack(try (0..<count).map { _ in .text("undone: \(try session.undo())") })
  }
}

/// `redo`, `redo 3`
struct Redo: SessionCommand {
  static let summary = "Bring back what undo took; nothing is computed."
  static let examples = [Example("redo", after: ["rounds = 25", "undo"]), Example("redo", fails: "nothing to redo")]
  @Setting("how many", in: 1...1000) var count = 1

  func run(in session: Session) throws -> Display {
    .stack(try (0..<count).map { _ in .text("redone: \(try session.redo())") })
  }
}
