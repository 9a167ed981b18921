import Segmentation
import Tensors

/// The discriminator in training: it learns to tell target from source by the segmentation's output, and its gradient teaches the
/// segmentation network to make the target's output look like the source's.
///
/// Labels: source 0, target 1. Losses are means over the discriminator's map; its own is source plus target, not halved.
final class Adversary {
  private let network: Discriminator
  private let parameters: Parameters
  private let optimiser: Adam
  private let schedule: PolySchedule
  private let plans: PlanCache
  /// The source's logits of this step, kept small until the discriminator reads them at image size.
  private var source: (logits: Buffer, shape: MapShape, height: Int, width: Int)?

  init(_ network: Discriminator, state: TrainingState.DiscriminatorState, steps: Int, settings: TrainingSettings, length: Int) {
    self.network = network
    parameters = Parameters(state.weights)
    plans = PlanCache(network.graph, input: network.probabilities, outputs: [network.logits], training: true, repeatable: true)
    optimiser = Adam(first: state.first, second: state.second, steps: steps, betas: TrainingSettings.discriminatorBetas)
    schedule = PolySchedule(initial: Double(settings.discriminatorRate), steps: length, power: settings.power)
  }

  var state: TrainingState.DiscriminatorState {
    .init(weights: parameters.weights, first: optimiser.first.array, second: optimiser.second.array)
  }

  var arenaBytes: Int { plans.bytes }

  func remember(source logits: FeatureMap, height: Int, width: Int) {
    source = (Buffer(logits.tensor.values), logits.shape, height, width)
  }

  /// Judges the target's output and adds the discriminator's own gradients for both domains.
  ///
  /// The discriminator does not change between its two uses of the target's output, so its forward pass is run once: backward to
  /// the segmentation network with the label *source*, then backward to its own weights with the label *target*.
  /// - Parameter gradient: receives the gradient of `lambda` times the adversarial loss by the target's logits.
  func judge(_ target: FeatureMap, height: Int, width: Int, lambda: Float, gradient: FeatureMap) -> (adversarial: Double, discriminator: Double) {
    guard let source else { preconditionFailure("the source comes before the target") }
    parameters.clearGradients()
    let plan = look(at: target, height: height, width: width)
    let adversarial = BinaryCrossEntropy.evaluate(
      plan.value(network.logits), target: 0, weight: lambda, gradient: plan.gradient(network.logits))
    plan.backward(parameters, from: [network.logits], wantsParameterGradients: false)
    UpsampledSoftmax.propagate(plan.value(network.probabilities), gradient: plan.gradient(network.probabilities), into: gradient)

    let ownOnTarget = learn(plan, label: 1)
    let ownOnSource = learn(look(at: source.logits.map(source.shape), height: source.height, width: source.width), label: 0)
    return (adversarial, ownOnSource + ownOnTarget)
  }

  var gradientsAreFinite: Bool { parameters.gradientsAreFinite }

  func learn(at step: Int) { optimiser.step(parameters, rate: Float(schedule[step])) }

  /// Runs the discriminator on the probabilities at image size.
  private func look(at logits: FeatureMap, height: Int, width: Int) -> Plan {
    let plan = plans.plan(for: MapShape(logits.shape.images, height, width, logits.shape.channels))
    UpsampledSoftmax.evaluate(logits, into: plan.value(network.probabilities))
    plan.forward(parameters)
    return plan
  }

  /// Adds the gradient of the discriminator's own loss for the domain `label`.
  private func learn(_ plan: Plan, label: Float) -> Double {
    let loss = BinaryCrossEntropy.evaluate(plan.value(network.logits), target: label, gradient: plan.gradient(network.logits))
    plan.backward(parameters, from: [network.logits], wantsInputGradients: false)
    return loss
  }
}
