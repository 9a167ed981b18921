public import Imaging
public import Scenes
public import Segmentation
import Tensors

/// Adaptive batch normalisation: Li et al., *Revisiting Batch Normalization for Practical Domain Adaptation*, 2016 (AdaBN).
///
/// A network's weights stay, and its running means and variances become those of other images, which need no labels. Images go forward
/// normalised by the statistics of their own batch, as in training, so that each layer sees what the layers before it make of them.
///
/// Running statistics are the plain mean over the batches, each counted by its images: what PyTorch's `momentum=None` gives after
/// `reset_running_stats()` where batches are alike. As there, variances are the batches' unbiased ones.
public final class AdaptedStatistics {
  private let network: Network
  private let parameters: Parameters
  private let plans: PlanCache
  /// Images that the statistics are of.
  public private(set) var images = 0

  public init(of model: SegmentationModel) {
    network = model.network
    var weights = model.weights
    weights.statistics = [Float](repeating: 0, count: weights.statistics.count)
    parameters = Parameters(weights, withGradients: false)
    // All heads: training may go on from here.
    plans = PlanCache(network.graph, input: network.images, outputs: network.outputs, training: false, takesMoments: true)
  }

  /// Takes in a batch of `count` images, `[N, H, W, 3]`, normalised.
  public func add(_ values: [Float], count: Int, size: PixelSize) {
    precondition(count > 1, "an image alone has no statistics where its map is a single pixel")
    images += count
    let plan = plans.plan(for: MapShape(count, size.height, size.width, 3))
    plan.momentum = Float(count) / Float(images)
    plan.value(network.images).set(values)
    plan.forward(parameters)
  }

  /// The model with the statistics so far.
  public var model: SegmentationModel {
    precondition(images > 0, "statistics of no images")
    return SegmentationModel(network: network, weights: parameters.weights)
  }

  /// Images that are normalised together: every image once, in order, as evenly as can be, never one alone. Of an odd number of images in
  /// twos, one batch has three.
  public static func batches(of count: Int, upTo size: Int) -> [Range<Int>] {
    precondition(count > 1 && size > 1, "batch normalisation needs two images")
    let batches = min((count + size - 1) / size, count / 2)
    return (0..<batches).map { $0 * count / batches..<($0 + 1) * count / batches }
  }
}

extension SegmentationModel {
  /// With the statistics of these images, as they are evaluated: whole, in their style, not augmented.
  ///
  /// - Parameters:
  ///   - seed: of styles, where the dataset has any.
  ///   - each: is called after each batch with how many images were seen; may throw to stop.
  /// - Throws: `SceneError` or `ImagingError` naming a file, or two whose sizes differ.
  public func adapted(to dataset: Dataset, batch: Int, seed: UInt64, each: (_ seen: Int) throws -> Void = { _ in }) throws -> SegmentationModel {
    try BatchReader.checkSizes(dataset, nil)
    let statistics = AdaptedStatistics(of: self), samples = EvaluationReader(dataset, seed: seed)
    for positions in AdaptedStatistics.batches(of: dataset.count, upTo: batch) {
      var values: [Float] = []
      for _ in positions {
        guard let sample = try samples.next() else { preconditionFailure("there are as many samples as positions") }
        values += Normalization.values(of: sample.image)
      }
      statistics.add(values, count: positions.count, size: dataset.size(at: positions.lowerBound))
      try each(statistics.images)
    }
    return statistics.model
  }
}
