public import Tensors

/// Runs trained networks on images: one network, or several whose softmax is averaged at image size (as FDA does).
///
/// Plans are made for each image size once and kept. One thread at a time.
public final class Predictor {
  private final class Member {
    let network: Network
    let parameters: Parameters
    let plans: PlanCache

    init(_ model: SegmentationModel, _ algorithms: ConvolutionAlgorithms) {
      network = model.network
      parameters = Parameters(model.weights, withGradients: false)
      plans = PlanCache(
        network.graph, input: network.images, outputs: [network.logits], training: false, capacity: 1, algorithms: algorithms)
    }

    /// Logits at stride 8 for `pixels`, `[1, height, width, 3]` normalised.
    func logits(_ pixels: [Float], height: Int, width: Int) -> FeatureMap {
      let plan = plans.plan(for: MapShape(1, height, width, 3))
      plan.value(network.images).set(pixels)
      plan.forward(parameters)
      return plan.value(network.logits)
    }
  }

  private let members: [Member]
  private let algorithms: ConvolutionAlgorithms
  private var probabilities: Buffer?

  public init(_ models: [SegmentationModel], algorithms: ConvolutionAlgorithms = .inference) {
    precondition(!models.isEmpty, "an ensemble has members")
    members = models.map { Member($0, algorithms) }
    self.algorithms = algorithms
  }

  public var classes: Int { members[0].network.classes }

  /// The most probable class of each pixel at `outputHeight` x `outputWidth`, for one normalised image `[height, width, 3]`.
  public func classes(_ pixels: [Float], height: Int, width: Int, outputHeight: Int, outputWidth: Int) -> [UInt8] {
    if members.count == 1 {
      return UpsampledSoftmax.classes(members[0].logits(pixels, height: height, width: width), height: outputHeight, width: outputWidth)
    }
    return UpsampledSoftmax.mostProbable(
      softmax(pixels, height: height, width: width, outputHeight: outputHeight, outputWidth: outputWidth)
    ).classes
  }

  /// The mean over the members of the class probabilities, `[1, outputHeight, outputWidth, classes]`; valid until the next call.
  public func softmax(_ pixels: [Float], height: Int, width: Int, outputHeight: Int, outputWidth: Int) -> FeatureMap {
    let shape = MapShape(1, outputHeight, outputWidth, classes)
    if probabilities.map({ $0.floats.count < shape.count }) ?? true { probabilities = Buffer(count: shape.count) }
    let map = probabilities!.map(shape)
    for (index, member) in members.enumerated() {
      UpsampledSoftmax.evaluate(
        member.logits(pixels, height: height, width: width), into: map, weight: 1 / Float(members.count), accumulate: index > 0)
    }
    return map
  }

  /// The value of any layer of the first member, by name (see `Graph.Node.name`), `[1, h, w, c]`; nil if there is no such layer.
  public func features(of layer: String, _ pixels: [Float], height: Int, width: Int) -> Tensor? {
    let member = members[0]
    guard let node = member.network.graph.node(named: layer) else { return nil }
    let plan = Plan(
      member.network.graph, sizes: [member.network.images: MapShape(1, height, width, 3)], outputs: [node], training: false,
      algorithms: algorithms)
    plan.value(member.network.images).set(pixels)
    plan.forward(member.parameters)
    return plan.value(node).tensor
  }
}
