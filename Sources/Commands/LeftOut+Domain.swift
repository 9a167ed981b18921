import Scenes
import Workbench

// What fills in operands that are left out: DESIGN's rules, in words that help and messages show.
extension LeftOut<DatasetValue> {
  /// A second `fda` restyles the original again, not what the first one made.
  static var source: Self { .latest("the latest source") { data, candidate in data.role == .source && !candidate.isMadeByAsker } }
  static var target: Self { .latest("the latest target") { data, _ in data.role == .target } }
  static var sourceTrain: Self { .latest("the latest source's .train", field: "train") { data, _ in data.role == .source } }
  static var targetTrain: Self { .latest("the latest target's .train", field: "train") { data, _ in data.role == .target } }
  /// What judges a training by itself: a target without labels is passed over.
  static var labelledTargetVal: Self {
    .latest("the .val of the latest target with labels", field: "val") { data, _ in data.role == .target && data.whole?.hasLabels(in: .val) == true }
  }
  static var targetVal: Self { .latest("the latest target's .val", field: "val") { data, _ in data.role == .target } }
}

extension LeftOut<ModelValue> {
  static var start: Self { .latest("the latest built or loaded model") { model, _ in model.stage == .built || model.stage == .loaded } }
  static var judged: Self { .latest("the latest trained model or ensemble") { model, _ in [.trained, .adapted, .ensemble].contains(model.stage) } }
  static var single: Self { .latest("the latest trained or loaded model") { model, _ in model.stage == .trained || model.stage == .loaded } }
  static var allTrained: Self { .every("every trained model that a name holds") { model, _ in model.stage == .trained } }
}
