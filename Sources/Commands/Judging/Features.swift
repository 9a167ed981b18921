import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

struct Features: Command {
  static let summary = "What a layer of a network makes of one image: its feature map, with a contact sheet of its strongest channels."
  static let category = Category.judging
  static let usesSeed = false
  static let searchTerms = ["verify", "activations", "layer", "map", "inside", "channels"]
  static let examples = [
    Example("features m layer=\"sp.conv1.bn\" on=few[0]", shows: .tensor, after: Samples.built),
    Example("features m layer=\"ffm.out\" on=few[0] count=4", shows: .tensor, after: Samples.built),
    Example("features m layer=\"nowhere\" on=few[0]", fails: "no layer is named 'nowhere'", after: Samples.built),
  ]

  @Input("the model", latest: .judged) var model: ModelValue
  @Setting("the layer, by its published name") var layer = "ffm.out"
  @Input("one image: a dataset with its number, such as city.val[0]") var on: DatasetValue
  @Setting("how many channels are drawn, those that vary most", in: 1...64, for: .display) var count = 16

  static let foundations = Versions.arithmetic
  static let seeAlso = ["predict", "build model"]

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation }

  func check(_ context: Context) throws {
    _ = try oneImage(on, $on)
    let names = try model.networks()[0].graph.nodes.map(\.name)
    guard names.contains(layer) else {
      throw Diagnostic("no layer is named '\(layer)'", at: $layer, remedy: remedy(names), replacement: nearest(layer, in: names).map(Literal.quoted))
    }
  }

  /// A near name, or where all of them are.
  private func remedy(_ names: [String]) -> String {
    nearest(layer, in: names).map { "did you mean \($0)?" } ?? "\($model?.text ?? "the model").layers lists all \(names.count)"
  }

  func words(for parameter: String) -> [Suggestion] {
    guard parameter == "layer", $model != nil, let network = try? model.networks().first else { return [] }
    let size = PixelSize(1024, 512)
    return NetworkCost(network, of: size).layers.map { name, shape in
      let extent = shape.height == 1 ? "one number each for the whole image" : shape.height == size.height ? "at image size" : "at 1/\(size.height / shape.height) of the image's size"
      return Suggestion(name, help: "\(counted(shape.channels, "channel")), \(extent)")
    }
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let network = try model.networks()[0], size = try oneImage(on, $on).size(at: 0)
    guard let node = network.graph.node(named: layer), let shape = NetworkCost(network, of: size).layers.first(where: { $0.name == layer })?.shape else { return nil }
    return MemoryNeed(
      NetworkMemory.features(network, of: node, at: size, count: Int64(shape.count)), at: $on?.range, remedy: "load the dataset with a smaller size=")
  }

  func outline(_ context: Context) throws -> TensorValue? {
    let cost = NetworkCost(try model.networks()[0], of: try oneImage(on, $on).size(at: 0))
    return cost.layers.first { $0.name == layer }.flatMap { TensorValue(outline: [1, $0.shape.height, $0.shape.width, $0.shape.channels]) }
  }

  func run(_ context: Context) throws -> TensorValue {
    let sample = try oneSample(on, $on, context), models = try model.models()
    guard let features = Predictor(models).features(
      of: layer, Normalization.values(of: sample.image), height: sample.image.size.height, width: sample.image.size.width)
    else { preconditionFailure("check has seen that the layer is there") }
    let shape = features.shape
    return TensorValue(
      tensor: features,
      of: ImageValue(sample.image.rounded, caption: "\(layer) of \(sample.name): \(shape[3]) channels of \(PixelSize(shape[2], shape[1]).description)"))
  }

  func presented(_ result: TensorValue, _ context: Context) -> TensorValue {
    guard let original = result.original else { return result }
    let figure = FeaturePicture.strongest(result.tensor, count: count, of: original.image)
    let isCut = result.tensor.shape[3] > count
    let drawing = ImageValue(figure, caption: isCut ? "\(original.caption), the \(count) that vary most" : original.caption)
    return TensorValue(tensor: result.tensor, drawing: drawing, of: original)
  }
}
