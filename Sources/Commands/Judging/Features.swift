import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

struct Features: Command {
  static let summary = "What a layer of a network makes of one image: its feature map, with a picture of its strongest channels."
  static let category = Category.judging
  static let usesSeed = false
  static let searchTerms = ["activations", "layer", "map", "inside", "channels"]
  static let examples = [
    Example("features m layer=\"sp.conv1.bn\" on=few[0]", shows: .tensor, after: Samples.built),
    Example("features m layer=\"nowhere\" on=few[0]", fails: "no layer is named 'nowhere'", after: Samples.built),
  ]

  @Input("the model", latest: .judged) var model: ModelValue
  @Setting("the layer, by its published name") var layer = "ffm.out"
  @Input("one image: a dataset with its number, such as city.val[0]") var on: DatasetValue

  static let foundations = Versions.arithmetic
  static let seeAlso = ["predict", "build model"]

  func check(_ context: Context) throws {
    _ = try oneImage(on, $on)
    let names = try model.networks()[0].graph.nodes.map(\.name)
    guard names.contains(layer) else {
      throw Diagnostic("no layer is named '\(layer)'", at: $layer, remedy: suggestion(for: layer, in: names), replacement: nearest(layer, in: names).map(Literal.quoted))
    }
  }

  func run(_ context: Context) throws -> TensorValue {
    let sample = try oneSample(on, $on), models = try model.models()
    guard let features = Predictor(models).features(
      of: layer, Normalization.values(of: sample.image), height: sample.image.size.height, width: sample.image.size.width)
    else { preconditionFailure("check has seen that the layer is there") }
    let shape = features.shape
    return TensorValue(
      tensor: features, picture: FeaturePicture.strongest(features, count: 16),
      caption: "\(layer) of \(sample.name): \(shape[3]) channels of \(PixelSize(shape[2], shape[1]).description)")
  }
}

/// Channels of a feature map as grey pictures.
enum FeaturePicture {
  /// A sheet of the channels that vary most, each stretched from its least to its largest value.
  static func strongest(_ features: Tensor, count: Int) -> Image {
    let (height, width, channels) = (features.shape[1], features.shape[2], features.shape[3])
    func values(_ channel: Int) -> [Float] { stride(from: channel, to: features.count, by: channels).map { features.values[$0] } }
    let spread = (0..<channels).map { channel -> Float in
      let all = values(channel), mean = all.reduce(0, +) / Float(all.count)
      return all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let chosen = spread.indices.sorted { (spread[$1], $0) < (spread[$0], $1) }.prefix(count).sorted()
    let pictures = chosen.map { channel in grey(values(channel), PixelSize(width, height)) }
    return Image.sheet(pictures, columns: min(4, pictures.count), gap: 4)
  }

  /// Values from their least (black) to their largest (white).
  static func grey(_ values: [Float], _ size: PixelSize) -> Image {
    let low = values.min() ?? 0, high = values.max() ?? 1
    let factor = high > low ? 255 / (high - low) : 0
    return Image(size: size, pixels: values.flatMap { value in [UInt8](repeating: UInt8((value - low) * factor), count: 3) })
  }
}
