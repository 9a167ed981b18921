/// What reading one statement gave: as much of it as could be understood, and what is wrong with the rest.
public struct Parsed: Sendable, Equatable {
  /// Nil for an empty line and where not even the command could be told. Trust it only when there are no diagnostics.
  public var statement: Statement?
  /// What follows ` #`.
  public var comment: String?
  public var diagnostics: [Diagnostic]
  /// In the order of the text, for colour.
  public var tokens: [Token]

  /// The statement, or the first thing that is wrong.
  public func checked() throws(Diagnostic) -> Statement? {
    if let first = diagnostics.first { throw first }
    return statement
  }
}

extension Statement {
  /// Reads the one statement in `text`, such as a line typed at the prompt.
  public static func parse(_ text: String, _ vocabulary: Vocabulary) -> Parsed {
    let bytes = Array(text.utf8)
    return parse(bytes, in: SourceRange(0, bytes.count), vocabulary)
  }

  /// Reads the statement that lies in a range of a larger text; its own ranges are offsets into that text.
  static func parse(_ bytes: [UInt8], in range: SourceRange, _ vocabulary: Vocabulary) -> Parsed {
    var parser = Parser(Lexer(bytes, in: range), vocabulary)
    let statement = parser.statement(range)
    let tokens = parser.tokens.sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    return Parsed(statement: statement, comment: parser.comment?.text, diagnostics: parser.diagnostics, tokens: tokens)
  }
}

/// Reads words from left to right, without ever going back; after a fault it goes on with the next argument.
struct Parser {
  let words: [Word]
  let comment: Word?
  let vocabulary: Vocabulary
  var diagnostics: [Diagnostic]
  var tokens: [Token] = []
  var at = 0

  init(_ lexer: Lexer, _ vocabulary: Vocabulary) {
    words = lexer.words
    comment = lexer.comment
    diagnostics = lexer.diagnostics
    self.vocabulary = vocabulary
    if let comment { tokens.append(Token(.comment, comment.range)) }
  }

  /// The word `ahead` of the next one, if there is one.
  func peek(_ ahead: Int = 0) -> Word? { at + ahead < words.count ? words[at + ahead] : nil }

  mutating func fail(_ message: String, _ range: SourceRange, _ remedy: String? = nil, replacement: String? = nil) {
    diagnostics.append(Diagnostic(message, at: range, remedy: remedy, replacement: replacement))
  }

  mutating func statement(_ range: SourceRange) -> Statement? {
    guard let first = words.first else { return nil }
    let extent = first.range.joined(to: words[words.count - 1].range)
    var prefix: Word?
    if vocabulary.prefixes.contains(first.text) {
      prefix = first
      tokens.append(Token(.command, first.range))
      at += 1
      if peek() == nil { fail("\(first.text) goes before a statement", first.range, "for example \(first.text) iou") }
    }
    if reportsHabit() {
      at = words.count
      return nil
    }
    let name = resultName()
    guard let body = body(after: name) else { return nil }
    return Statement(prefix: prefix, name: name, body: body, range: extent)
  }

  /// `name =`
  private mutating func resultName() -> Word? {
    guard let word = peek() else { return nil }
    guard let equals = peek(1), equals.text == "=" else {
      if let cut = word.text.firstIndex(of: "="), Reference.isName(word.text[..<cut]), peek(1) != nil || cut != word.text.indices.last {
        let right = word.text[word.text.index(after: cut)...]
        fail("a name and its '=' need a space between them", word.range, "write \(word.text[..<cut]) = \(right)", replacement: "\(word.text[..<cut]) = \(right)")
        at += right.isEmpty ? 1 : 0
        if !right.isEmpty { at = words.count }
      }
      return nil
    }
    at += 2
    tokens += [Token(.name, word.range), Token(.equals, equals.range)]
    if vocabulary.isReserved(word.text) {
      fail("'\(word.text)' is a command, so it cannot be a name", word.range, "for example my_\(word.text)")
    } else if !Reference.isName(word.text) {
      fail("'\(word.text)' is not a name", word.range, "a name is a letter, then letters, digits and _, 64 bytes at most")
    }
    if peek() == nil { fail("nothing follows the '='", equals.range, "a command, a literal or a name") }
    return word
  }

  private mutating func body(after name: Word?) -> Statement.Body? {
    guard let head = peek() else { return nil }
    if let command = command() {
      let commandRange = head.range.joined(to: words[at - 1].range)
      tokens += words[words.firstIndex(of: head)!..<at].map { Token(.command, $0.range) }
      var call = Call(command: command, commandRange: commandRange, arguments: [])
      if vocabulary.comparing.contains(command) { call.comparison = comparison(of: command, commandRange) } else { call.arguments = arguments() }
      return .command(call)
    }
    if vocabulary.pairs[head.text] != nil { return nil }
    at += 1
    guard let term = term(head) else { return nil }
    if term.literal == nil, peek() != nil || (name != nil && term.reference == nil) {
      tokens.removeAll { $0.range == head.range }
      tokens.append(Token(.unknownCommand, head.range))
      diagnostics.append(unknownCommand(head))
      return nil
    }
    if let more = peek() {
      fail(spaced(head, more) ?? "nothing may follow a value", more.range, mendedBySpaces(from: at - 1) ?? "a statement has one value, or a command and its arguments")
    }
    return .value(term)
  }

  /// A slip in the first word of a command of two words is known by the second.
  private func unknownCommand(_ head: Word) -> Diagnostic {
    let message = "no command is named '\(head.text)'"
    if let next = peek(), let first = nearest(head.text, in: vocabulary.pairs.keys.sorted()), let second = nearest(next.text, in: vocabulary.pairs[first] ?? []) {
      let isWhole = second == next.text
      return Diagnostic(
        message, at: isWhole ? head.range : head.range.joined(to: next.range), remedy: "did you mean \(first) \(second)?", replacement: isWhole ? first : "\(first) \(second)")
    }
    return Diagnostic(message, at: head.range, unknown: head.text, among: vocabulary.list)
  }

  /// Consumes the words of a command, if one starts here.
  private mutating func command() -> String? {
    guard let head = peek() else { return nil }
    if let second = vocabulary.pairs[head.text] {
      if let next = peek(1), second.contains(next.text) {
        at += 2
        return head.text + " " + next.text
      }
      if !vocabulary.commands.contains(head.text) {
        at += 1
        tokens.append(Token(.command, head.range))
        let choices = second.map { "\(head.text) \($0)" }.joined(separator: ", ")
        if let next = peek() {
          tokens.append(Token(.unknownCommand, next.range))
          let meant = nearest(next.text, in: second)
          fail("'\(head.text) \(next.text)' is no command", next.range, meant.map { "did you mean \(head.text) \($0)?" } ?? choices, replacement: meant)
        } else {
          fail("'\(head.text)' is only half of a command", head.range, choices)
        }
        at = words.count
        return nil
      }
    }
    guard vocabulary.commands.contains(head.text) else { return nil }
    at += 1
    return head.text
  }

  /// Reads one value and colours it.
  mutating func term(_ word: Word) -> Term? {
    do {
      let term = try Term.read(word)
      let kind: Token.Kind = switch term.form {
      case .literal(.number), .literal(.percent), .literal(.fraction): .number
      case .literal(.size): .size
      case .literal(.range): .range
      case .literal(.text): .text
      case .reference, .word: .word
      }
      tokens.append(Token(kind, word.range))
      return term
    } catch {
      tokens.append(Token(word.text.hasPrefix("\"") ? .text : .word, word.range))
      diagnostics.append(error)
      return nil
    }
  }

  private func spaced(_ first: Word, _ next: Word) -> String? {
    mendedBySpaces(from: at - 1) == nil ? nil : "a value holds no spaces"
  }
}
