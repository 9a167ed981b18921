public import Imaging

/// What a value shows of itself, before any renderer has chosen how.
public indirect enum Display: Sendable, Equatable {
  case text(Phrase)
  case table(DisplayTable)
  /// A picture and what it shows. Transcripts record the words; screens and documents show the picture.
  case picture(Image, caption: Phrase)
  case plot(Plot)
  case stack([Display])

  public static let nothing = Display.stack([])
}

/// Rows under headings, with the protocol or other remarks below.
public struct DisplayTable: Sendable, Equatable {
  public struct Column: Sendable, Equatable {
    public var heading: String
    public var alignment: Alignment
    public init(_ heading: String, _ alignment: Alignment = .right) {
      self.heading = heading
      self.alignment = alignment
    }
  }

  public enum Alignment: Sendable, Equatable { case left, right }

  public var title: Phrase?
  public var columns: [Column]
  public var rows: [[Phrase]]
  public var remarks: [Phrase]

  public init(title: Phrase? = nil, columns: [Column], rows: [[Phrase]], remarks: [Phrase] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.remarks = remarks
  }
}

/// Curves over a common axis, or bars by category: data, which renderers draw as braille, SVG or words.
public struct Plot: Sendable, Equatable {
  public struct Series: Sendable, Equatable {
    public var name: String
    public var points: [(x: Double, y: Double)]
    public init(_ name: String, _ points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
    public static func == (a: Series, b: Series) -> Bool {
      a.name == b.name && a.points.elementsEqual(b.points, by: ==)
    }
  }

  public enum Form: Sendable, Equatable { case curves, bars(categories: [String]) }

  public var title: String
  public var horizontal: String
  public var vertical: String
  public var form: Form
  public var series: [Series]
  public var caption: Phrase

  public init(title: String, horizontal: String, vertical: String, form: Form = .curves, series: [Series], caption: Phrase) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.form = form
    self.series = series
    self.caption = caption
  }
}
