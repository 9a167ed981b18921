/// A loss that a training reports: declared once, beside the objective that computes it. Progress, history, curves and files loop over these.
public struct LossTerm: Sendable, Hashable, Identifiable {
  /// Under which histories and checkpoints keep it.
  public let id: String
  /// One word, by which people ask for it.
  public let name: String
  /// What a summary writes before the number: `on pseudo-labels`.
  public let label: String
  /// Above a curve: `adversarial loss`.
  public let title: String
  public let help: String
  /// The images that it is computed on.
  public let stream: TrainingStream
  /// How far it may be off, relative to its size, where another processor trains the same.
  public let tolerance: Double

  public init(id: String, name: String? = nil, label: String, title: String, help: String, stream: TrainingStream, tolerance: Double = 0.1) {
    (self.id, self.name, self.label, self.title) = (id, name ?? id, label, title)
    (self.help, self.stream, self.tolerance) = (help, stream, tolerance)
  }
}

/// The images that a step of training reads, by what they are for.
public enum TrainingStream: String, Sendable, CaseIterable, Hashable {
  /// Labelled images; an epoch is one pass over them.
  case source
  /// Images of the target, whose labels are not looked at.
  case target
  /// Images of the target with pseudo-labels.
  case pseudo
}
