import Imaging
public import Segmentation
public import Tensors

extension LossTerm {
  public static let adversarial = LossTerm(
    id: "adversarial", label: "adversarial", title: "adversarial loss",
    help: "the adversarial loss: how far the discriminator is from taking the target for a source", stream: .target)
  public static let discriminator = LossTerm(
    id: "discriminator", label: "discriminator", title: "discriminator's loss",
    help: "the discriminator's own loss, where it cannot tell 2 log 2 = 1.386, with least squares 0.5", stream: .target)
}

/// Adversarial adaptation in the output space, λ L_adv(I_t): a discriminator learns to tell target from source by the network's output, and
/// the network learns to make the target's output look like the source's. The paper's equations (2) and (3); Tsai et al., *Learning to
/// Adapt Structured Output Space for Semantic Segmentation*, CVPR 2018.
public struct AdversarialObjective: Objective {
  public static let name = "adversary"
  public static let terms = [LossTerm.adversarial, .discriminator]
  public static let stateGroups = [
    StateGroup(weightsPrefix, "weights of the discriminator"), StateGroup("first", "its first moments (Adam)"),
    StateGroup("second", "its second moments (Adam)"),
  ]
  /// Before the names of a discriminator's weights in a state.
  public static let weightsPrefix = "discriminator"
  /// Adam's for the discriminator.
  public static let betas: (Double, Double) = (0.9, 0.99)

  /// λ, of the loss on the main output.
  public var weight: Float
  /// Adam's rate at the first step, for the discriminator.
  public var rate: Float
  public var form: AdversaryForm

  public init(weight: Float = 0.001, rate: Float = 1e-4, form: AdversaryForm = AdversaryForm()) {
    (self.weight, self.rate, self.form) = (weight, rate, form)
  }

  public var streams: [TrainingStream] { [.source, .target] }

  /// The discriminator of a network's output.
  public static func discriminator(for network: Network) -> Discriminator { Discriminator(width: network.width, classes: network.classes) }

  public func state(for network: Network) -> [StateTensor] {
    let layout = Self.discriminator(for: network).layout
    return layout.stateTensors(under: Self.weightsPrefix) + ["first", "second"].flatMap { layout.stateTensors(under: $0, onlyTrained: true) }
  }

  /// An adversary goes on with the discriminator that the network was trained against, with new moments; else with a new one.
  public func start(from model: SegmentationModel, seed: UInt64, after earlier: Safetensors?) throws -> [Safetensors.Entry] {
    let network = model.network, discriminator = Self.discriminator(for: network)
    let weights = try earlier.flatMap { try Self.weights(in: $0, for: network) } ?? discriminator.initialWeights(seed: seed)
    let zeros = [Float](repeating: 0, count: weights.trained.count)
    return Adversary.state(weights, first: zeros, second: zeros)
  }

  /// A discriminator's weights in a state; nil where there is none.
  ///
  /// - Throws: `CheckpointError` where it is another network's.
  public static func weights(in state: Safetensors, for network: Network) throws -> Weights? {
    guard state.names.contains(where: { $0.hasPrefix(weightsPrefix + ".") }) else { return nil }
    return try state.weights(under: weightsPrefix, discriminator(for: network).layout)
  }

  public func cost(of step: StepShape) -> ObjectiveCost {
    guard let source = step.windows[.source], let target = step.windows[.target] else { return ObjectiveCost() }
    let discriminator = Self.discriminator(for: step.network)
    func shape(_ images: Int) -> [NodeID: MapShape] { [discriminator.probabilities: MapShape(images, target.height, target.width, discriminator.classes)] }
    // The target through it and back to the network; then source and target through it and back to its weights.
    let products = 8 * Double(Outline(discriminator.graph, sizes: shape(step.images)).multiplyAccumulates())
    let together = source == target ? 2 : 1
    let maps = Plan.bytes(discriminator.graph, sizes: shape(together * step.images), outputs: [discriminator.logits], training: true, repeatable: true)
    let kept = form.input == .probabilities ? [:] : ["the target's probabilities": 4 * step.images * target.area * discriminator.classes]
    return ObjectiveCost(
      multiplyAccumulates: products, maps: kept.merging(["the discriminator's maps": maps]) { $1 }, parameters: discriminator.layout.trainedCount + discriminator.layout.statisticsCount)
  }

  public func begin(_ training: TrainingSetup, from state: Safetensors) throws -> any ObjectiveRun {
    try Adversary(self, Self.discriminator(for: training.network), from: state, training)
  }
}
