extension Prose {
  /// The words of one paragraph, list item or heading.
  public static func runs(_ text: String) -> [Run] {
    var reader = RunReader(text)
    return reader.runs(Run(""))
  }

  /// Addresses that a document may lead to: the web, and places relative to it. Others, such as `javascript:`, are shown as typed.
  static func isSafe(_ address: String) -> Bool {
    guard !address.isEmpty, !address.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "<" || $0 == ">" }) else { return false }
    guard let colon = address.firstIndex(of: ":") else { return true }
    return ["http", "https"].contains(address[..<colon].lowercased())
  }
}

/// Reads marks from left to right. A mark that is never closed is only a character; each kind of mark is looked for at most once in vain.
private struct RunReader {
  private let characters: [Character]
  private var at = 0
  private var end: Int
  private var unclosed: Set<String> = []

  init(_ text: String) { (characters, end) = (Array(text), text.count) }

  mutating func runs(_ style: Prose.Run) -> [Prose.Run] {
    var runs: [Prose.Run] = []
    func add(_ run: Prose.Run) {
      guard !run.text.isEmpty else { return }
      var last = runs.last
      last?.text = run.text
      if last == run { runs[runs.count - 1].text += run.text } else { runs.append(run) }
    }
    func plain(_ text: String) { add(Prose.Run(text, isStrong: style.isStrong, isEmphasis: style.isEmphasis, address: style.address)) }
    while at < end {
      switch characters[at] {
      case "\\" where at + 1 < end && "\\*`[]()#-.".contains(characters[at + 1]):
        plain(String(characters[at + 1]))
        at += 2
      case "`":
        if let close = find("`", from: at + 1) {
          var code = style
          (code.text, code.isCode) = (String(characters[(at + 1)..<close]), true)
          add(code)
          at = close + 1
        } else {
          plain("`")
          at += 1
        }
      case "*":
        let mark = starts("**", at) && !style.isStrong ? "**" : "*"
        if !(mark == "**" ? style.isStrong : style.isEmphasis), let close = find(mark, from: at + mark.count) {
          var inner = style
          if mark == "**" { inner.isStrong = true } else { inner.isEmphasis = true }
          within(at + mark.count, close) { $0.runs(inner) }.forEach(add)
          at = close + mark.count
        } else {
          plain(mark)
          at += mark.count
        }
      case "[":
        if style.address == nil, let middle = find("](", from: at + 1), let close = find(")", from: middle + 2) {
          let address = String(characters[(middle + 2)..<close])
          if Prose.isSafe(address) {
            var inner = style
            inner.address = address
            within(at + 1, middle) { $0.runs(inner) }.forEach(add)
            at = close + 1
            continue
          }
        }
        plain("[")
        at += 1
      default:
        let stop = characters[at..<end].dropFirst().firstIndex { "\\`*[".contains($0) } ?? end
        plain(String(characters[at..<stop]))
        at = stop
      }
    }
    return runs
  }

  /// Reads what lies between two marks.
  private mutating func within(_ start: Int, _ stop: Int, _ read: (inout RunReader) -> [Prose.Run]) -> [Prose.Run] {
    var inner = self
    (inner.at, inner.end) = (start, stop)
    return read(&inner)
  }

  private func starts(_ mark: String, _ at: Int) -> Bool {
    at + mark.count <= end && zip(mark, characters[at...]).allSatisfy { $0 == $1 }
  }

  /// Where a mark closes what begins at `start`: neither directly after its opening nor, for stars, beside a space on the wrong side.
  private mutating func find(_ mark: String, from start: Int) -> Int? {
    guard start < end, !unclosed.contains(mark) else { return nil }
    let isStar = mark.first == "*"
    if isStar, characters[start] == " " || characters[start] == "*" { return nil }
    var index = start
    while index < end {
      if characters[index] == "\\", !mark.hasPrefix("`") { index += 2; continue }
      if isStar, characters[index] == "`", let close = characters[(index + 1)..<end].firstIndex(of: "`") { index = close + 1; continue }
      if starts(mark, index), index > start || !isStar {
        if !isStar { return index }
        let isLone = mark == "**" || !starts("**", index)
        if isLone, characters[index - 1] != " " { return index }
        if !isLone { index += 2; continue }
      }
      index += 1
    }
    unclosed.insert(mark)
    return nil
  }
}
