import Adaptation
import Imaging
import Language
import Segmentation
import Tensors
import Workbench

/// What a model says of itself when it is made.
enum ModelSummary {
  /// Layers by stage, counts of parameters, and multiplications with addition at 1024x512.
  static func display(of model: SegmentationModel, stage: ModelValue.Stage) -> Display {
    let size = PixelSize(1024, 512)
    let network = model.network, cost = NetworkCost(network, of: size)
    let outline = Outline(network.graph, sizes: [network.images: MapShape(1, size.height, size.width, 3)])
    let rows = network.stages.compactMap { stage -> [Phrase]? in
      let parameters = stage.parameters.reduce(0) { $0 + ($1.kind.isTrained ? $1.count : 0) }, shape = outline.shape(stage.output)
      guard parameters > 0 else { return nil }
      let products = Double(outline.multiplyAccumulates(of: stage.layers)) / 1e9
      return ["\(stage.title)", "\(shape.width)x\(shape.height)x\(shape.channels)", "\(Number(Double(parameters)))", "\(Number(products, places: 2, .rounded))"]
    }
    return .table(
      DisplayTable(
        title: "\(network.form.words), \(stage.rawValue)",
        columns: [.init("stage", .left), .init("output at \(size)"), .init("parameters"), .init("GMAC")], rows: rows,
        remarks: [
          "parameters: \(model.inferenceParameterCount) at inference, \(model.trainingParameterCount) in training",
          "multiplications with addition at \(size.description): \(Number(cost.inference / 1e9, places: 2, .rounded)) G at inference, \(Number(cost.forward / 1e9, places: 2, .rounded)) G in training",
        ]))
  }

  static func phrase(of training: ModelValue.Training) -> Phrase {
    let record = training.record, epoch = training.epoch ?? record.epochs
    var phrase: Phrase = "\(record.form.words), \(record.epochs) \(record.epochs == 1 ? "epoch" : "epochs") of \(counted(record.stepsPerEpoch, "step")), \(record.batch) images of \(record.size) a step"
    if let precision = record.precision { phrase = "\(phrase), in \(precision.rawValue)" }
    guard let last = training.last else { return phrase }
    phrase = "\(phrase)\nepoch \(epoch): loss \(Figures.phrase(last[.segmentation]) { Figures.loss($0, .segmentation) })"
    for term in Objectives.terms where term != .segmentation {
      if let loss = last[term] { phrase = "\(phrase), \(term.label) \(Figures.loss(loss, term))" }
    }
    if let score = last.meanIoU {
      phrase = "\(phrase), mIoU \(Figures.meanIoU(score)) %"
    } else if record.isValidated == true {
      phrase = "\(phrase), mIoU -: no pixel of the validation images has a label"
    }
    return phrase
  }
}
