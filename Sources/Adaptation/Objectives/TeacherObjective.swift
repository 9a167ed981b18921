import Imaging
import Scenes
public import Segmentation
public import Tensors

extension LossTerm {
  public static let mixed = LossTerm(
    id: "mixed", label: "mixed", title: "loss on mixed images",
    help: "the loss on mixed images: pixels of the source count fully, those that the teacher labelled by its confidence", stream: .mixed)
  public static let confidence = LossTerm(
    id: "confidence", label: "confidence", title: "teacher's confidence",
    help: "the share of the target's pixels of which the teacher is confident, and the weight of them all", stream: .mixed, isShare: true)
  public static let masked = LossTerm(
    id: "masked", label: "masked", title: "loss on masked images", help: "the loss on target images with blocks hidden, against the teacher's labels of the whole images",
    stream: .masked)
}

/// Self-training with a mean teacher and ClassMix: Tranheden et al., *DACS: Domain Adaptation via Cross-domain Mixed Sampling*, WACV 2021.
///
/// A teacher, the moving average of the network, labels target images as they are; the network learns these labels on images that
/// classes of source images are pasted into (``ClassMix``) and whose colours are changed. The loss of a pixel is the sum over the network's
/// heads of its cross-entropy; that of a batch is divided by the number of ALL its pixels. Pixels of the source count fully. Pixels of the
/// target count, all alike, by one number for the batch: the share of the target's pixels of which the teacher is confident.
///
/// Unlike the authors', and like SAC's (Araslanov and Roth, CVPR 2021), the teacher is in evaluation mode and averages running statistics, too,
/// which are those of source and mixed images: unmixed target images never go through the network in training.
public struct TeacherObjective: Objective {
  public static let name = "teacher"
  public static let terms = [LossTerm.mixed, .confidence, .masked]
  public static let stateGroups = [StateGroup(weightsPrefix, "weights and running statistics of the teacher")]
  /// Before the names of the teacher's weights in a state.
  public static let weightsPrefix = "teacher"

  /// Of the loss on mixed images. With 0 the network learns from the source alone, and its running statistics see mixed images: a control.
  public var weight: Float
  /// The teacher is confident of a pixel whose class it gives this probability or more; never where this is 1, so that only pasted pixels are
  /// learnt: the other control.
  public var threshold: Float
  /// What of the teacher stays in a step, once it has taken enough of them; nil for what suits the run's length: ``alpha(steps:)``.
  public var alpha: Double?
  /// Draws how images are mixed.
  public var draw: @Sendable (MixDraw.Occasion) -> MixDraw

  /// What is learnt on masked images; nil for nothing.
  public var masked: MaskedConsistency?

  public init(
    weight: Float = 1, threshold: Float = 0.968, alpha: Double? = nil, masked: MaskedConsistency? = nil,
    draw: @escaping @Sendable (MixDraw.Occasion) -> MixDraw = { .drawn(for: $0) }
  ) {
    (self.weight, self.threshold, self.alpha, self.masked, self.draw) = (weight, threshold, alpha, masked, draw)
  }

  /// An average over 3 % of a run's steps, 1,000 steps at most.
  public static func alpha(steps: Int) -> Double { min(max(1 - 1 / (0.03 * Double(max(steps, 1))), 0), 0.999) }

  public var streams: [TrainingStream] { masked == nil ? [.mixed] : [.mixed, .masked] }

  public func state(for network: Network) -> [StateTensor] { network.layout.stateTensors(under: Self.weightsPrefix) }

  /// The teacher begins as a copy of the network.
  public func start(from model: SegmentationModel, seed: UInt64, after earlier: Safetensors?) -> [Safetensors.Entry] {
    model.weights.entries(under: Self.weightsPrefix)
  }

  public func cost(of step: StepShape) -> ObjectiveCost {
    guard let batch = step.batch(of: .target) else { return ObjectiveCost() }
    let network = step.network, sizes = [network.images: batch]
    let products = Outline(network.graph, sizes: sizes).multiplyAccumulates(of: network.graph.nodes(reaching: [network.logits]))
    let weights = network.layout.trainedCount + network.layout.statisticsCount, pixels = batch.pixels, area = batch.height * batch.width
    return ObjectiveCost(
      multiplyAccumulates: Double(products),
      maps: [
        "the teacher's maps": Plan.bytes(network.graph, sizes: sizes, outputs: [network.logits], training: false) + 4 * network.classes * area,
        // Itself, in the form in which it is multiplied, and in the checkpoint that is written.
        "the teacher's weights": 4 * 5 * weights,
        "mixed images": (masked == nil ? 24 : 36) * pixels + 48 * area,
      ])
  }

  public func begin(_ training: TrainingSetup, from state: Safetensors) throws -> any ObjectiveRun { try Teacher(self, from: state, training) }
}
