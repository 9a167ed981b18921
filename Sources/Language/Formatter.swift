extension Script {
  /// The canonical text: statements in their canonical spelling on one line each, prose and outputs as they are, no blank lines at the
  /// ends and never two together. Lines end as the first one does. A statement that could not be understood stays as it was written.
  public var formatted: String { formatted { $0 } }

  /// The same, each statement `rewritten` first.
  public func formatted(_ rewritten: (Statement) -> Statement) -> String {
    var lines: [String] = []
    for item in items {
      let text = item.text(in: source, rewritten)
      if text.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(text)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    let text = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    return source.lineEnding == "\n" ? text : text.replacing("\n", with: source.lineEnding)
  }
}

extension Script.Item {
  /// The canonical text of this line.
  public func text(in source: Source, _ rewritten: (Statement) -> Statement = { $0 }) -> String {
    switch content {
    case .statement(let statement?, let comment):
      let parsedWhole = rewritten(statement).canonical
      return comment.map { "\(parsedWhole) # \($0)" } ?? parsedWhole
    case .statement(nil, _):
      var scalars = source[range].replacing("\r\n", with: "\n").unicodeScalars[...]
      // A `\` that blanks followed continued nothing, and must not begin to. Lines of nothing else at the end go whole.
      while let last = scalars.last, [" ", "\t", "\r", "\n", "\\"].contains(last) { scalars.removeLast() }
      return String(scalars)
    case .heading(let level, let words): return String(repeating: "#", count: level) + " " + words
    case .prose(let words): return words.isEmpty ? "#" : "# " + words
    case .output(let words): return words.isEmpty ? "#>" : "#> " + words
    case .failure(let words): return words.isEmpty ? "#!" : "#! " + words
    case .blank: return ""
    case .shebang(let words): return words
    }
  }
}
