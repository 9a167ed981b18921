internal import Language
internal import Imaging
public import Workbench

/// Displays, diagnostics and events as lines for a terminal.
///
///     let renderer = TextRenderer(columns: 80, palette: .none)
///     for line in renderer.lines(display) { print(line) }
///
/// Without colours nothing but printable text comes out, whatever was in the files that the text came from.
public struct TextRenderer: Sendable {
  /// Columns of the terminal; nothing that can be cut or wrapped is wider.
  public var columns: Int
  public var palette: Palette
  public var pictures: PictureStyle

  public init(columns: Int = 80, palette: Palette = .none, pictures: PictureStyle = .words) {
    self.columns = max(columns, 20)
    self.palette = palette
    self.pictures = pictures
  }

  /// The lines of a display. A picture is one "line" that holds all its rows and escape sequences.
  public func lines(_ display: Display) -> [String] {
    switch display {
    case .text(let phrase): wrapped(phrase.styled)
    case .table(let table): lines(table)
    case .picture(let image, let caption): lines(image, caption: caption)
    case .plot(let plot): lines(plot)
    case .stack(let displays): displays.flatMap(lines)
    }
  }

  /// The picture as the terminal can show it, and its caption. Where only words can be shown, the caption says the size too.
  func lines(_ image: Image, caption: Phrase) -> [String] {
    guard let picture = pictures.encoded(image, columns: columns) else {
      return wrapped(StyledText("[picture \(image.size)] ", .dim) + caption.styled)
    }
    return [picture] + wrapped(caption.styled) + legend(caption.keys)
  }

  /// A square of each colour with what it stands for, as many in a line as fit.
  private func legend(_ keys: [PictureKey]) -> [String] {
    var lines: [(text: String, width: Int)] = []
    for key in keys {
      let name = key.name.escapedForTerminal()
      let entry = palette.paint("■", red: key.red, green: key.green, blue: key.blue) + " " + name
      let width = TextWidth.of(name) + 2
      if let last = lines.last, !key.beginsLine, last.width + 2 + width <= columns {
        lines[lines.count - 1] = (last.text + "  " + entry, last.width + 2 + width)
      } else {
        lines.append((entry, width))
      }
    }
    return lines.map(\.text)
  }

  /// Long text broken at blanks; a line's own indentation is kept for the lines that continue it.
  package func wrapped(_ text: StyledText) -> [String] {
    text.lines.flatMap { $0.wrapped(to: columns) }.map(palette.paint)
  }
}

extension StyledText {
  /// Split at newlines.
  var lines: [StyledText] {
    var lines = [StyledText()]
    for run in runs {
      for (index, part) in run.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { lines.append(StyledText()) }
        if !part.isEmpty { lines[lines.count - 1].runs.append(Run(String(part), run.style)) }
      }
    }
    return lines
  }

  /// Broken at blanks so that no line is wider than `columns`; a word that is wider stays whole, as a path must be copied whole.
  func wrapped(to columns: Int) -> [StyledText] {
    guard width > columns else { return [self] }
    var lines: [StyledText] = []
    let indent = String(text.prefix { $0 == " " })
    var line = StyledText(indent)
    var used = indent.count
    var pendingBlanks = 0
    var empty = true
    for piece in words.drop(while: { $0.isBlank }) {
      let width = piece.width
      if piece.isBlank { pendingBlanks = width; continue }
      if !empty, used + pendingBlanks + width > columns {
        lines.append(line)
        line = StyledText(indent)
        used = indent.count
        empty = true
        pendingBlanks = 0
      }
      line += StyledText(String(repeating: " ", count: pendingBlanks)) + piece
      used += pendingBlanks + width
      pendingBlanks = 0
      empty = false
    }
    return lines + [line]
  }

  private var isBlank: Bool { runs.allSatisfy { $0.text.allSatisfy { $0 == " " } } }

  /// Blanks and words in turn; a word may have several styles.
  private var words: [StyledText] {
    var words: [StyledText] = []
    var blank: Bool?
    for run in runs {
      for character in run.text {
        let isBlank = character == " "
        if blank != isBlank { words.append(StyledText()) }
        blank = isBlank
        let last = words.count - 1
        if words[last].runs.last?.style == run.style {
          words[last].runs[words[last].runs.count - 1].text.append(character)
        } else {
          words[last].runs.append(Run(String(character), run.style))
        }
      }
    }
    return words
  }
}
