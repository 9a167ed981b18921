internal import Language
public import Workbench

/// What a replay found, for people.
public struct ReplayRenderer: Sendable {
  public init() {}

  /// A step's verdict and statement; below it why it differs, and how, or what it shows where nothing is recorded.
  public func lines(_ step: Replay.Step) -> [StyledText] {
    let verdict = step.verdict?.rawValue ?? "-"
    var lines = [StyledText(verdict.padded(to: 8), ReplayRenderer.style(step.verdict)) + StyledText(step.statement.escapedForTerminal())]
    if let reason = step.reason { lines.append(StyledText("        because: ", .dim) + StyledText(reason.escapedForTerminal())) }
    if step.difference.isEmpty, step.verdict == nil { lines += step.outputs.map { StyledText("        " + $0.escapedForTerminal(), .dim) } }
    return lines + ReplayRenderer.lines(step.difference)
  }

  /// Lines that differ, with two alike before and after; longer rows of lines that are alike are left out and counted.
  private static func lines(_ difference: [DifferenceLine]) -> [StyledText] {
    let changes = difference.indices.filter { if case .both = difference[$0] { false } else { true } }
    var lines: [StyledText] = []
    var hidden = 0
    func told() -> [StyledText] { hidden == 0 ? [] : [StyledText("          … \(counted(hidden, "line")) alike", .dim)] }
    for (index, line) in difference.enumerated() {
      switch line {
      case .both where !changes.contains { abs($0 - index) <= 2 }:
        hidden += 1
        continue
      case .both(let words): lines += told() + [StyledText("          " + words.escapedForTerminal(), .dim)]
      case .recorded(let words): lines += told() + [StyledText("        - " + words.escapedForTerminal(), .removed)]
      case .now(let words): lines += told() + [StyledText("        + " + words.escapedForTerminal(), .added)]
      }
      hidden = 0
    }
    return lines + told()
  }

  /// The last line: the verdict of the whole.
  public func line(_ report: Replay.Report) -> StyledText {
    let statements = report.steps.count { $0.verdict != nil }, all = counted(report.steps.count, "statement")
    if statements == 0, report.failure == nil, !report.isInterrupted, !report.isStopped {
      return StyledText("verdict: nothing to compare (\(all); \(report.made) made, \(report.kept) kept from before)")
    }
    let unreached = report.unreached == 0 ? "" : ", \(report.unreached) after `quit` not run"
    let words = " (\(all), \(statements) compared\(unreached); \(report.made) made, \(report.kept) kept from before)"
    return "verdict: " + StyledText(report.verdictWord, report.failure != nil ? .problem : ReplayRenderer.style(report.verdict)) + StyledText(words)
  }

  private static func style(_ verdict: Verdict?) -> TextStyle {
    switch verdict {
    case .same: .good
    case .close: .warning
    case .differs: .problem
    case nil: .dim
    }
  }
}

extension Replay.Report {
  /// `same`, `close`, `differs`, or why it did not come to the end.
  public var verdictWord: String { failure != nil ? "failed" : isInterrupted ? "interrupted" : isStopped ? "stopped" : verdict.rawValue }
}

extension JSONRenderer {
  /// A step as one line.
  public func line(_ step: Replay.Step, of file: String? = nil) -> String {
    func lines(_ words: [String]) -> JSONText { .array(words.map { .string($0) }) }
    func text(_ words: String?) -> JSONText { if let words { .string(words) } else { .null } }
    let fields: [(String, JSONText)] = [
      ("event", .string("compared")), ("line", .int(step.line)), ("statement", .string(step.statement)),
      ("verdict", text(step.verdict?.rawValue)), ("reason", text(step.reason)),
      ("difference", lines(step.difference.map(\.description))), ("outputs", lines(step.outputs)),
      ("recipe", text(step.recipe?.digest)), ("content", text(step.content)),
    ]
    return line(fields, of: file)
  }

  /// The verdict of the whole as one line.
  public func line(_ report: Replay.Report, of file: String? = nil) -> String {
    let fields: [(String, JSONText)] = [
      ("event", .string("verdict")), ("verdict", .string(report.verdictWord)), ("statements", .int(report.steps.count)), ("unreached", .int(report.unreached)),
      ("made", .int(report.made)), ("kept", .int(report.kept)), ("exit", .int(Int(report.exitCode))),
      ("failure", report.failure.map { .string($0.description) } ?? .null),
    ]
    return line(fields, of: file)
  }

  /// Fields as one line, with the file that they are of where there are several.
  private func line(_ fields: [(String, JSONText)], of file: String?) -> String {
    var all = fields
    if let file { all.insert(("file", .string(file)), at: 0) }
    return JSONText.object(all).text
  }
}

extension String {
  fileprivate func padded(to columns: Int) -> String { self + String(repeating: " ", count: max(0, columns - count)) }
}
