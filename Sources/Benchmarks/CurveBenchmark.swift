import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors

/// A training from the built-in streets, or from CamVid's day, judged after every epoch: what `scripts/curves` compares algorithms by.
enum CurveBenchmark {
  struct Epoch: Encodable {
    /// The mean of the epoch's steps.
    let loss: Double
    /// On the same domain's validation images, 0...1.
    let miou: Double
  }

  /// At half width, which has every layer of the published network in a form that minimal filtering serves.
  static func epochs(_ request: BenchmarkRequest) throws -> [Epoch] {
    let seed = request.seed ?? 0, format: any DatasetFormat.Type = request.folder == nil ? StreetsFormat.self : CamVid.self
    let data = try format.load(LoadRequest(path: request.folder ?? "", size: request.size, seed: seed)).datasets[0]
    let network = BiSeNet.network(width: .half)
    let run = try TrainingRun(
      network: network, objectives: [SegmentationObjective()], state: TrainingState(weights: network.initialWeights(seed: seed)),
      data: TrainingData(on: try data.only(.train), toward: nil, batch: request.images, crop: request.size), epochs: request.epochs ?? 6,
      settings: TrainingSettings(rate: 0.05, algorithms: request.algorithms(usual: .standard)), seed: seed)
    var epochs: [Epoch] = [], sum = 0.0
    while let report = try run.advance() {
      sum += report.losses[.segmentation] ?? 0
      guard report.endsEpoch else { continue }
      let judged = try data.only(.val), model = SegmentationModel(network: network, weights: run.trainer.weights)
      let matrix = try Evaluation.confusion(of: [model], on: judged, seed: seed)
      epochs.append(
        Epoch(loss: sum / Double(run.stepsPerEpoch), miou: IoUReport(matrix, excluding: Evaluation.impossible(in: judged)).meanIoU ?? 0))
      sum = 0
    }
    return epochs
  }
}
