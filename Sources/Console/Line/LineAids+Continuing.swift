internal import Language

extension LineAids {
  /// The same for a line that goes on with a statement whose earlier lines are `above`, line breaks included.
  func continuing(_ above: String) -> LineAids {
    let offset = above.utf8.count
    func own(_ range: SourceRange) -> SourceRange? {
      range.end <= offset ? nil : SourceRange(max(range.start - offset, 0), range.end - offset)
    }
    var aids = self
    aids.completer = completer.map { ContinuedCompleter(whole: $0, above: above) }
    aids.highlight = { [highlight] line in
      highlight(above + line).compactMap { part in own(part.range).map { Highlight($0, part.style) } }
    }
    aids.hint = { [hint] line in line.isEmpty ? nil : hint((above + line).split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ") + (line.hasSuffix(" ") ? " " : "")) }
    return aids
  }
}

/// A completer for the last line of a statement of several.
private struct ContinuedCompleter: Completer {
  let whole: any Completer
  let above: String

  func completion(of line: String, at cursor: Int) -> Completion {
    let offset = above.utf8.count
    var completion = whole.completion(of: above + line, at: offset + cursor)
    completion.range = SourceRange(max(completion.range.start - offset, 0), max(completion.range.end - offset, 0))
    return completion
  }
}
