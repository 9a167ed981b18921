import Adaptation
import Scenes
import Segmentation
import Tensors

extension BenchmarkWork {
  /// Products and sums in registers: what the processor can do at most.
  static func peak(_ request: BenchmarkRequest) -> BenchmarkWork {
    BenchmarkWork(gflop: ArithmeticPeak.run() / 1e9) { _ = ArithmeticPeak.run() }
  }

  static func train(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    let trainer = try trainer(request), source = request.random("source")
    return BenchmarkWork(gflop: 3 * forward(request, heads: true)) { _ = try trainer.step([.source: source]) }
  }

  static func adversarial(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    let trainer = try trainer(request, AdversarialObjective()), source = request.random("source"), target = request.random("target")
    return BenchmarkWork { _ = try trainer.step([.source: source, .target: target]) }
  }

  /// Self-training with a mean teacher: its forward pass, the source's pass and the mixed images' pass.
  static func teacher(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    let trainer = try trainer(request, TeacherObjective()), source = request.random("source"), target = request.random("target")
    return BenchmarkWork { _ = try trainer.step([.source: source, .target: target]) }
  }

  static func infer(_ request: BenchmarkRequest) -> BenchmarkWork {
    let network = BiSeNet.network(), (height, width) = (request.height, request.width)
    let predictor = Predictor([SegmentationModel(network: network, weights: network.initialWeights(seed: 0))], algorithms: request.algorithms(usual: .inference))
    let image = request.random("image").images
    return BenchmarkWork(gflop: forward(request, heads: false)) {
      _ = predictor.classes(image, height: height, width: width, outputHeight: height, outputWidth: width)
    }
  }

  static func trainer(_ request: BenchmarkRequest, _ others: any Objective...) throws -> Trainer {
    let network = BiSeNet.network(), objectives: [any Objective] = [SegmentationObjective()] + others
    let model = SegmentationModel(network: network, weights: network.initialWeights(seed: 0))
    return try Trainer(
      network: network, objectives: objectives,
      state: TrainingState(
        weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 0, after: nil) }),
      settings: TrainingSettings(rate: 0.001, algorithms: request.algorithms(usual: .standard)), steps: 1_000_000)
  }

  /// Of the convolutions, computed as they are defined, 10^9 operations; the gradients take twice as many.
  static func forward(_ request: BenchmarkRequest, heads: Bool) -> Double {
    let network = BiSeNet.network()
    let outline = Outline(network.graph, sizes: [network.images: MapShape(request.images, request.height, request.width, 3)])
    return 2 * Double(outline.multiplyAccumulates(of: network.graph.nodes(reaching: heads ? network.outputs : [network.logits]))) / 1e9
  }
}
