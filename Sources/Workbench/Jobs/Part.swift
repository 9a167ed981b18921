import Language

/// One of several jobs that share out what `repeat` and `sweep` compute again: seeds, and values.
public struct Part: Sendable, Hashable, CustomStringConvertible {
  /// From 1.
  public let number: Int
  public let count: Int

  /// `3/8`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...10_000).contains(count), (1...count).contains(number) else { return nil }
    (self.number, self.count) = (number, count)
  }

  public var description: String { "\(number)/\(count)" }

  /// Whether a piece of work is this job's, counted from 0.
  func holds(_ turn: Int) -> Bool { turn % count == number - 1 }
}

/// A study did what its job has of it, and other jobs have not done theirs: there is no table yet, and nothing went wrong.
struct PartDone: Error, DiagnosedError {
  let part: Part
  /// How many of the study's pieces of work are not in the store, and how many there are.
  let missing: (count: Int, all: Int)

  var diagnostic: Diagnostic {
    Diagnostic(
      "part \(part) is done; \(missing.count) of \(missing.all) are for other parts to compute", remedy: "the same script without --part, with the same store, makes the table once they are")
  }
}
