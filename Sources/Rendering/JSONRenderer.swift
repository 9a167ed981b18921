internal import Imaging
public import Language
public import Workbench

/// Events as JSON, one object a line, for programs that read `segue run --json`.
///
///     {"event":"produced","name":"iou1","kind":"table","digest":"91c0…","kept":false,"display":{"type":"table",…}}
///
/// Keys come in a fixed order and are never left out; absent values are null. Numbers have all their digits, also where the screen
/// rounds. A phrase is its text; in a table a cell that is one number is that number.
public struct JSONRenderer: Sendable {
  public init() {}

  /// One line, without a newline.
  public func line(_ event: Event) -> String { object(event).text }

  /// A fault of a script as one line; `line` and `column` count from 1.
  public func line(_ diagnostic: Diagnostic, file: String, line: Int?, column: Int?) -> String {
    let place: [(String, JSONText)] = [
      ("file", .string(file)), ("line", line.map(JSONText.int) ?? .null), ("column", column.map(JSONText.int) ?? .null),
    ]
    return JSONText.object(place + members(diagnostic)).text
  }

  /// What a script would read, write and take, as one line. Seconds are null where nothing is known of a statement's time.
  public func line(_ forecast: Forecast, file: String) -> String {
    JSONText.object([
      ("file", .string(file)), ("inputs", .array(forecast.inputs.map(JSONText.string))), ("outputs", .array(forecast.outputs.map(JSONText.string))),
      ("seconds", forecast.seconds.map(JSONText.number) ?? .null), ("memory", .int(Int(forecast.memory))),
      ("costs", .array(forecast.costs.map { cost in
        .object([("statement", .string(cost.statement)), ("multiplyAccumulates", .number(cost.multiplyAccumulates)), ("seconds", cost.seconds.map(JSONText.number) ?? .null)])
      })),
    ]).text
  }

  private func members(_ diagnostic: Diagnostic) -> [(String, JSONText)] {
    [
      ("message", .string(diagnostic.message)), ("remedy", text(diagnostic.remedy)),
      ("range", diagnostic.range.map { .array([.int($0.start), .int($0.end)]) } ?? .null), ("replacement", text(diagnostic.replacement)),
    ]
  }

  func object(_ event: Event) -> JSONText {
    switch event {
    case .began(let number, let canonical):
      .object([("event", .string("began")), ("number", .int(number)), ("statement", .string(canonical))])
    case .progressed(let progress):
      .object([
        ("event", .string("progressed")), ("fraction", .number(progress.fraction)), ("stage", .string(progress.stage)),
        ("figures", .array(progress.figures.map(figure))), ("milestone", .bool(progress.milestone)),
      ])
    case .noted(let words):
      .object([("event", .string("noted")), ("text", .string(words))])
    case .produced(let name, let kind, let display, let digest, let kept):
      .object([
        ("event", .string("produced")), ("name", text(name)), ("kind", .string(kind)), ("digest", text(digest)),
        ("kept", .bool(kept)), ("display", object(display)),
      ])
    case .failed(let diagnostic):
      .object([("event", .string("failed"))] + members(diagnostic))
    case .ended(let seconds):
      .object([("event", .string("ended")), ("seconds", .number(seconds))])
    }
  }

  func object(_ display: Display) -> JSONText {
    switch display {
    case .text(let phrase):
      .object([("type", .string("text")), ("text", .string(phrase.unescapedText)), ("numbers", numbers(phrase))])
    case .table(let table):
      .object([
        ("type", .string("table")), ("title", text(table.title?.unescapedText)),
        ("columns", .array(table.columns.map { .string($0.heading) })),
        ("rows", .array(table.rows.map { .array($0.map(cell)) })),
        ("remarks", .array(table.remarks.map { .string($0.unescapedText) })),
      ])
    case .picture(let image, let caption):
      .object([
        ("type", .string("picture")), ("width", .int(image.size.width)), ("height", .int(image.size.height)),
        ("caption", .string(caption.unescapedText)), ("numbers", numbers(caption)),
      ])
    case .plot(let plot): object(plot)
    case .stack(let displays):
      .object([("type", .string("stack")), ("displays", .array(displays.map(object)))])
    }
  }

  private func object(_ plot: Plot) -> JSONText {
    var categories = JSONText.null
    if case .bars(let names) = plot.form { categories = .array(names.map { .string($0) }) }
    return .object([
      ("type", .string("plot")), ("title", .string(plot.title)), ("horizontal", .string(plot.horizontal)),
      ("vertical", .string(plot.vertical)), ("categories", categories),
      ("series", .array(plot.series.map { series in
        .object([("name", .string(series.name)), ("points", .array(series.points.map { .array([.number($0.x), .number($0.y)]) }))])
      })),
      ("caption", .string(plot.caption.unescapedText)),
    ])
  }

  private func text(_ words: String?) -> JSONText { words.map { .string($0) } ?? .null }

  private func cell(_ phrase: Phrase) -> JSONText {
    phrase.soleNumber.map { .number($0.value) } ?? .string(phrase.unescapedText)
  }

  private func figure(_ phrase: Phrase) -> JSONText {
    .object([("text", .string(phrase.unescapedText)), ("numbers", numbers(phrase))])
  }

  private func numbers(_ phrase: Phrase) -> JSONText {
    .array(phrase.pieces.compactMap { if case .number(let number) = $0 { .number(number.value) } else { nil } })
  }
}
