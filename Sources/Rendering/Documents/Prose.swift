/// The prose of a session, read from a small subset of Markdown; everything else stands as it was typed.
///
/// Blocks: paragraphs, parted by empty lines; lists whose lines begin with `- ` or `1. ` and may go on indented; code, indented by four
/// spaces. Within a line: `**strong**`, `*emphasis*`, `` `code` ``, `[words](address)`, and `\` before a mark that is only a character.
/// An underscore marks nothing, because names have them. HTML is not markup here: it is shown as it was typed.
public struct Prose: Sendable, Equatable {
  public enum Block: Sendable, Equatable {
    case paragraph([Run])
    /// `first` is the number of the first item; nil for a list with bullets.
    case list(first: Int?, items: [[Run]])
    /// Lines as they are, without their indentation.
    case code([String])
  }

  /// A stretch of words in one style.
  public struct Run: Sendable, Equatable {
    public var text: String
    public var isStrong = false
    public var isEmphasis = false
    public var isCode = false
    /// Where a link leads.
    public var address: String?

    public init(_ text: String, isStrong: Bool = false, isEmphasis: Bool = false, isCode: Bool = false, address: String? = nil) {
      (self.text, self.isStrong, self.isEmphasis, self.isCode, self.address) = (text, isStrong, isEmphasis, isCode, address)
    }
  }

  public var blocks: [Block]

  /// Lines of prose without the `# ` of a script; an empty one parts blocks.
  public init(_ lines: [String]) {
    var reader = ProseReader()
    for line in lines { reader.take(line) }
    blocks = reader.finished
  }
}

/// Gathers lines into blocks.
private struct ProseReader {
  private enum Open {
    case nothing
    case paragraph(String)
    case list(first: Int?, items: [String])
    case code([String])
  }

  private var open = Open.nothing
  private var blocks: [Prose.Block] = []

  mutating func take(_ line: String) {
    let words = String(line.drop { $0 == " " }), indent = line.count - words.count
    switch open {
    case .code(let lines) where words.isEmpty || indent >= 4:
      open = .code(lines + [String(line.dropFirst(4))])
    case .list(let first, var items) where !words.isEmpty && indent >= 2 && marker(words) == nil:
      items[items.count - 1] += " " + words
      open = .list(first: first, items: items)
    case _ where words.isEmpty: close()
    default: begin(words, indent, line)
    }
  }

  private mutating func begin(_ words: String, _ indent: Int, _ line: String) {
    if let mark = marker(words) {
      if case .list(let first, let items) = open, (first == nil) == (mark.number == nil) {
        open = .list(first: first, items: items + [mark.rest])
      } else {
        close()
        open = .list(first: mark.number, items: [mark.rest])
      }
    } else if case .paragraph(let text) = open {
      open = .paragraph(text + " " + words)
    } else if indent >= 4 {
      close()
      open = .code([String(line.dropFirst(4))])
    } else {
      close()
      open = .paragraph(words)
    }
  }

  /// What a list item begins with.
  private func marker(_ words: String) -> (number: Int?, rest: String)? {
    if words.hasPrefix("- ") { return (nil, String(words.dropFirst(2))) }
    let digits = words.prefix { $0.isASCII && $0.isNumber }
    guard (1...4).contains(digits.count), words.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return (Int(digits), String(words.dropFirst(digits.count + 2)))
  }

  private mutating func close() {
    switch open {
    case .nothing: break
    case .paragraph(let text): blocks.append(.paragraph(Prose.runs(text)))
    case .list(let first, let items): blocks.append(.list(first: first, items: items.map(Prose.runs)))
    case .code(var lines):
      while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
      blocks.append(.code(lines))
    }
    open = .nothing
  }

  var finished: [Prose.Block] {
    var copy = self
    copy.close()
    return copy.blocks
  }
}
