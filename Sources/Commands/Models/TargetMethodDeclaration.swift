import Adaptation
import Workbench

/// All that `train` knows of a method for the target.
struct TargetMethodDeclaration {
  let objective: any Objective.Type
  /// In a sentence: `for the adversary`.
  let noun: String
  /// Behind its word in help.
  let explanation: String
  /// Where it is published.
  let source: String
  /// The parameters of `train` that it reads, by name; several methods may share one.
  let settings: [String]
  /// What settings that are left out come to in a training of so many steps, where that decides.
  let derived: (_ steps: Int) -> [String: String]
  /// What the settings come to.
  let make: (TargetSettings) -> any Objective

  init(
    _ objective: any Objective.Type, noun: String, explanation: String, source: String, settings: [String],
    derived: @escaping (_ steps: Int) -> [String: String] = { _ in [:] }, make: @escaping (TargetSettings) -> any Objective
  ) {
    (self.objective, self.noun, self.explanation) = (objective, noun, explanation)
    (self.source, self.settings, self.derived, self.make) = (source, settings, derived, make)
  }
}

extension TargetMethod: ExplainedChoice {
  var explanation: String { declaration.explanation }
  var noun: String { declaration.noun }
  var nounWithArticle: String { ("aeiou".contains(noun.first!) ? "an " : "a ") + noun }

  /// As it is chosen: nothing where it is the usual one.
  var written: String { self == .usual ? "" : " method=\(rawValue)" }

  /// Those that read a setting.
  static func reading(_ setting: String) -> [TargetMethod] { allCases.filter { $0.declaration.settings.contains(setting) } }

  /// Every setting that a method reads.
  static let settings: [String] = allCases.reduce(into: []) { all, method in all += method.declaration.settings.filter { !all.contains($0) } }

  /// The method whose objective reports a loss.
  static func reporting(_ term: LossTerm) -> TargetMethod? { allCases.first { $0.declaration.objective.terms.contains(term) } }
}
