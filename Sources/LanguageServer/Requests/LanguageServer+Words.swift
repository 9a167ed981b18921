internal import Console
internal import Language
internal import Rendering
internal import Workbench

extension LanguageServer {
  /// The names of the last check, or none where there was none yet.
  private func session(_ document: Documents.Document) -> Session { document.checked?.session ?? Session(catalog) }

  func completion(_ document: Documents.Document, at offset: Int, _: String) -> JSONText {
    let text = document.text, found = StatementAtCursor(text.text, at: offset)?.completion(StatementCompleter(session(document)))
    guard let found else { return .array([]) }
    let range = text.json(found.range)
    let candidates = found.candidates.filter { text.mayMean($0.text, at: offset) }
    return .object([("isIncomplete", .bool(false)), ("items", .array(candidates.enumerated().map { place, candidate in
      .object([
        ("label", .string(candidate.text)), ("detail", .string(candidate.help)), ("kind", .int(kind(candidate))), ("sortText", .string(String(1000 + place))),
        ("filterText", .string(candidate.text)), ("textEdit", .object([("range", range), ("newText", .string(candidate.text))])),
      ])
    }))])
  }

  /// As the protocol numbers them: a function, a property, a variable or a value.
  private func kind(_ candidate: Console.Candidate) -> Int {
    catalog[candidate.text] != nil ? 3 : candidate.ending.isEmpty ? 10 : Reference(candidate.text) != nil ? 6 : 12
  }

  func hover(_ document: Documents.Document, at offset: Int, _: String) -> JSONText {
    let text = document.text, session = session(document)
    guard let statement = StatementAtCursor(text.text, at: offset) else { return .null }
    if let (range, reference) = reference(statement), let lines = account(of: reference.name, in: text, session, at: offset) {
      return hover(lines.joined(separator: "\n"), text.json(range))
    }
    guard let found = StatementInspector(session).inspection(of: statement) else { return .null }
    return hover(TextRenderer(columns: 100).lines(found.display).joined(separator: "\n"), text.json(found.range))
  }

  private func hover(_ words: String, _ range: JSONText) -> JSONText {
    // A fence that is longer than any in the words.
    let fence = String(repeating: "`", count: max(3, 1 + (words.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0)))
    return .object([("contents", .object([("kind", .string("markdown")), ("value", .string("\(fence)segue\n\(words)\n\(fence)"))])), ("range", range)])
  }

  /// What a name will hold: its statement, the kind of its value, the parameters of its recipe that are written out, and what was recorded.
  private func account(of name: String, in text: DocumentText, _ session: Session, at offset: Int) -> [String]? {
    guard let named = session.names.first(where: { $0.name == name }), text.mayMean(name, at: offset) else { return nil }
    let parameters: [String] = (session.recipe(named.digest)?.parameters ?? [:]).sorted { $0.key < $1.key }.compactMap { parameter, ingredient in
      switch ingredient {
      case .literal(let literal): "#   \(parameter) \(literal)"
      case .word(let word): "#   \(parameter) \(word)"
      case .absent, .made: nil
      }
    }
    let item = text.item(naming: name, canonical: named.statement, at: offset)
    let index = item.flatMap { item in text.script.items.firstIndex { $0.range == item.range } }
    let outputs = index.map { text.script.recorded(after: $0).prefix(8).map { text.script.source[text.script.items[$0].range] } } ?? []
    return [item?.statement?.canonical ?? named.statement, "# \(named.kind.withArticle)"] + parameters + outputs
  }

  /// The reference at the cursor.
  private func reference(_ statement: StatementAtCursor) -> (SourceRange, Reference)? {
    let bytes = Array(statement.text.utf8)
    func isPart(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
    func goesOn(_ byte: UInt8) -> Bool { isPart(byte) || [UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "@")].contains(byte) }
    var start = min(statement.cursor, bytes.count)
    while start > 0, goesOn(bytes[start - 1]) { start -= 1 }
    var end = start
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    // `beta` of `beta=0.1` is a parameter; `near` of `near = …` is a name.
    guard end > start, end >= bytes.count || bytes[end] != UInt8(ascii: "=") else { return nil }
    guard let reference = Reference(String(decoding: bytes[start..<end], as: UTF8.self)), catalog[reference.name] == nil else { return nil }
    return (SourceRange(statement.start + start, statement.start + end), reference)
  }

  func definition(_ document: Documents.Document, at offset: Int, _ address: String) -> JSONText {
    let text = document.text
    guard let statement = StatementAtCursor(text.text, at: offset), let (_, reference) = reference(statement) else { return .null }
    let canonical = session(document).names.first { $0.name == reference.name }?.statement
    guard let item = text.item(naming: reference.name, canonical: canonical, at: offset) else { return .null }
    return .object([("uri", .string(address)), ("range", text.json(item.statement?.name?.range ?? item.range))])
  }

  /// The canonical form as `segue fmt` writes it; nothing where words cannot be understood.
  func formatting(_ text: DocumentText) -> JSONText {
    guard text.script.diagnostics.isEmpty else { return .array([]) }
    let formatted = text.script.formatted(catalog)
    if formatted == text.text { return .array([]) }
    return .array([.object([("range", DocumentText.json(.init(line: 0, character: 0), text.end)), ("newText", .string(formatted))])])
  }
}
