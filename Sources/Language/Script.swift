/// A session as a text: statements, prose, and what was recorded of their outputs.
public struct Script: Sendable, Equatable {
  /// One line of it, or a statement with the indented lines that continue it.
  public struct Item: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
      /// Nil where the words could not be understood: the script's diagnostics say why. An empty comment is none.
      case statement(Statement?, comment: String?)
      /// The number of `#`, at least two, and the words.
      case heading(level: Int, String)
      /// Markdown, without its `# `.
      case prose(String)
      /// A recorded line of output, without its `#> `.
      case output(String)
      /// A recorded failure, without its `#! `.
      case failure(String)
      case blank
      case shebang(String)
    }

    public var content: Content
    /// Its bytes, without the last line break.
    public var range: SourceRange
    /// From 1.
    public var line: Int

    /// Whether it is neither a statement nor recorded.
    public var isWords: Bool {
      switch content {
      case .heading, .prose, .blank, .shebang: true
      case .statement, .output, .failure: false
      }
    }

    public var statement: Statement? { if case .statement(let statement, _) = content { statement } else { nil } }
  }

  public let source: Source
  public let items: [Item]
  /// Everything that is wrong, in the order of the text; each range counts from the start of the source.
  public let diagnostics: [Diagnostic]
  /// For colour, in the order of the text.
  public let tokens: [Token]

  public init(_ text: String, _ vocabulary: Vocabulary) { self.init(Source(text), vocabulary) }

  /// Reads the bytes of a file; throws only where they are not UTF-8.
  public init(bytes: [UInt8], _ vocabulary: Vocabulary) throws(Diagnostic) { self.init(try Source(bytes: bytes), vocabulary) }

  public init(_ source: Source, _ vocabulary: Vocabulary) {
    self.source = source
    var items: [Item] = []
    var diagnostics: [Diagnostic] = []
    var tokens: [Token] = []
    let bytes = Array(source.text.utf8)
    var lines = ScriptLines(bytes)
    while let line = lines.next() {
      let words = String(decoding: bytes[line.range.start..<line.range.end], as: UTF8.self)
      let content: Item.Content
      if line.isStatement {
        let parsed = Statement.parse(bytes, in: line.range, vocabulary)
        diagnostics += parsed.diagnostics
        tokens += parsed.tokens
        content = .statement(parsed.diagnostics.isEmpty ? parsed.statement : nil, comment: parsed.comment.flatMap { $0.isEmpty ? nil : $0 })
      } else {
        content = Script.content(ofLine: words, isFirst: line.number == 1)
        if case .blank = content {} else { tokens.append(Token(.comment, line.range)) }
      }
      items.append(Item(content: content, range: line.range, line: line.number))
    }
    self.items = items
    self.diagnostics = diagnostics
    self.tokens = tokens
  }

  /// The places of the recorded lines that belong to the statement at `index`: all of them up to the next statement, whatever empty lines
  /// and prose stand between.
  public func recorded(after index: Int) -> [Int] {
    var places: [Int] = []
    for place in items.indices.dropFirst(index + 1) {
      switch items[place].content {
      case .statement: return places
      case .output, .failure: places.append(place)
      case .heading, .prose, .blank, .shebang: break
      }
    }
    return places
  }

  /// Whether the script records that the statement at this index fails.
  public func expectsFailure(after index: Int) -> Bool { recorded(after: index).contains { if case .failure = items[$0].content { true } else { false } } }

  /// Recorded lines above the first statement, which nothing can give.
  public var strayOutputs: [Item] { recorded(after: -1).map { items[$0] } }

  /// What a line that is no statement holds, by its first characters.
  private static func content(ofLine line: String, isFirst: Bool) -> Item.Content {
    var words = line
    while let last = words.last, last.isWhitespace { words.removeLast() }
    if words.isEmpty { return .blank }
    func after(_ mark: Int) -> String {
      let rest = words.dropFirst(mark)
      return String(rest.first == " " ? rest.dropFirst() : rest)
    }
    if words.hasPrefix("#!") { return isFirst ? .shebang(words) : .failure(after(2)) }
    if words.hasPrefix("#>") { return .output(after(2)) }
    let level = words.prefix { $0 == "#" }.count
    return level > 1 ? .heading(level: level, String(after(level).drop { $0 == " " })) : .prose(after(1))
  }
}

/// Cuts a text into its lines, those that continue a statement together with it.
struct ScriptLines {
  let bytes: [UInt8]
  var at = 0
  var number = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> (range: SourceRange, number: Int, isStatement: Bool)? {
    guard at < bytes.count else { return nil }
    let start = at, first = number
    var end = takeLine()
    let isStatement = !isBlank(start, end) && bytes[start] != UInt8(ascii: "#")
    if isStatement {
      while at < bytes.count {
        let indented = bytes[at] == 0x20 || bytes[at] == 0x09
        // Recorded outputs and prose are never part of a statement, whatever it ends in.
        let continued = end > start && bytes[end - 1] == UInt8(ascii: "\\") && bytes[at] != UInt8(ascii: "#")
        guard indented || continued, !isBlank(at, lineEnd(from: at)) else { break }
        end = takeLine()
      }
    }
    return (SourceRange(start, end), first, isStatement)
  }

  private func lineEnd(from start: Int) -> Int { bytes[start...].firstIndex(of: 0x0A) ?? bytes.count }

  /// Moves past one line; its end without the line break.
  private mutating func takeLine() -> Int {
    var end = lineEnd(from: at)
    at = end + 1
    number += 1
    if end > 0, end <= bytes.count, bytes[end - 1] == 0x0D, end < bytes.count { end -= 1 }
    return end
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool { bytes[start..<max(start, end)].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
}
