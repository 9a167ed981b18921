import Language

extension Phrase {
  /// Plain text, as transcripts record it.
  public var text: String { pieces.map(\.text).joined() }

  /// The numbers in it, from left to right.
  public var numbers: [Number] { pieces.compactMap { if case .number(let number) = $0 { number } else { nil } } }

  /// The lines that line breaks in its words make.
  public var lines: [Phrase] {
    var lines: [[Piece]] = [[]]
    for piece in pieces {
      guard case .words(let words) = piece, words.contains(where: \.isNewline) else { lines[lines.count - 1].append(piece); continue }
      let parts = words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      lines[lines.count - 1].append(.words(String(parts[0])))
      for part in parts.dropFirst() { lines.append([.words(String(part))]) }
    }
    return lines.map { Phrase(pieces: $0.filter { $0 != .words("") }) }
  }

  /// Lines of at most `width` characters where words allow it; what follows the first is indented like it.
  public func wrapped(to width: Int) -> [Phrase] { lines.flatMap { $0.wrappedLine(to: width) } }

  private func wrappedLine(to width: Int) -> [Phrase] {
    guard text.count > width else { return [self] }
    let indent = String(text.prefix { $0 == " " })
    var lines: [[Piece]] = []
    var current: [Piece] = []
    var length = 0
    for word in unbroken {
      let size = word.pieces.reduce(0) { $0 + $1.text.count }
      let space = current.isEmpty ? (lines.isEmpty ? word.spaces : indent.count) : word.spaces
      if !current.isEmpty, length + space + size > width {
        lines.append(current)
        (current, length) = ([], 0)
      }
      let front = current.isEmpty ? (lines.isEmpty ? word.spaces : indent.count) : word.spaces
      if front > 0 { current.append(.words(String(repeating: " ", count: front))) }
      current += word.pieces
      length += front + size
    }
    if !current.isEmpty { lines.append(current) }
    return lines.map(Phrase.init(pieces:))
  }

  /// Stretches without spaces, each with the number of spaces before it.
  private var unbroken: [(spaces: Int, pieces: [Piece])] {
    var out: [(spaces: Int, pieces: [Piece])] = []
    var spaces = 0
    var isOpen = false
    func add(_ piece: Piece) {
      if isOpen { out[out.count - 1].pieces.append(piece) } else { out.append((spaces, [piece])) }
      (spaces, isOpen) = (0, true)
    }
    for piece in pieces {
      guard case .words(let words) = piece else { add(piece); continue }
      var rest = words[...]
      while !rest.isEmpty {
        let gap = rest.prefix { $0 == " " }
        if !gap.isEmpty { (spaces, isOpen) = (spaces + gap.count, false) }
        rest = rest.dropFirst(gap.count)
        let word = rest.prefix { $0 != " " }
        if !word.isEmpty { add(.words(String(word))) }
        rest = rest.dropFirst(word.count)
      }
    }
    return out
  }
}

extension Phrase.Piece {
  public var text: String {
    switch self {
    case .words(let words): words.escapedForTerminal(keepingNewlines: true)
    case .number(let number): number.text
    case .digest(let digest): "@" + digest.prefix(8)
    case .key: ""
    }
  }
}
