/// A loss that a training reports, or a share that tells how it goes: declared once, beside the objective that computes it. Progress, history, curves and files loop over these.
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
  /// How far it may be off, a loss relative to its size, where another processor trains the same.
  public let tolerance: Double
  /// Whether it is no loss but a share of something, 0...1.
  public let isShare: Bool

  public init(id: String, name: String? = nil, label: String, title: String, help: String, stream: TrainingStream, tolerance: Double = 0.1, isShare: Bool = false) {
    (self.id, self.name, self.label, self.title) = (id, name ?? id, label, title)
    (self.help, self.stream, self.tolerance, self.isShare) = (help, stream, tolerance, isShare)
  }
}

/// The images of a step of training, by what they are for.
public enum TrainingStream: String, Sendable, CaseIterable, Hashable {
  /// Labelled images; an epoch is one pass over them.
  case source
  /// Images of the target, whose labels are not looked at.
  case target
  /// Images of the target with pseudo-labels.
  case pseudo
  /// Images that an objective makes from the others, for the network to learn; nobody reads them.
  case mixed
  /// Images of the target that an objective hides parts of.
  case masked

  /// Whether its images are made from others.
  public var isMade: Bool { self == .mixed || self == .masked }
}
