import Workbench

/// How the replay of one script ended; of several the worst counts.
enum ReplayEnding: Int, Comparable {
  case same
  /// Nothing is recorded.
  case uncompared
  case close, differs, failed
  /// It could not be read, or not as the options ask.
  case unusable
  case interrupted

  init(_ report: Replay.Report) {
    self = switch report.exitCode {
    case 130: .interrupted
    case 1: .failed
    case 3: .differs
    default: report.verdict == .close ? .close : report.steps.contains { $0.verdict != nil } ? .same : .uncompared
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  var exitCode: Int32 {
    switch self {
    case .same, .uncompared, .close: 0
    case .differs: 3
    case .failed: 1
    case .unusable: 2
    case .interrupted: 130
    }
  }

  private static let words: [(Self, String)] = [
    (.same, "same"), (.uncompared, "with nothing to compare"), (.close, "close"), (.differs, "differ"), (.failed, "failed"), (.unusable, "unusable"), (.interrupted, "interrupted"),
  ]

  /// `3 scripts: 2 same, 1 differ`
  static func summary(_ endings: [Self], of count: Int) -> String {
    var parts = words.compactMap { ending, word -> String? in
      let number = endings.count { $0 == ending }
      return number == 0 ? nil : "\(number) \(word)"
    }
    if endings.count < count { parts.append("\(count - endings.count) not begun") }
    return "\(count) scripts: \(parts.joined(separator: ", "))"
  }
}
