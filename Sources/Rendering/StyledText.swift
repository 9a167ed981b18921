/// What a piece of text is; a palette says how that looks.
public enum TextStyle: Sendable, Hashable, CaseIterable {
  case plain, strong, emphasis, dim, heading
  /// Parts of a statement.
  case command, name, unknownName, parameter, number, quoted, path, choice, comment
  /// Outcomes.
  case problem, remedy, digest, good, warning
  /// Lines of a difference.
  case removed, added
  /// The candidate that Tab has chosen, and the letters that a search found.
  case chosen, found
  /// The lines and bars of plots, in the order of their series.
  case series1, series2, series3, series4, series5, series6

  /// The style of the n-th series of a plot, from 0; after six they come round again.
  public static func series(_ index: Int) -> TextStyle {
    [.series1, .series2, .series3, .series4, .series5, .series6][index % 6]
  }
}

/// Text in pieces of one style each.
public struct StyledText: Sendable, Equatable, ExpressibleByStringLiteral {
  public struct Run: Sendable, Equatable {
    public var text: String
    public var style: TextStyle
    public init(_ text: String, _ style: TextStyle = .plain) {
      self.text = text
      self.style = style
    }
  }

  public var runs: [Run]

  public init(_ runs: [Run] = []) { self.runs = runs }
  public init(_ text: String, _ style: TextStyle = .plain) { runs = text.isEmpty ? [] : [Run(text, style)] }
  public init(stringLiteral text: String) { self.init(text) }

  /// The words alone.
  public var text: String { runs.map(\.text).joined() }
  /// Columns on a terminal.
  public var width: Int { runs.reduce(0) { $0 + TextWidth.of($1.text) } }

  public static func + (a: StyledText, b: StyledText) -> StyledText { StyledText(a.runs + b.runs) }
  public static func += (a: inout StyledText, b: StyledText) { a.runs += b.runs }

  /// Filled with blanks up to `columns`, on the right or on the left.
  public func padded(to columns: Int, onLeft: Bool = false) -> StyledText {
    let missing = columns - width
    guard missing > 0 else { return self }
    let blanks = StyledText(String(repeating: " ", count: missing))
    return onLeft ? blanks + self : self + blanks
  }

  /// At most `columns` wide; what is cut off is marked by `…`.
  public func clipped(to columns: Int) -> StyledText {
    guard width > columns else { return self }
    var left = max(columns - 1, 0)
    var kept: [Run] = []
    cutting: for run in runs {
      var text = ""
      for character in run.text {
        let width = TextWidth.of(character)
        if width > left {
          if !text.isEmpty { kept.append(Run(text, run.style)) }
          break cutting
        }
        left -= width
        text.append(character)
      }
      kept.append(Run(text, run.style))
    }
    return StyledText(kept) + (columns > 0 ? StyledText("…", .dim) : StyledText())
  }
}
