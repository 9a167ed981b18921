import Adaptation
import Workbench

/// What `toward=` adds to a training, by the name of its objective.
enum TargetMethod: String, CaseIterable, Sendable, ExplainedChoice {
  case adversary

  var explanation: String {
    switch self {
    case .adversary: "a discriminator, whose gradient makes the target's output look like the source's"
    }
  }

  private var objective: any Objective.Type {
    switch self {
    case .adversary: AdversarialObjective.self
    }
  }

  /// The method whose objective reports a loss.
  static func reporting(_ term: LossTerm) -> TargetMethod? { allCases.first { $0.objective.terms.contains(term) } }
}
