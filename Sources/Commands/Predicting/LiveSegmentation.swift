import Adaptation
public import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

/// A saved model at work on one frame after another, for `segue infer`.
public final class LiveSegmentation {
  /// What a frame becomes.
  public enum Output: String, CaseIterable, Sendable {
    /// A byte for each pixel: the train id of its class.
    case labels
    /// Three bytes for each pixel: the class in Cityscapes' colours.
    case colours
    /// Three bytes for each pixel: the frame under those colours.
    case overlay
  }

  private let predictor: Predictor
  /// As `build model` takes it.
  public let form: String
  private var latencies = Latencies()

  /// - Parameter path: a file that `save MODEL to=FILE.safetensors` has written.
  /// - Throws: `Diagnostic`.
  public init(modelAt path: String, in directory: String) throws {
    let location = Location(text: path, path: absolute(path, from: directory)), model = try LiveSegmentation.model(at: location)
    predictor = Predictor([model])
    form = model.network.form.words
  }

  /// The bytes of what a frame becomes.
  public func segment(_ frame: Image, as output: Output) -> [UInt8] {
    let start = ContinuousClock.now, size = frame.size
    let classes = predictor.classes(
      Normalization.values(of: FloatImage(frame)), height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width)
    latencies.add(start.duration(to: .now) / .seconds(1))
    let label = IndexMap(size: size, values: classes)
    return switch output {
    case .labels: classes
    case .colours: LabelColours.picture(of: label).pixels
    case .overlay: LabelColours.overlay(label, on: frame).pixels
    }
  }

  /// The seconds that so many per cent of the frames took at most, for normalising, network, upsampling and argmax.
  public func latency(_ percent: Double) -> Double? { latencies.percentile(percent) }

  /// Forgets how long frames took so far: the first ones make plans and pack weights.
  public func forgetLatencies() { latencies = Latencies() }

  private static func model(at location: Location) throws -> SegmentationModel {
    let files = LocalFileSystem()
    func refused(_ error: any Error) -> Diagnostic { Diagnostic("\(error)", remedy: "name a file that `save MODEL to=FILE.safetensors` has written") }
    let file: Safetensors
    do {
      let start = try files.read(location.path, first: WeightsFile.startLength)
      guard WeightsFile.form(of: start) == .safetensors else {
        throw Diagnostic(
          "\(location.text) is of PyTorch, and does not say which network its weights are of",
          remedy: "at the prompt, `load weights` takes it and `save NAME to=FILE.safetensors` writes what is needed here")
      }
      let size = Int(files.info(location.path)?.size ?? 0)
      try Safetensors.check(head: files.read(location.path, first: try Safetensors.headLength(start, of: size, from: location.text)), of: size, from: location.text)
      file = try Safetensors(decoding: try files.read(location.path), from: location.text)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw refused(error)
    }
    guard let name = file.metadata["network"], Architectures.named(name) != nil else {
      throw Diagnostic(
        "\(location.text) does not say which network its weights are of",
        remedy: "at the prompt, `load weights` takes it and `save NAME to=FILE.safetensors` writes what is needed here")
    }
    do {
      let options = Architectures.named(name)?.options.map(\.name) ?? []
      let network = try NetworkForm(name, file.metadata.filter { options.contains($0.key) }).network()
      return SegmentationModel(network: network, weights: try Weights(layout: network.layout) { try file.values($0.name, shape: $0.shape) })
    } catch {
      throw refused(error)
    }
  }
}
