import Imaging
import Scenes
import Segmentation
import Tensors

/// The mean teacher at work: labels target images, mixes them with source images for the network to learn, and follows the network.
final class Teacher: ObjectiveRun {
  private let objective: TeacherObjective
  private let network: Network
  private let parameters: Parameters
  private let alpha: Double
  private let seed: UInt64
  private let collective: any Collective
  private let plans: PlanCache
  private var probabilities: Buffer?
  /// Of this step.
  private var mix: ClassMix?
  private var labels: [UInt8] = []
  private var draws: [MixDraw] = []
  private var confidence = 0.0

  init(_ objective: TeacherObjective, from state: Safetensors, _ training: TrainingSetup) throws {
    (self.objective, network, seed, collective) = (objective, training.network, training.seed, training.collective)
    alpha = objective.alpha ?? TeacherObjective.alpha(steps: training.steps)
    parameters = Parameters(try state.weights(under: TeacherObjective.weightsPrefix, network.layout), withGradients: false, areFixed: false)
    plans = PlanCache(
      network.graph, input: network.images, outputs: [network.logits], training: false, capacity: 1,
      algorithms: ConvolutionAlgorithms.inference.with(training.settings.algorithms.precision))
  }

  var state: [Safetensors.Entry] { parameters.weights.entries(under: TeacherObjective.weightsPrefix) }
  var arenaBytes: Int { plans.bytes }

  func makeBatch(of stream: TrainingStream, from batches: [TrainingStream: Batch], at step: Int) -> Batch {
    guard let source = batches[.source], let target = batches[.target] else { preconditionFailure("images are mixed from source and target") }
    func occasion(_ image: Int, _ present: [UInt8]) -> MixDraw.Occasion { .init(seed: seed, step: step, image: collective.rank * target.count + image, labels: present) }
    // The mixture of the step comes first.
    if stream == .masked, let masked = objective.masked { return masked.batch(target, labels: labels, draws: draws) { occasion($0, []) } }
    let (labels, confident) = label(target)
    let all = collective.sums([Double(confident), Double(labels.count)])
    confidence = all[0] / all[1]
    draws = []
    let mix = ClassMix(source, over: target, labels: labels) { image, present in
      draws.append(objective.draw(occasion(image, present)))
      return draws[image]
    }
    (self.mix, self.labels) = (mix, labels)
    return mix.batch
  }

  /// The teacher's class of every pixel, and of how many it is confident.
  private func label(_ target: Batch) -> (labels: [UInt8], confident: Int) {
    let (height, width) = (target.size.height, target.size.width)
    let plan = plans.plan(for: MapShape(target.count, height, width, 3))
    plan.value(network.images).set(target.images)
    plan.forward(parameters)
    let logits = plan.value(network.logits), shape = MapShape(1, height, width, network.classes)
    if probabilities.map({ $0.floats.count < shape.count }) ?? true { probabilities = Buffer(count: shape.count) }
    let map = probabilities!.map(shape)
    var labels: [UInt8] = [], confident = 0
    for image in 0..<target.count {
      UpsampledSoftmax.evaluate(logits.images(image..<image + 1), into: map)
      let found = UpsampledSoftmax.mostProbable(map)
      labels += found.classes
      if objective.threshold < 1 { confident += found.confidence.count { $0 >= objective.threshold } }
    }
    return (labels, confident)
  }

  func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
    let all = collective.sums([Double(pass.batch.labels.count)])[0]
    if pass.stream == .masked, let masked = objective.masked {
      return [(.masked, collective.sums([add(labels, times: confidence / all, weight: masked.weight, pass)])[0])]
    }
    guard let mix else { preconditionFailure("a mixed batch is made before it is evaluated") }
    let loss = add(mix.pasted, times: 1 / all, weight: objective.weight, pass) + add(mix.kept, times: confidence / all, weight: objective.weight, pass)
    self.mix = nil
    return [(.mixed, collective.sums([loss])[0]), (.confidence, confidence)]
  }

  /// The sum of all heads' cross-entropies over labelled pixels, times `factor`; their gradient where it counts.
  private func add(_ labels: [UInt8], times factor: Double, weight: Float, _ pass: NetworkPass) -> Double {
    let labelled = Double(labels.count { $0 < network.classes }), size = pass.batch.size
    guard labelled > 0, factor > 0 else { return 0 }
    return network.heads.enumerated().reduce(0) { sum, head in
      let logits = pass.logits(of: head.offset), own = factor * labelled * Double(head.element.lossWeight)
      func evaluate(_ gradient: FeatureMap?, _ accumulate: Bool) -> Double {
        UpsampledCrossEntropy.evaluate(
          logits, labels: labels, height: size.height, width: size.width, weight: weight * Float(own), gradient: gradient, accumulate: accumulate
        ).mean
      }
      // With the weight 0 nothing goes backward.
      return sum + own * (weight == 0 ? evaluate(nil, false) : pass.addGradient(of: head.offset) { evaluate($0, $1) })
    }
  }

  /// At first the teacher is the mean of all steps so far.
  func update(at step: Int, from network: Parameters) {
    let kept = min(1 - 1 / Double(step + 1), alpha)
    MovingAverage.update(parameters.trained, toward: network.trained, keeping: kept)
    MovingAverage.update(parameters.statistics, toward: network.statistics, keeping: kept)
  }
}
