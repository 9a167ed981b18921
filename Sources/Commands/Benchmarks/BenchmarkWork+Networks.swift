import Adaptation
import Scenes
import Segmentation
import Tensors

extension BenchmarkWork {
  /// Products and sums in registers: what the processor can do at most.
  static func peak(_ request: BenchmarkRequest) -> BenchmarkWork {
    BenchmarkWork(gflop: ArithmeticPeak.run() / 1e9) { _ = ArithmeticPeak.run() }
  }

  static func train(_ request: BenchmarkRequest) -> BenchmarkWork {
    let trainer = trainer(request, adversarial: false), source = request.random("source")
    return BenchmarkWork(gflop: 3 * forward(request, heads: true)) { _ = try trainer.step(source: source) }
  }

  static func adversarial(_ request: BenchmarkRequest) -> BenchmarkWork {
    let trainer = trainer(request, adversarial: true), source = request.random("source"), target = request.random("target")
    return BenchmarkWork { _ = try trainer.step(source: source, target: target) }
  }

  static func infer(_ request: BenchmarkRequest) -> BenchmarkWork {
    let network = BiSeNet(), (height, width) = (request.height, request.width)
    let predictor = Predictor([SegmentationModel(network: network, weights: network.initialWeights(seed: 0))], algorithms: request.algorithms(usual: .inference))
    let image = request.random("image").images
    return BenchmarkWork(gflop: forward(request, heads: false)) {
      _ = predictor.classes(image, height: height, width: width, outputHeight: height, outputWidth: width)
    }
  }

  static func trainer(_ request: BenchmarkRequest, adversarial: Bool) -> Trainer {
    let network = BiSeNet(), discriminator = adversarial ? Discriminator() : nil
    return Trainer(
      network: network, discriminator: discriminator,
      state: TrainingState(weights: network.initialWeights(seed: 0), discriminator: discriminator?.initialWeights(seed: 0)),
      settings: TrainingSettings(rate: 0.001, algorithms: request.algorithms(usual: .standard)), steps: 1_000_000)
  }

  /// Of the convolutions, computed as they are defined, 10^9 operations; the gradients take twice as many.
  static func forward(_ request: BenchmarkRequest, heads: Bool) -> Double {
    let network = BiSeNet()
    let outline = Outline(network.graph, sizes: [network.images: MapShape(request.images, request.height, request.width, 3)])
    let products = outline.multiplyAccumulates { heads || !$0.hasPrefix("conv_out16.") && !$0.hasPrefix("conv_out32.") }
    return 2 * Double(products) / 1e9
  }
}
