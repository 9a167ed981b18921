/// What a session was opened for.
public enum SessionKind: Sendable, Hashable {
  /// A person types statements.
  case prompt
  /// A script that ran by itself.
  case run
  /// A lesson, by its name.
  case step(String)
  /// A kernel of notebooks, by the notebook's name where the front end says it.
  case notebook(String?)

  /// As lists show it: `step 03-domain-gap`.
  public var words: String {
    switch self {
    case .prompt: "prompt"
    case .run: "run"
    case .step(let lesson): "step \(lesson)"
    case .notebook(let name): "notebook" + (name.map { " \($0)" } ?? "")
    }
  }
}

/// A session's name: the day and a count, then what it was opened for where that is not the prompt: `2026-11-22-1`, `2026-11-22-2-run`,
/// `2026-11-22-3-step-03-domain-gap`. Names sort by age as far as clocks were right.
struct SessionName: Comparable {
  let text: String
  let kind: SessionKind
  private let day: String
  private let count: Int

  init(day: String, count: Int, _ kind: SessionKind) {
    (self.day, self.count, self.kind) = (day, count, kind)
    text = "\(day)-\(count)" + SessionName.ending(kind)
  }

  /// The name that a file has; one that a person gave counts as a session of the prompt, older than all others.
  init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "-", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, parts[..<4].allSatisfy({ Int($0) != nil }), let count = Int(parts[3]) else {
      (day, count, kind) = ("", 0, .prompt)
      return
    }
    (day, self.count) = (parts[..<3].joined(separator: "-"), count)
    switch parts.dropFirst(4).first {
    case "run" where parts.count == 5: kind = .run
    case "step" where parts.count == 6: kind = .step(parts[5])
    case "notebook": kind = .notebook(parts.count == 6 ? parts[5] : nil)
    default: kind = .prompt
    }
  }

  static func < (a: SessionName, b: SessionName) -> Bool { (a.day, a.count, a.text) < (b.day, b.count, b.text) }

  private static func ending(_ kind: SessionKind) -> String {
    switch kind {
    case .prompt: ""
    case .run: "-run"
    case .step(let lesson): "-step-" + lesson
    case .notebook(let name): "-notebook" + (name.map { "-" + $0 } ?? "")
    }
  }

  /// A lesson's name as a session's name holds it: what a file's name may not hold, or a shell would ask for quotes, becomes `_`.
  static func lesson(_ name: String) -> String {
    let kept = name.unicodeScalars.prefix(60).map { $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0) ? Character($0) : "_" }
    return kept.isEmpty ? "lesson" : String(kept)
  }
}
