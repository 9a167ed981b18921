import Imaging
import Language
import Workbench

struct Ensemble: Command {
  static let summary = "Average the predictions of models (multi-band transfer): the mean of their softmax at image size."
  static let category = Category.models
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["mbt", "multi-band", "average", "mean", "combine"]
  static let examples = [
    Example("ensemble t", shows: .model, after: Samples.trained), Example("ensemble", fails: "nothing to take", after: ["build model"]),
  ]

  @Inputs("trained models", latest: .allTrained) var models: [ModelValue]

  static let reference: String? = "the paper, multi-band transfer; Yang and Soatto, CVPR 2020"
  static let seeAlso = ["fda", "iou", "pseudolabel"]

  func explanation(_ context: Context) throws -> [Phrase] {
    let networks = try models.flatMap { try $0.networks() }, size = PixelSize(1024, 512)
    return ["each image goes through \(counted(networks.count, "network")), \(gigaMACs(networks.reduce(0) { $0 + NetworkCost($1, of: size).inference })) at \(size.description)"]
  }

  func check(_ context: Context) throws {
    for (model, operand) in zip(models, $models) where model.stage == .ensemble {
      throw Diagnostic("\(operand.text) is an ensemble already", at: operand.range, remedy: "name the models that it is made of")
    }
  }

  func outline(_ context: Context) throws -> ModelValue? { try run(context) }

  func run(_ context: Context) throws -> ModelValue {
    ModelValue(content: .ensemble(models))
  }
}
