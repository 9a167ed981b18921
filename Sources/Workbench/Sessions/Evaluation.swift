public import Language

/// What came of evaluating a statement.
public struct Evaluation {
  /// How it ended.
  public enum Outcome: Sendable, Equatable {
    case done
    case failed(Diagnostic)
    case interrupted
    /// `quit` was said.
    case quit
  }

  public internal(set) var outcome: Outcome
  /// The statement as it is recorded; nil where it could not be understood, and for lines that are none.
  public internal(set) var canonical: String?
  /// What it shows; ``Display/nothing`` where it shows nothing or failed.
  public internal(set) var display = Display.nothing
  /// Why it failed or stopped; nil where it did not.
  public internal(set) var diagnostic: Diagnostic?
  /// Whether the same statement, typed again, goes on where an interrupted one stopped.
  public internal(set) var goesOn = false
  /// Whether it did this job's part of a study whose other parts are not there yet, and failed by that alone: only where ``Surroundings/part`` is set.
  public internal(set) var isLeftToOthers = false
  /// What it left behind; nil where it failed or is not recorded.
  var entry: Entry?
  /// The value that it made or showed.
  var value: (any Value)?

  init(_ outcome: Outcome, _ canonical: String? = nil) {
    (self.outcome, self.canonical) = (outcome, canonical)
    if case .failed(let diagnostic) = outcome { self.diagnostic = diagnostic }
  }

  /// Whether it ended like this.
  public static func == (evaluation: Evaluation, outcome: Outcome) -> Bool { evaluation.outcome == outcome }
  public static func != (evaluation: Evaluation, outcome: Outcome) -> Bool { evaluation.outcome != outcome }
}
