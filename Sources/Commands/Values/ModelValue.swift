import Adaptation
import Language
import Segmentation
import Storage
import Tensors
import Workbench

/// A model at the prompt: one network with its weights, or several whose predictions are averaged.
struct ModelValue: RestorableValue, SavableValue {
  static let kind = Kind.model

  enum Stage: String, Sendable {
    case built, loaded, trained
    /// With the statistics of other images.
    case adapted
    case ensemble
  }

  /// A training's result: its record and the folder in which its weights lie.
  struct Training: Sendable {
    let record: TrainingRecord
    let folder: Folder
    /// The epoch that is meant; nil for the last.
    var epoch: Int?
    /// What it was trained on.
    var inputs: TrainingInputs?
  }

  enum Content: Sendable {
    case weights(SegmentationModel, Stage)
    case training(Training)
    case ensemble([ModelValue])
  }

  let content: Content
  /// Shown below the summary.
  var plan: PlanRequest?
  /// A line that is shown in place of its layers, for what was made of another model.
  var remark: Phrase?
  /// Of what was loaded from a file.
  var report: WeightsReport?

  var stage: Stage {
    switch content {
    case .weights(_, let stage): stage
    case .training: .trained
    case .ensemble: .ensemble
    }
  }

  /// The networks with their weights, read where they are not in memory.
  ///
  /// - Throws: what is wrong with a stored file.
  func models() throws -> [SegmentationModel] {
    switch content {
    case .weights(let model, _): return [model]
    case .ensemble(let members): return try members.flatMap { try $0.models() }
    case .training(let training):
      let record = training.record
      let file = try Safetensors(decoding: training.folder.read(TrainingRecord.weightsName(training.epoch ?? record.epochs)))
      let network = try record.form.network()
      return [SegmentationModel(network: network, weights: try Weights(layout: network.layout) { try file.values($0.name, shape: $0.shape) })]
    }
  }

  /// The networks alone, without reading weights.
  ///
  /// - Throws: where they are of a newer version.
  func networks() throws -> [Network] {
    switch content {
    case .weights(let model, _): [model.network]
    case .ensemble(let members): try members.flatMap { try $0.networks() }
    case .training(let training): [try training.record.form.network()]
    }
  }

  var display: Display {
    switch content {
    case .weights where remark != nil: .text("\(summary)\n\(remark!)")
    case .weights(let model, let stage):
      plan.map { .stack([ModelSummary.display(of: model, stage: stage), .table(PlanTable(model.network, $0).table)]) }
        ?? ModelSummary.display(of: model, stage: stage)
    case .training(let training): .text(ModelSummary.phrase(of: training))
    case .ensemble: .text(summary)
    }
  }

  var summary: Phrase {
    switch content {
    case .weights(let model, let stage): "\(stage.rawValue) \(model.network.form.words)"
    case .training(let training): "trained \(training.record.form.words), epoch \(training.epoch ?? training.record.epochs) of \(training.record.epochs)"
    case .ensemble(let members): "the mean of \(members.count) \(members.count == 1 ? "model" : "models"), by softmax at image size"
    }
  }

  /// A training's figures are those of its epoch.
  var fieldNames: [String] {
    if case .ensemble = content { return ["layers"] }
    guard case .training(let training) = content else { return ["backbone", "layers"] + (report == nil ? [] : ["report"]) }
    let scores = training.record.isValidated == true ? ["miou"] : []
    let figures = training.figures.fieldNames + ["loss"] + scores
    return TrainingFigure.allCases.map(\.fieldName).filter(figures.contains) + ["backbone", "history", "layers"] + CheckpointValue.parts(of: training).map(\.rawValue)
  }

  func field(_ name: String) throws -> any Value {
    if name == "layers" { return LayerTable(network: try networks()[0]) }
    if name == "backbone" { return BackboneValue(model: self) }
    if name == "report", let report { return report }
    guard case .training(let training) = content else { preconditionFailure("asked for a field that is not there") }
    if name == "history" { return HistoryTable(epochs: training.record.history.epochs) }
    if let part = CheckpointValue.Part(rawValue: name) { return CheckpointValue(part: part, training: training) }
    // Figures that there would be, had anything been labelled.
    guard training.figures.fieldNames.contains(name) else {
      throw Diagnostic(name == "miou" ? "no pixel of the validation images has a label" : "no pixel that was read in this epoch has a label")
    }
    return try training.figures.field(name)
  }

  var epochs: [String] {
    guard case .training(let training) = content, training.epoch == nil else { return [] }
    return training.record.kept.map(String.init) + (training.record.history.best == nil ? [] : ["best"])
  }

  func epoch(_ epoch: String) throws -> any Value {
    guard case .training(var training) = content, let number = number(of: epoch) else { preconditionFailure("asked for an epoch that is not there") }
    training.epoch = number
    return ModelValue(content: .training(training))
  }

  /// The last epoch is the model itself, with the discriminator that belongs to it.
  func numbered(_ epoch: String) -> String? {
    guard case .training(let training) = content, let number = number(of: epoch), number != training.record.epochs else { return nil }
    return String(number)
  }

  private func number(of epoch: String) -> Int? { epoch == "best" ? history?.best?.epoch : Int(epoch) }

  // MARK: files

  static func load(from folder: Folder) throws -> ModelValue {
    let record = try JSONFile.decode(TrainingRecord.self, folder.read(TrainingRecord.fileName))
    // What is used most is looked at now, while it can still be recomputed; other epochs are when they are asked for.
    _ = try folder.checkedPath(TrainingRecord.weightsName(record.epochs))
    return ModelValue(content: .training(Training(record: record, folder: folder)))
  }

  /// Of all weights, one network after another.
  func fingerprint() throws -> String {
    contentDigest(Array(try models().map { contentDigest(Safetensors($0.weights.named).encoded) }.joined(separator: " ").utf8))
  }

  static let fileExtensions = [".safetensors", ".pt", ".pth"]

  static func otherWay(toFileWithExtension ending: String) -> String? {
    ending == ModelExport.fileExtension ? "`export FILE.onnx model=NAME` writes it for other runtimes" : nil
  }

  var reasonNotToSave: String? {
    guard let count = try? networks().count, count > 1 else { return nil }
    return "an ensemble has no weights of its own; save its \(counted(count, "model")) one by one"
  }

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    let models = try models()
    if ending != ".safetensors" { return TorchState(models[0].weights.published).encoded }
    return Safetensors(models[0].weights.named, metadata: models[0].network.form.metadata).encoded
  }
}

struct ModelFileError: Error, CustomStringConvertible { let description: String }

extension ModelValue {
  /// Of a trained model; nil for others.
  var history: TrainingHistory? { if case .training(let training) = content { training.record.history } else { nil } }
}

extension ModelValue.Training {
  /// The figures of the epoch that is meant, as a table of one line.
  var figures: HistoryTable { HistoryTable(epochs: last.map { [$0] } ?? []) }

  /// The figures of the epoch that is meant.
  var last: TrainingHistory.Epoch? { record.history.epochs.first { $0.epoch == epoch ?? record.epochs } }
}
