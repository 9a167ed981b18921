import Imaging
import Scenes
import Tensors

/// What `scripts/bench` asks for, one JSON object a line.
struct BenchmarkRequest: Decodable, Hashable {
  let work: String
  var batch: Int?
  let height: Int
  let width: Int
  var beta: Double?
  /// How convolutions are computed, where that is not left to the plan.
  var algorithm: String?
  /// Of the products of convolutions: f32 or bf16.
  var precision: ConvolutionAlgorithms.Precision?
  /// A folder for the files of works that read some; what is missing there is written first.
  var folder: String?
  var seed: UInt64?
  var epochs: Int?

  var size: PixelSize { PixelSize(width, height) }
  var images: Int { batch ?? 1 }
  /// What is asked for, in the place of what is `usual`.
  func algorithms(usual: ConvolutionAlgorithms) -> ConvolutionAlgorithms {
    let algorithms = algorithm.flatMap(ConvolutionAlgorithms.Algorithm.init(rawValue:)).map { ConvolutionAlgorithms($0) } ?? usual
    return algorithms.with(precision ?? usual.precision)
  }
}

/// A piece of work that is ready to be timed.
struct BenchmarkWork {
  var gflop: Double?
  let run: () throws -> Void

  init(gflop: Double? = nil, _ run: @escaping () throws -> Void) { (self.gflop, self.run) = (gflop, run) }

  /// By the word that asks for it.
  static let all: [String: @Sendable (BenchmarkRequest) throws -> BenchmarkWork] = [
    "peak": peak, "train": train, "adversarial": adversarial, "teacher": teacher, "infer": infer,
    "fda": fda, "confusion": confusion, "decode": decode, "train on files": trainOnFiles,
  ]
}

extension BenchmarkRequest {
  /// Normalised images and labels at random, of which a tenth of the rows is ignored, as void is in real labels.
  func random(_ purpose: String) -> Batch {
    var stream = RandomStream(seed: 7, purpose: purpose)
    let values = (0..<3 * images * size.area).map { _ in stream.uniform(-2, 2) }
    let labels = (0..<images * size.area).map { UInt8($0 % size.area < size.area / 10 ? 255 : stream.integer(below: 19)) }
    return Batch(size: size, images: values, labels: labels, names: (0..<images).map { "\(purpose) \($0)" })
  }

  func picture(_ purpose: String) -> FloatImage {
    var stream = RandomStream(seed: 7, purpose: purpose)
    return FloatImage(size: size, pixels: (0..<3 * size.area).map { _ in stream.uniform(0, 255) })
  }
}
