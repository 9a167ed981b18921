import Imaging
public import Scenes
public import Segmentation
public import Tensors

/// One training step after another, over batches that somebody else reads.
///
/// A step descends equation (7): `L_seg(I_s, Y_s) + L_seg(I_t, Ŷ_t) + λ L_adv(I_t)`, of which the second part needs pseudo-labels
/// and the third a discriminator. The order is that of AdaptSegNet (Tsai et al., CVPR 2018): gradients of the segmentation
/// network from source, pseudo-labels and adversary with the discriminator held; then the discriminator's from both outputs; then
/// both optimisers.
public final class Trainer {
  public let network: BiSeNet
  public let settings: TrainingSettings
  public let schedule: PolySchedule
  public private(set) var step: Int
  let parameters: Parameters
  private let optimiser: StochasticGradientDescent
  private let adversary: Adversary?
  private let plans: PlanCache

  /// - Parameters:
  ///   - discriminator: its architecture, where `state` holds its weights.
  ///   - steps: the length of the whole schedule.
  public init(network: BiSeNet, discriminator: Discriminator? = nil, state: TrainingState, settings: TrainingSettings, steps: Int) {
    precondition((discriminator == nil) == (state.discriminator == nil), "a discriminator and its weights come together")
    self.network = network
    self.settings = settings
    schedule = PolySchedule(initial: Double(settings.rate), steps: steps, power: settings.power)
    step = state.step
    parameters = Parameters(state.weights)
    plans = PlanCache(network.graph, input: network.images, outputs: network.heads, training: true, algorithms: settings.algorithms)
    optimiser = StochasticGradientDescent(
      count: state.velocity.count, momentum: settings.momentum, decay: settings.decay, velocity: state.velocity)
    adversary = discriminator.map { Adversary($0, state: state.discriminator!, steps: state.step, settings: settings, length: steps) }
  }

  /// What the next run needs to go on from here.
  public var state: TrainingState {
    TrainingState(step: step, weights: parameters.weights, velocity: optimiser.velocity.array, discriminator: adversary?.state)
  }

  public var weights: Weights { parameters.weights }

  /// Bytes of the plans' arenas.
  public var arenaBytes: Int { plans.bytes + (adversary?.arenaBytes ?? 0) }

  /// - Parameters:
  ///   - target: images of the target, for the adversary; their labels are not looked at.
  ///   - pseudo: target images with pseudo-labels.
  /// - Throws: `TrainingError.diverged` where a loss or a gradient is not finite; weights and running statistics are then those before
  ///   the step.
  public func step(source: Batch, target: Batch? = nil, pseudo: Batch? = nil) throws -> StepLosses {
    parameters.clearGradients()
    let statistics = parameters.statistics.array
    var losses = StepLosses(segmentation: learn(source) { adversary?.remember(source: $0, height: source.size.height, width: source.size.width) })
    losses.pseudo = pseudo.flatMap { learn($0) }
    if let target, let adversary {
      let plan = forward(target)
      (losses.adversarial, losses.discriminator) = adversary.judge(
        plan.value(network.logits), height: target.size.height, width: target.size.width, lambda: settings.adversarial,
        gradient: plan.gradient(network.logits))
      plan.backward(parameters, from: [network.logits])
    }
    guard losses.areFinite, parameters.gradientsAreFinite, adversary?.gradientsAreFinite ?? true else {
      _ = parameters.statistics.floats.update(fromContentsOf: statistics)
      throw TrainingError.diverged(step: step, losses: losses)
    }
    optimiser.step(parameters, rate: Float(schedule[step]))
    adversary?.learn(at: step)
    step += 1
    return losses
  }

  /// Adds the gradient of the three heads' cross-entropies, and gives their sum; nil where no pixel has a label.
  ///
  /// - Parameter look: sees the main head's logits while they are there.
  private func learn(_ batch: Batch, look: (FeatureMap) -> Void = { _ in }) -> Double? {
    let plan = forward(batch)
    look(plan.value(network.logits))
    let losses = network.heads.map { head in
      UpsampledCrossEntropy.evaluate(
        plan.value(head), labels: batch.labels, height: batch.size.height, width: batch.size.width, gradient: plan.gradient(head))
    }
    plan.backward(parameters, from: network.heads)
    return losses.contains { $0.validPixels > 0 } ? losses.reduce(0) { $0 + $1.mean } : nil
  }

  private func forward(_ batch: Batch) -> Plan {
    let plan = plans.plan(for: MapShape(batch.count, batch.size.height, batch.size.width, 3))
    plan.value(network.images).set(batch.images)
    plan.forward(parameters)
    return plan
  }
}

/// Why training stopped by itself.
public enum TrainingError: Error, CustomStringConvertible {
  case diverged(step: Int, losses: StepLosses)
  /// No pixel that was read in a whole epoch has a label.
  case nothingLabelled(epoch: Int)

  public var description: String {
    switch self {
    case .diverged(let step, let losses):
      "the loss is not a finite number at step \(step + 1) (segmentation \(losses.segmentation ?? 0)); a smaller learning rate would help"
    case .nothingLabelled(let epoch): "no pixel that was read in epoch \(epoch) has a label, so that there is nothing to learn"
    }
  }
}
