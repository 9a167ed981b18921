public import Language
public import Workbench

/// A session with what its statements showed, ready to be read: what document formats render.
public struct Document: Sendable {
  public enum Item: Sendable {
    /// The number of `#`, at least two, and the words.
    case heading(level: Int, String)
    /// A line of prose, without its `# `; an empty one parts paragraphs.
    case prose(String)
    /// An empty line, which parts paragraphs too.
    case blank
    case statement(Cell)
  }

  /// A statement with its outputs.
  public struct Cell: Sendable {
    /// As it is recorded.
    public var text: String
    /// For colour; ranges count in ``text``.
    public var tokens: [Token]
    /// The name that its result has.
    public var name: String?
    /// What it shows; nothing where it failed.
    public var display: Display
    /// The message of a failure that belongs to the session.
    public var failure: String?
    /// The line that the failure is about, with a caret under the words that are meant, ready to be shown.
    public var caret: String?
    /// What a reader must know of the outputs.
    public var marks: [Mark]

    public init(_ text: String, _ vocabulary: Vocabulary, display: Display = .nothing, failure: String? = nil, marks: [Mark] = []) {
      let script = Script(text, vocabulary)
      (self.text, tokens, name) = (text, script.tokens, script.items.first?.statement?.name?.text)
      (self.display, self.failure, self.marks) = (display, failure, marks)
    }
  }

  public enum Mark: Sendable, Equatable {
    /// By the end of the session something that the value was made from has another value.
    case stale
    /// The outputs are not the recorded ones; the lines of both.
    case differs([DifferenceLine])
    /// Trained numbers are a little off the recorded ones.
    case close
    /// The value is gone from the store: only the words that were recorded of it are left.
    case lost
    /// The statement was not evaluated: the words are the recorded ones, and pictures are missing.
    case recordedOnly
  }

  /// The file that it comes from, without folders.
  public var source: String
  public var items: [Item]

  public init(source: String, items: [Item]) { (self.source, self.items) = (source, items) }

  /// The words of the heading that opens it, else the name of its file.
  public var title: String {
    for item in items {
      switch item {
      case .heading(_, let words): return Prose.runs(words).map(\.text).joined()
      case .prose(let line) where line.isEmpty: continue
      case .blank: continue
      default: return source
      }
    }
    return source
  }

  public var cells: [Cell] { items.compactMap { if case .statement(let cell) = $0 { cell } else { nil } } }
}

extension Document.Item {
  /// Whether a reader sees anything of it.
  var isSeen: Bool {
    switch self {
    case .prose(let line): !line.isEmpty
    case .blank: false
    case .heading, .statement: true
    }
  }

  /// The line of a script that says this; nil for a statement.
  var scriptLine: String? {
    switch self {
    case .heading(let level, let words): String(repeating: "#", count: level) + " " + words
    case .prose(let line): line.isEmpty ? "#" : "# " + line
    case .blank: ""
    case .statement: nil
    }
  }
}
