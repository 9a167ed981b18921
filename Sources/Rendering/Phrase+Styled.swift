internal import Language
public import Workbench

extension Phrase {
  /// The phrase as text in pieces of one style: digests are dim. Control characters are visible, newlines stay.
  public var styled: StyledText {
    StyledText(pieces.map { piece in
      if case .digest = piece { .init(piece.text, .digest) } else { .init(piece.text.escapedForTerminal(keepingNewlines: true)) }
    })
  }

  /// The words as they are, for programs: nothing is made visible that a terminal would need.
  var unescapedText: String {
    pieces.map { if case .words(let words) = $0 { words } else { $0.text } }.joined()
  }

  /// The number, where the phrase is one number and nothing else.
  var soleNumber: Number? {
    if pieces.count == 1, case .number(let number) = pieces[0] { number } else { nil }
  }
}

/// `value` with `places` digits after the point, as numbers are written everywhere.
func fixedPoint(_ value: Double, places: Int) -> String { Number(value, places: places).text }
