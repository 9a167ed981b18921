public import Imaging
public import Scenes
public import Segmentation
public import Tensors

/// One thing that a network is trained for: a loss with its settings, before training begins. A training is a network, an optimiser and a
/// list of objectives; what each adds to the loss is summed.
///
/// To add one, write a file with a type of this protocol and the type that does its work, and put it into ``Objectives/all``.
public protocol Objective: Sendable {
  /// One word, which a record of the training keeps.
  static var name: String { get }
  /// Every loss that objectives of this type report.
  static var terms: [LossTerm] { get }
  /// What its state holds, where it has one.
  static var stateGroups: [StateGroup] { get }

  /// The images that it looks at the outputs of, each of which goes through the network once. Those that somebody has to read are the
  /// training's: an objective that makes images from others has only those that it makes.
  var streams: [TrainingStream] { get }
  /// What it keeps from step to step, and what a checkpoint therefore holds of it.
  func state(for network: Network) -> [StateTensor]
  /// Its state before the first step of training a model.
  ///
  /// - Parameter earlier: the state of the training that the network comes from, where there was one and it is kept.
  /// - Throws: where the earlier state is of another network.
  func start(from model: SegmentationModel, seed: UInt64, after earlier: Safetensors?) throws -> [Safetensors.Entry]
  /// What it adds to the cost of a step, beside a pass of the network for each stream.
  func cost(of step: StepShape) -> ObjectiveCost
  /// Begins, or goes on, with a state that has the tensors of ``state(for:)``.
  ///
  /// - Throws: `CheckpointError` where the state is of something else.
  func begin(_ training: TrainingSetup, from state: Safetensors) throws -> any ObjectiveRun
}

/// An objective at work: it has buffers, and perhaps a network and an optimiser of its own.
public protocol ObjectiveRun: AnyObject {
  /// Makes the images of a stream that it has and nobody reads, from those that were read for this step.
  func makeBatch(of stream: TrainingStream, from batches: [TrainingStream: Batch], at step: Int) -> Batch
  /// Looks at what the network made of a batch of one of its streams, and adds the gradient of its loss. Streams come in the order source,
  /// pseudo, target, mixed, masked.
  ///
  /// - Returns: its losses as far as they have a meaning.
  func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)]
  /// Whether every gradient is finite that it has computed for itself in this step.
  var gradientsAreFinite: Bool { get }
  /// Ends a step, after the network's own update: its own optimiser, its moving average. Not called where a step is taken back.
  ///
  /// - Parameter network: the network's own numbers.
  func update(at step: Int, from network: Parameters)
  var state: [Safetensors.Entry] { get }
  /// Bytes of its plans' arenas.
  var arenaBytes: Int { get }
}

/// What objectives know of the training that they are a part of.
public struct TrainingSetup {
  public let network: Network
  public let settings: TrainingSettings
  /// How many steps were taken before.
  public let step: Int
  /// The length of the whole schedule.
  public let steps: Int
  /// Of what is drawn.
  public let seed: UInt64
  /// Those whose batches make one batch together.
  public let collective: any Collective
}

/// A tensor of an objective's state.
public struct StateTensor: Sendable, Hashable {
  public let name: String
  public let shape: [Int]
  public var count: Int { shape.reduce(1, *) }
}

/// Tensors of a state whose names begin alike.
public struct StateGroup: Sendable, Hashable {
  /// Up to the first stop.
  public let prefix: String
  public let help: String

  public init(_ prefix: String, _ help: String) { (self.prefix, self.help) = (prefix, help) }
}

/// The sizes of what one step reads.
public struct StepShape: Sendable {
  public let network: Network
  /// Images and windows of each stream that is read.
  public let images: [TrainingStream: Int]
  public let windows: [TrainingStream: PixelSize]

  public init(network: Network, images: [TrainingStream: Int], windows: [TrainingStream: PixelSize]) {
    (self.network, self.images, self.windows) = (network, images, windows)
  }

  /// What goes through a network that takes maps of so many channels; nil where the stream is not read. Images that are made are as the target's.
  public func batch(of stream: TrainingStream, channels: Int = 3) -> MapShape? {
    let own: TrainingStream = stream.isMade ? .target : stream
    guard let count = images[own], let window = windows[own] else { return nil }
    return MapShape(count, window.height, window.width, channels)
  }
}

/// What an objective adds to a training step.
public struct ObjectiveCost: Sendable, Hashable {
  /// Multiplications with addition.
  public var multiplyAccumulates = 0.0
  /// Bytes of maps, and whose they are.
  public var maps: [String: Int] = [:]
  /// Parameters with gradients and optimiser of their own.
  public var parameters = 0

  public init(multiplyAccumulates: Double = 0, maps: [String: Int] = [:], parameters: Int = 0) {
    (self.multiplyAccumulates, self.maps, self.parameters) = (multiplyAccumulates, maps, parameters)
  }
}

// Most objectives have no state and cost next to nothing.
extension Objective {
  public static var stateGroups: [StateGroup] { [] }
  public func state(for network: Network) -> [StateTensor] { [] }
  public func start(from model: SegmentationModel, seed: UInt64, after earlier: Safetensors?) throws -> [Safetensors.Entry] { [] }
  public func cost(of step: StepShape) -> ObjectiveCost { ObjectiveCost() }
}

extension ObjectiveRun {
  public var gradientsAreFinite: Bool { true }
  public func makeBatch(of stream: TrainingStream, from batches: [TrainingStream: Batch], at step: Int) -> Batch {
    preconditionFailure("an objective reads images of the \(stream) and there are none")
  }
  public func update(at step: Int, from network: Parameters) {}
  public var state: [Safetensors.Entry] { [] }
  public var arenaBytes: Int { 0 }
}
