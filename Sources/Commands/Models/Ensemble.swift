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

  func run(_ context: Context) throws -> ModelValue {
    for (model, operand) in zip(models, $models) where model.stage == .ensemble {
      throw Diagnostic("\(operand.text) is an ensemble already", at: operand.range, remedy: "name the models that it is made of")
    }
    return ModelValue(content: .ensemble(models))
  }
}
