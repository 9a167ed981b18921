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
/// Adapt Structured Output Space for Semantic Segmentation*, CVPR 2018. At one level, the main output, or with the auxiliary outputs at all, each
/// with a discriminator of its own; the losses that are reported are the means over the levels.
public struct AdversarialObjective: Objective {
  public static let name = "adversary"
  public static let terms = [LossTerm.adversarial, .discriminator]
  public static let stateGroups = ["", "2", "3"].flatMap { suffix in
    let of = suffix.isEmpty ? "" : " of output \(suffix)"
    return [
      StateGroup(weightsPrefix + suffix, "weights of the discriminator\(of)"), StateGroup("first" + suffix, "its first moments (Adam)"),
      StateGroup("second" + suffix, "its second moments (Adam)"),
    ]
  }
  /// Before the names of a discriminator's weights in a state.
  public static let weightsPrefix = "discriminator"
  /// Adam's for the discriminator.
  public static let betas: (Double, Double) = (0.9, 0.99)

  /// λ, of the loss on the main output.
  public var weight: Float
  /// λ of the loss on each auxiliary output, whose discriminators are their own; with 0 there are none.
  public var auxiliary: Float
  /// Adam's rate at the first step, for the discriminator.
  public var rate: Float
  public var form: AdversaryForm

  public init(weight: Float = 0.001, auxiliary: Float = 0, rate: Float = 1e-4, form: AdversaryForm = AdversaryForm()) {
    (self.weight, self.auxiliary, self.rate, self.form) = (weight, auxiliary, rate, form)
  }

  /// An output that is adapted.
  struct Level {
    /// Counted from the main one, 0.
    let head: Int
    let weight: Float

    var weightsPrefix: String { AdversarialObjective.weightsPrefix + suffix }
    var firstPrefix: String { "first" + suffix }
    var secondPrefix: String { "second" + suffix }
    private var suffix: String { head == 0 ? "" : "\(head + 1)" }

    func state(_ weights: Weights, first: [Float], second: [Float]) -> [Safetensors.Entry] {
      weights.entries(under: weightsPrefix) + weights.layout.entries(under: firstPrefix, trained: first) + weights.layout.entries(under: secondPrefix, trained: second)
    }
  }

  func levels(of network: Network) -> [Level] {
    network.heads.indices.prefix(auxiliary == 0 ? 1 : network.heads.count).map { Level(head: $0, weight: $0 == 0 ? weight : auxiliary) }
  }

  public var streams: [TrainingStream] { [.source, .target] }

  /// The discriminator of a network's output.
  public static func discriminator(for network: Network, _ form: AdversaryForm = AdversaryForm()) -> Discriminator {
    Discriminator(form.discriminator ?? .full, width: network.width, classes: network.classes)
  }

  public func state(for network: Network) -> [StateTensor] {
    let layout = Self.discriminator(for: network, form).layout
    return levels(of: network).flatMap { level in
      layout.stateTensors(under: level.weightsPrefix) + [level.firstPrefix, level.secondPrefix].flatMap { layout.stateTensors(under: $0, onlyTrained: true) }
    }
  }

  /// An adversary goes on with the discriminators that the network was trained against, with new moments; else with new ones.
  public func start(from model: SegmentationModel, seed: UInt64, after earlier: Safetensors?) throws -> [Safetensors.Entry] {
    let network = model.network, discriminator = Self.discriminator(for: network, form)
    return try levels(of: network).flatMap { level in
      let known = try earlier.flatMap { try Self.weights(in: $0, under: level.weightsPrefix, discriminator) }
      let weights = known ?? discriminator.initialWeights(seed: seed &+ UInt64(level.head)), zeros = [Float](repeating: 0, count: weights.trained.count)
      return level.state(weights, first: zeros, second: zeros)
    }
  }

  /// The weights of the main output's discriminator in a state; nil where there is none.
  ///
  /// - Throws: `CheckpointError` where it is another network's.
  public static func weights(in state: Safetensors, for network: Network, _ form: AdversaryForm = AdversaryForm()) throws -> Weights? {
    try weights(in: state, under: weightsPrefix, discriminator(for: network, form))
  }

  private static func weights(in state: Safetensors, under prefix: String, _ discriminator: Discriminator) throws -> Weights? {
    guard state.names.contains(where: { $0.hasPrefix(prefix + ".") }) else { return nil }
    return try state.weights(under: prefix, discriminator.layout)
  }

  public func cost(of step: StepShape) -> ObjectiveCost {
    let discriminator = Self.discriminator(for: step.network, form), levels = levels(of: step.network).count
    guard let source = step.batch(of: .source, channels: discriminator.classes), let target = step.batch(of: .target, channels: discriminator.classes) else { return ObjectiveCost() }
    func products(_ batch: MapShape) -> Double { Double(Outline(discriminator.graph, sizes: [discriminator.probabilities: batch]).multiplyAccumulates()) }
    func bytes(_ batch: MapShape) -> Int {
      Plan.bytes(discriminator.graph, sizes: [discriminator.probabilities: batch], outputs: [discriminator.logits], training: true, repeatable: true)
    }
    let isTogether = (source.height, source.width) == (target.height, target.width)
    let maps = isTogether ? bytes(MapShape(source.images + target.images, target.height, target.width, target.channels)) : bytes(source) + bytes(target)
    let kept = form.input == .probabilities ? [:] : ["the target's probabilities": 4 * levels * target.count]
    return ObjectiveCost(
      // The target through it and back to the network; then source and target through it and back to its weights.
      multiplyAccumulates: Double(levels) * (3 * products(source) + 5 * products(target)), maps: kept.merging(["the discriminator's maps": maps]) { $1 },
      parameters: levels * (discriminator.layout.trainedCount + discriminator.layout.statisticsCount))
  }

  public func begin(_ training: TrainingSetup, from state: Safetensors) throws -> any ObjectiveRun {
    try Adversary(self, from: state, training)
  }
}
