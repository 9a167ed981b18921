package import Language
package import Workbench

/// What an editor shows of the word at the cursor: a command's page, what a parameter is, what a name holds and the recipe of it.
package struct StatementInspector {
  package struct Inspection {
    /// Of the word, in UTF-8 bytes of the text that was asked about.
    package var range: SourceRange
    package var display: Display
  }

  private let session: Session

  package init(_ session: Session) { self.session = session }

  /// Nil where the word says nothing. Nothing is computed or read for it.
  package func inspection(of statement: StatementAtCursor) -> Inspection? {
    let bytes = Array(statement.text.utf8)
    var end = statement.cursor
    while end < bytes.count, bytes[end] != 0x20, bytes[end] != 0x0A { end += 1 }
    let before = LineBefore(statement.text, cursor: end)
    guard !before.isComment, let display = display(before, LineBefore(statement.text, cursor: bytes.count), cursor: statement.cursor) else { return nil }
    return Inspection(range: SourceRange(statement.start + before.currentStart, statement.start + end), display: display)
  }

  private func display(_ before: LineBefore, _ line: LineBefore, cursor: Int) -> Display? {
    let word = before.current
    var whole = line
    whole.finish()
    let (words, skipped) = whole.body(prefixes: session.vocabulary.prefixes)
    // `near = …`, `explain …`
    if before.words.count < skipped { return session.account(of: word) ?? session.catalog[word]?.page }
    guard let (command, count) = session.catalog.command(beginning: words) else { return account(word) }
    if before.words.count - skipped < count { return command.page }
    let inWord = cursor - before.currentStart
    if let cut = word.firstIndex(of: "=") {
      let name = String(word[..<cut]), parameter = command.parameters.first { $0.name == name }
      if inWord <= word[..<cut].utf8.count { return parameter.map(page) ?? command.page }
      return account(String(word[word.index(after: cut)...])) ?? parameter.map(page) ?? command.page
    }
    return account(word) ?? command.page
  }

  /// Of the name that a reference begins with.
  private func account(_ word: String) -> Display? { Reference(word).flatMap { session.account(of: $0.name) } }

  private func page(_ parameter: ParameterInfo) -> Display {
    let meanings: [[Phrase]] = parameter.meanings.sorted { $0.key < $1.key }.map { ["  \($0.key)", "\($0.value)"] }
    let table = DisplayTable(columns: [.init("", .left), .init("", .left)], rows: meanings)
    return .stack([.text("\(parameter.usage)"), .text("  \(parameter.help)")] + (meanings.isEmpty ? [] : [.table(table)]))
  }
}
