import Imaging
public import Scenes
public import Segmentation
public import Tensors

/// One training step after another, over batches that somebody else reads.
///
/// A step descends the sum of what its objectives add, such as the paper's equation (7): `L_seg(I_s, Y_s) + L_seg(I_t, Ŷ_t) + λ L_adv(I_t)`.
/// Each stream of images goes through the network once, forward and backward; then the network's optimiser takes its step, then the
/// objectives' own do.
public final class Trainer {
  public let network: Network
  public let settings: TrainingSettings
  public let schedule: PolySchedule
  public private(set) var step: Int
  let parameters: Parameters
  private let optimiser: StochasticGradientDescent
  private let objectives: [(streams: [TrainingStream], run: any ObjectiveRun)]
  private let plans: PlanCache
  private let collective: any Collective

  /// The streams in the order in which their gradients are added.
  private static let order: [TrainingStream] = [.source, .pseudo, .target, .mixed, .masked]

  /// - Parameters:
  ///   - state: with the tensors of each objective's state.
  ///   - steps: the length of the whole schedule.
  ///   - seed: of what objectives draw.
  ///   - collective: those whose batches make one batch together.
  ///   - other: another member of this process, whose weights and momentum this one has in common with it.
  /// - Throws: `CheckpointError` where the state is another training's.
  public init(
    network: Network, objectives: [any Objective], state: TrainingState, settings: TrainingSettings, steps: Int, seed: UInt64 = 0,
    collective: any Collective = Alone(), sharing other: Trainer? = nil
  ) throws {
    self.network = network
    self.settings = settings
    self.collective = collective
    schedule = PolySchedule(initial: Double(settings.rate), steps: steps, power: settings.power, stride: settings.rateStride)
    step = state.step
    parameters = other.map { Parameters(sharing: $0.parameters) } ?? Parameters(state.weights)
    plans = PlanCache(
      network.graph, input: network.images, outputs: network.outputs, training: true, algorithms: settings.algorithms, collective: collective)
    optimiser = other?.optimiser ?? StochasticGradientDescent(
      count: state.velocity.count, momentum: settings.momentum, decay: settings.decay, velocity: state.velocity)
    let setup = TrainingSetup(network: network, settings: settings, step: state.step, steps: steps, seed: seed, collective: collective), kept = Safetensors(state.objectives)
    self.objectives = try objectives.map { ($0.streams, try $0.begin(setup, from: kept)) }
  }

  /// What the next run needs to go on from here.
  public var state: TrainingState {
    TrainingState(step: step, weights: parameters.weights, velocity: optimiser.velocity.array, objectives: objectives.flatMap(\.run.state))
  }

  public var weights: Weights { parameters.weights }

  /// Bytes of the plans' arenas.
  public var arenaBytes: Int { objectives.reduce(plans.bytes) { $0 + $1.run.arenaBytes } }

  /// - Parameter batches: of every stream that an objective reads, but for those whose images objectives make.
  /// - Throws: `TrainingError.diverged` where a loss or a gradient is not finite; weights and running statistics are then those before
  ///   the step.
  public func step(_ batches: [TrainingStream: Batch]) throws -> StepLosses {
    parameters.clearGradients()
    let statistics = parameters.statistics.array
    var losses = StepLosses()
    let passes = Trainer.order.map { stream in (stream: stream, readers: objectives.filter { $0.streams.contains(stream) }) }.filter { !$0.readers.isEmpty }
    for (index, (stream, readers)) in passes.enumerated() {
      let first = readers[0]
      let batch = batches[stream] ?? first.run.makeBatch(of: stream, from: batches, at: step)
      let pass = NetworkPass(stream, batch, network, forward(batch), collective)
      for reader in readers { for (term, loss) in reader.run.evaluate(pass) { losses[term] = loss } }
      pass.backward(parameters, isLast: index == passes.count - 1)
    }
    // Much of it is under way since the last pass went back.
    if !collective.isAlone { collective.sum(parameters.gradients.floats) }
    guard collective.agrees(losses.areFinite && parameters.gradientsAreFinite && objectives.allSatisfy { $0.run.gradientsAreFinite }) else {
      _ = parameters.statistics.floats.update(fromContentsOf: statistics)
      throw TrainingError.diverged(step: step, losses: losses)
    }
    collective.once { optimiser.step(parameters, rate: Float(schedule[step])) }
    for objective in objectives { objective.run.update(at: step, from: parameters) }
    step += 1
    return losses
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
      "the loss is not a finite number at step \(step + 1) (\(losses.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))); a smaller learning rate would help"
    case .nothingLabelled(let epoch): "no pixel that was read in epoch \(epoch) has a label, so that there is nothing to learn"
    }
  }
}
