public import Language

/// What evaluation emits. The screen, the transcript, JSON and documents render the same events.
public enum Event: Sendable {
  /// A statement starts; `canonical` is how it is recorded.
  case began(number: Int, canonical: String)
  /// Where a long statement stands. Shown, never recorded.
  case progressed(Progress)
  /// Something worth a line that is not an output: files left out, a value that was kept. Shown, never recorded.
  case noted(String)
  /// The statement made this. `digest` is its recipe's, 64 hexadecimal digits; `kept` when the store had it already.
  case produced(name: String?, kind: String, display: Display, digest: String?, kept: Bool)
  case failed(Diagnostic)
  /// The statement is over, after this many seconds.
  case ended(seconds: Double)
}

/// How far a long statement has come.
public struct Progress: Sendable, Equatable {
  /// 0...1
  public var fraction: Double
  /// For example `epoch 3/25`.
  public var stage: String
  /// For example loss 1.234, 41 images/s.
  public var figures: [Phrase]
  /// True where a pipe should get a line, for example at the end of an epoch.
  public var milestone: Bool

  public init(fraction: Double, stage: String, figures: [Phrase] = [], milestone: Bool = false) {
    self.fraction = fraction
    self.stage = stage
    self.figures = figures
    self.milestone = milestone
  }
}
