internal import Language

/// How many colours a terminal shows.
public enum ColourDepth: Int, Sendable, Comparable {
  /// No escape sequence is written at all.
  case none
  case sixteen
  case indexed
  /// 24 bits.
  case full

  public static func < (a: ColourDepth, b: ColourDepth) -> Bool { a.rawValue < b.rawValue }
}

/// Turns styled text into what a terminal prints. Text uses the terminal's own sixteen colours, so that it follows the user's theme.
public struct Palette: Sendable, Equatable {
  public var depth: ColourDepth

  public init(_ depth: ColourDepth) { self.depth = depth }

  public static let none = Palette(.none)
  public static let sixteen = Palette(.sixteen)

  /// The text with its escape sequences; plain text where the palette has no colours. Every run ends in a reset, so that a line may
  /// be cut between runs.
  public func paint(_ text: StyledText) -> String {
    text.runs.map { paint($0.text, $0.style) }.joined()
  }

  /// Every word that is shown in a style passes here: what could steer the terminal is made visible, wherever the text came from.
  public func paint(_ text: String, _ style: TextStyle) -> String {
    let text = text.escapedForTerminal(keepingNewlines: true)
    guard depth > .none, !text.isEmpty, let code = Self.code(style) else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// Text in a colour of a picture, as near as the terminal comes.
  func paint(_ text: String, red: UInt8, green: UInt8, blue: UInt8) -> String {
    guard depth > .none, !text.isEmpty else { return text }
    return "\u{1B}[3\(HalfBlocks.colour(red, green, blue, depth))m\(text)\u{1B}[0m"
  }

  /// The parameters of "select graphic rendition" (ECMA-48, 8.3.117).
  private static func code(_ style: TextStyle) -> String? {
    switch style {
    case .plain, .path: nil
    case .strong: "1"
    case .emphasis: "3"
    case .dim, .comment, .digest: "2"
    case .heading: "1;4"
    case .command: "36"
    case .name: "34"
    case .unknownName: "4;31"
    case .parameter: "35"
    case .number, .choice: "33"
    case .quoted: "32"
    case .problem: "1;31"
    case .remedy: "36"
    case .good, .added: "32"
    case .removed: "31"
    case .warning: "33"
    case .chosen: "7"
    case .found: "4;33"
    case .series1: "34"
    case .series2: "31"
    case .series3: "32"
    case .series4: "35"
    case .series5: "33"
    case .series6: "36"
    }
  }
}
