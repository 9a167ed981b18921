import Adaptation
import Workbench

/// What `toward=` adds to a training, by the name of its objective.
enum TargetMethod: String, CaseIterable, Sendable, ExplainedChoice {
  case adversary, entropy

  var explanation: String {
    switch self {
    case .adversary: "a discriminator, whose gradient makes the target's output look like the source's"
    case .entropy: "entropy minimisation (MinEnt): the network becomes certain about the target"
    }
  }

  var noun: String {
    switch self {
    case .adversary: "adversary"
    case .entropy: "entropy loss"
    }
  }

  private var objective: any Objective.Type {
    switch self {
    case .adversary: AdversarialObjective.self
    case .entropy: EntropyObjective.self
    }
  }

  /// The method whose objective reports a loss.
  static func reporting(_ term: LossTerm) -> TargetMethod? { allCases.first { $0.objective.terms.contains(term) } }
}
