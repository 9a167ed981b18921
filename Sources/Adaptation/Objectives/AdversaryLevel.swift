import Imaging
import Scenes
import Segmentation
import Tensors

/// The discriminator of one output in training, and what the network learns from it.
///
/// Labels: source 0, target 1. Losses are means over the discriminator's map; its own is source plus target, not halved.
final class AdversaryLevel {
  private let level: AdversarialObjective.Level
  private let network: Discriminator
  private let parameters: Parameters
  private let optimiser: Adam
  private let form: AdversaryForm
  private let collective: any Collective
  /// Those of all levels, one of which works at a time.
  private let plans: PlanCache
  /// The target's probabilities of this step, where the discriminator reads something else that is made of them.
  private var probabilities: Buffer?
  /// The source's logits of this step, kept small until the discriminator reads them at image size.
  private var source: (logits: Buffer, shape: MapShape, height: Int, width: Int)?

  init(
    _ level: AdversarialObjective.Level, _ form: AdversaryForm, _ network: Discriminator, _ plans: PlanCache, from state: Safetensors, _ training: TrainingSetup
  ) throws {
    (self.level, self.form, self.network, self.plans, collective) = (level, form, network, plans, training.collective)
    parameters = Parameters(try state.weights(under: level.weightsPrefix, network.layout))
    optimiser = Adam(
      first: try state.trained(under: level.firstPrefix, network.layout), second: try state.trained(under: level.secondPrefix, network.layout),
      steps: training.step, betas: AdversarialObjective.betas)
  }

  var state: [Safetensors.Entry] { level.state(parameters.weights, first: optimiser.first.array, second: optimiser.second.array) }
  var gradientsAreFinite: Bool { parameters.gradientsAreFinite }

  func update(rate: Float) {
    if !collective.isAlone { collective.sum(parameters.gradients.floats) }
    optimiser.step(parameters, rate: rate)
  }

  /// This process's shares of both losses; nil for the source, which is only remembered.
  func evaluate(_ pass: NetworkPass) -> (adversarial: Double, discriminator: Double)? {
    let logits = pass.logits(of: level.head), (height, width) = (pass.batch.size.height, pass.batch.size.width)
    guard pass.stream == .target else {
      source = (Buffer(logits.tensor.values), logits.shape, height, width)
      return nil
    }
    return pass.addGradient(of: level.head) { gradient, accumulate in
      evaluate(logits, height: height, width: width, gradient: gradient, accumulate: accumulate)
    }
  }

  /// Evaluates the target's output, and adds the discriminator's own gradients for both domains.
  ///
  /// The discriminator does not change between its two uses of the target's output, so its forward pass is run once, for both domains
  /// together where their sizes agree: backward to the segmentation network with the label *source* for the target's images, then
  /// backward to its own weights with each domain's own label.
  /// - Parameter gradient: receives the gradient of λ times the adversarial loss by the target's logits.
  private func evaluate(
    _ target: FeatureMap, height: Int, width: Int, gradient: FeatureMap, accumulate: Bool
  ) -> (adversarial: Double, discriminator: Double) {
    guard let source else { preconditionFailure("the source comes before the target") }
    parameters.clearGradients()
    let targets = Domain(logits: target, height: height, width: width, label: 1)
    let sources = Domain(logits: source.logits.map(source.shape), height: source.height, width: source.width, label: 0)
    let areTogether = (height, width) == (source.height, source.width)
    let plan = look(at: areTogether ? [targets, sources] : [targets]), images = 0..<target.shape.images

    let judged = plan.value(network.logits).images(images), share = collective.share(of: judged.shape.count)
    let adversarial = share * loss(
      judged, target: sources.label, weight: level.weight * Float(share), gradient: plan.gradient(network.logits).images(images))
    plan.backward(parameters, from: [network.logits], images: images, wantsParameterGradients: false)
    let inputGradient = plan.gradient(network.probabilities).images(images)
    var seen = plan.value(network.probabilities).images(images)
    if let probabilities {
      seen = probabilities.map(seen.shape)
      SelfInformation.propagate(seen, gradient: inputGradient)
    }
    UpsampledSoftmax.propagate(seen, gradient: inputGradient, into: gradient, accumulate: accumulate)

    if areTogether { return (adversarial, learn(plan, [targets, sources])) }
    let own = learn(plan, [targets])
    return (adversarial, own + learn(look(at: [sources]), [sources]))
  }

  /// The mean loss of what the discriminator says.
  private func loss(_ map: FeatureMap, target: Float, weight: Float, gradient: FeatureMap) -> Double {
    switch form.loss {
    case .vanilla: BinaryCrossEntropy.evaluate(map, target: target, weight: weight, gradient: gradient)
    case .squares: LeastSquares.evaluate(map, target: target, weight: weight, gradient: gradient)
    }
  }

  /// Outputs of the segmentation network, at the size of the images they are of, and what the discriminator should call them.
  private struct Domain {
    let logits: FeatureMap
    let height: Int
    let width: Int
    let label: Float
  }

  /// Each domain with its images in the batch of all.
  private func parts(_ domains: [Domain]) -> [(domain: Domain, images: Range<Int>)] {
    var first = 0
    return domains.map { domain in
      defer { first += domain.logits.shape.images }
      return (domain, first..<first + domain.logits.shape.images)
    }
  }

  /// Runs the discriminator on the probabilities at image size; all domains have the same.
  private func look(at domains: [Domain]) -> Plan {
    let logits = domains[0].logits.shape, images = domains.reduce(0) { $0 + $1.logits.shape.images }
    let plan = plans.plan(for: MapShape(images, domains[0].height, domains[0].width, logits.channels))
    for (domain, images) in parts(domains) {
      let map = plan.value(network.probabilities).images(images)
      UpsampledSoftmax.evaluate(domain.logits, into: map)
      guard form.input == .information else { continue }
      if domain.label == 1 { keep(map) }
      SelfInformation.evaluate(map)
    }
    plan.forward(parameters)
    return plan
  }

  /// What becomes of the target's gradient needs its probabilities.
  private func keep(_ map: FeatureMap) {
    if probabilities?.floats.count != map.shape.count { probabilities = Buffer(count: map.shape.count) }
    probabilities!.start.update(from: map.data, count: map.shape.count)
  }

  /// Adds the gradient of the discriminator's own loss, the sum over the domains of each one's mean.
  private func learn(_ plan: Plan, _ domains: [Domain]) -> Double {
    let loss = parts(domains).reduce(0.0) { sum, part in
      let judged = plan.value(network.logits).images(part.images), share = collective.share(of: judged.shape.count)
      return sum + share * self.loss(
        judged, target: part.domain.label, weight: Float(share), gradient: plan.gradient(network.logits).images(part.images))
    }
    plan.backward(parameters, from: [network.logits], wantsInputGradients: false)
    return loss
  }
}
