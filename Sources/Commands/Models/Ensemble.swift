import Language
import Workbench

public struct Ensemble: Command {
  public static let summary = "Average the predictions of models (multi-band transfer): the mean of their softmax at image size."
  public static let category = Category.models
  public static let isStored = false
  public static let usesSeed = false
  public static let searchTerms = ["mbt", "multi-band", "average", "mean", "combine"]
  public static let examples = [
    Example("ensemble t", shows: .model, after: Samples.trained), Example("ensemble", fails: "nothing to take", after: ["build model"]),
  ]

  @Inputs("trained models", latest: .allTrained) var models: [ModelValue]

  public init() {}

  public func run(_ context: Context) throws -> ModelValue {
    for (model, operand) in zip(models, $models) where model.stage == .ensemble {
      throw Diagnostic("\(operand.text) is an ensemble already", at: operand.range, remedy: "name the models that it is made of")
    }
    return ModelValue(content: .ensemble(models))
  }
}
