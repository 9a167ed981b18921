import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

struct Predict: Command {
  static let summary = "The class probabilities that a model gives each pixel of one image."
  static let category = Category.judging
  static let usesSeed = false
  static let fields: [(name: String, help: String)] = [
    ("label", "the most probable classes; save NAME.label to=FILE.png writes train ids"),
  ]
  static let searchTerms = ["verify", "infer", "softmax", "probabilities", "segment", "apply"]
  static let examples = [
    Example("predict t on=few[0]", shows: .tensor, after: Samples.trained),
    Example("predict t on=few", fails: "one image", after: Samples.trained),
  ]

  @Input("the model", latest: .judged) var model: ModelValue
  @Input("one image: a dataset with its number, such as city.val[0]") var on: DatasetValue

  static let foundations = Versions.arithmetic
  static let seeAlso = ["show", "features", "segment", "pseudolabel"]

  func check(_ context: Context) throws { _ = try oneImage(on, $on) }

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation }

  func explanation(_ context: Context) throws -> [Phrase] {
    let data = try oneImage(on, $on), networks = try model.networks()
    return ["\(gigaMACs(networks.reduce(0) { $0 + NetworkCost($1, of: data.size(at: 0)).inference })), 19 probabilities for each of \(data.size(at: 0).description) pixels"]
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    // The mean of the models, the tensor, and its file.
    let parts = NetworkMemory.inference(try model.networks(), on: try oneImage(on, $on), probabilities: 3, others: 30)
    return MemoryNeed(parts, at: $on?.range, remedy: "load the dataset with a smaller size=")
  }

  func outline(_ context: Context) throws -> TensorValue? {
    let size = try oneImage(on, $on).size(at: 0)
    return TensorValue(outline: [1, size.height, size.width, CityscapesClass.count])?.asPrediction
  }

  func run(_ context: Context) throws -> TensorValue {
    let sample = try oneSample(on, $on, context)
    let image = sample.image
    let probabilities = Predictor(try model.models()).softmax(
      Normalization.values(of: image), height: image.size.height, width: image.size.width, outputHeight: image.size.height,
      outputWidth: image.size.width)
    let (classes, confidence) = UpsampledSoftmax.mostProbable(probabilities)
    let label = IndexMap(size: image.size, values: classes)
    let mean = confidence.reduce(0) { $0 + Double($1) } / Double(max(confidence.count, 1))
    let caption: Phrase = "\(sample.name): probabilities of 19 classes, \(image.size.description); mean confidence \(Figures.share(mean)) %"
    let panels = [Figure.Panel("image", image.rounded), .init("most probable class", LabelColours.picture(of: label))]
    let figure = Figure(rows: [panels], keys: PictureKeys.classes(of: [label]))
    return TensorValue(tensor: probabilities.tensor, drawing: ImageValue(figure, caption: caption)).asPrediction
  }

  func restore(from folder: Folder, _ context: Context) throws -> TensorValue { try TensorValue.load(from: folder).asPrediction }
}

/// The one sample of an operand, as it is evaluated.
func oneSample(_ value: DatasetValue, _ operand: Operand?, _ context: Context) throws -> EvaluationSample {
  try oneImage(value, operand).evaluationSample(0, seed: context.seed)
}

/// The operand as a dataset of one sample, which is not read yet.
func oneImage(_ value: DatasetValue, _ operand: Operand?) throws -> Dataset {
  let data = try dataset(value, operand)
  guard data.count == 1 else {
    let text = operand?.text ?? data.title
    throw Diagnostic("this takes one image, and \(text) has \(data.count)", at: operand?.range, remedy: "choose one by its number: \(text)[0]")
  }
  return data
}
