import Imaging
import Scenes
import Segmentation
import Tensors

/// The discriminators in training, one for each output that is adapted, and what the network learns from them.
final class Adversary: ObjectiveRun {
  private let levels: [AdversaryLevel]
  private let schedule: PolySchedule
  private let collective: any Collective
  private let plans: PlanCache

  init(_ objective: AdversarialObjective, from state: Safetensors, _ training: TrainingSetup) throws {
    let network = AdversarialObjective.discriminator(for: training.network, objective.form)
    let plans = PlanCache(
      network.graph, input: network.probabilities, outputs: [network.logits], training: true, repeatable: true, algorithms: training.settings.algorithms)
    (self.plans, collective) = (plans, training.collective)
    levels = try objective.levels(of: training.network).map { try AdversaryLevel($0, objective.form, network, plans, from: state, training) }
    schedule = PolySchedule(initial: Double(objective.rate), steps: training.steps, power: training.settings.power, stride: training.settings.rateStride)
  }

  var state: [Safetensors.Entry] { levels.flatMap(\.state) }
  var arenaBytes: Int { plans.bytes }
  var gradientsAreFinite: Bool { levels.allSatisfy(\.gradientsAreFinite) }

  func update(at step: Int, from network: Parameters) { for level in levels { level.update(rate: Float(schedule[step])) } }

  /// The means over the levels.
  func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
    let losses = levels.compactMap { $0.evaluate(pass) }
    guard !losses.isEmpty else { return [] }
    let count = Double(losses.count)
    let all = collective.sums([losses.reduce(0) { $0 + $1.adversarial } / count, losses.reduce(0) { $0 + $1.discriminator } / count])
    return [(.adversarial, all[0]), (.discriminator, all[1])]
  }
}
