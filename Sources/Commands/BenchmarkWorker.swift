import Adaptation
import FoundationEssentials
import Imaging
import Scenes
import Segmentation
import Tensors

/// Does one piece of work for each request and says how long it took. Preparing and warming up are not counted.
///
/// Requests: `{"work":"train","batch":2,"height":512,"width":1024}`, and likewise `infer`, `adversarial`, `fda` (with `beta`), `confusion`.
public final class BenchmarkWorker {
  private struct Request: Decodable, Hashable {
    let work: String
    var batch: Int?
    let height: Int
    let width: Int
    var beta: Double?
    var algorithm: String?
  }

  private struct Answer: Encodable {
    var seconds: Double?
    var peak_mib: Int?
    var layers: [LayerBenchmark.Row]?
    var error: String?
  }

  private var prepared: [Request: () throws -> Void] = [:]
  public init() {}

  /// - Parameter line: a request as JSON.
  /// - Returns: `{"seconds":0.61,"peak_mib":900}`, or `{"error":"…"}`.
  public func answer(_ line: String) -> String {
    var answer = Answer()
    do {
      let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
      let algorithms = request.algorithm.flatMap(ConvolutionAlgorithms.Algorithm.init(rawValue:)).map(ConvolutionAlgorithms.init) ?? .standard
      if request.work == "layers" {
        answer.layers = LayerBenchmark(batch: request.batch ?? 1, height: request.height, width: request.width, algorithms: algorithms).rows(rounds: 3)
      }
      if request.work == "layers of the discriminator" {
        answer.layers = LayerBenchmark(
          discriminatorBatch: request.batch ?? 1, height: request.height, width: request.width, algorithms: algorithms).rows(rounds: 3)
      }
      let work = try prepared[request] ?? prepare(request)
      let start = ContinuousClock.now
      try work()
      answer.seconds = start.duration(to: .now) / .seconds(1)
      answer.peak_mib = BenchmarkWorker.peakMemory
    } catch {
      answer.error = "\(error)"
    }
    return (try? JSONEncoder().encode(answer)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private func prepare(_ request: Request) throws -> () throws -> Void {
    let size = PixelSize(request.width, request.height), batch = request.batch ?? 1
    let work: () throws -> Void
    switch request.work {
    case "layers", "layers of the discriminator": work = {}
    case "train", "adversarial":
      let network = BiSeNet(), isAdversarial = request.work == "adversarial"
      let discriminator = isAdversarial ? Discriminator() : nil
      let trainer = Trainer(
        network: network, discriminator: discriminator,
        state: TrainingState(weights: network.initialWeights(seed: 0), discriminator: discriminator?.initialWeights(seed: 0)),
        settings: TrainingSettings(rate: 0.001), steps: 1_000_000)
      let source = random(batch, size, "source"), target = isAdversarial ? random(batch, size, "target") : nil
      work = { _ = try trainer.step(source: source, target: target) }
    case "infer":
      let network = BiSeNet()
      let predictor = Predictor([SegmentationModel(network: network, weights: network.initialWeights(seed: 0))])
      let image = random(1, size, "image").images
      work = {
        _ = predictor.classes(image, height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width)
      }
    case "fda":
      let adaptation = FourierAdaptation(beta: request.beta ?? 0.01)
      let source = picture(size, "source"), target = picture(size, "target")
      work = { _ = adaptation.restyled(source, toward: target) }
    case "confusion":
      let truth = random(1, size, "truth").labels, guess = random(1, size, "guess").labels
      work = {
        var matrix = ConfusionMatrix()
        matrix.add(truth: truth, prediction: guess)
      }
    default: throw Unknown(description: "no work is named '\(request.work)'")
    }
    try work()
    try work()
    prepared[request] = work
    return work
  }

  private struct Unknown: Error, CustomStringConvertible { let description: String }

  private func random(_ count: Int, _ size: PixelSize, _ purpose: String) -> Batch {
    var stream = RandomStream(seed: 7, purpose: purpose)
    let images = (0..<3 * count * size.area).map { _ in stream.uniform(-2, 2) }
    // A tenth of the rows is ignored, as void is in real labels.
    let labels = (0..<count * size.area).map { UInt8($0 % size.area < size.area / 10 ? 255 : stream.integer(below: 19)) }
    return Batch(size: size, images: images, labels: labels, names: (0..<count).map { "\(purpose) \($0)" })
  }

  private func picture(_ size: PixelSize, _ purpose: String) -> FloatImage {
    var stream = RandomStream(seed: 7, purpose: purpose)
    return FloatImage(size: size, pixels: (0..<3 * size.area).map { _ in stream.uniform(0, 255) })
  }

  /// The largest resident size of this process so far, MiB.
  private static var peakMemory: Int? {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
  }
}
