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
    let network = model.network, plan = PlanOutline(network, size: size)
    let rows = Stage.all.compactMap { stage -> [Phrase]? in
      guard let row = plan.row(of: stage) else { return nil }
      return ["\(stage.title)", "\(row.output)", "\(Number(Double(row.parameters)))", "\(Number(row.gigaMACs, places: 2, .rounded))"]
    }
    return .table(
      DisplayTable(
        title: "\(NetworkForm(network).words), \(stage.rawValue)",
        columns: [.init("stage", .left), .init("output at \(size)"), .init("parameters"), .init("GMAC")], rows: rows,
        remarks: [
          "parameters: \(model.inferenceParameterCount) at inference, \(model.trainingParameterCount) in training",
          "multiplications with addition at \(size.description): \(Number(plan.inference, places: 2, .rounded)) G at inference, \(Number(plan.training, places: 2, .rounded)) G in training",
        ]))
  }

  static func phrase(of training: ModelValue.Training) -> Phrase {
    let record = training.record, epoch = training.epoch ?? record.epochs
    var phrase: Phrase = "\(record.form.words), \(record.epochs) \(record.epochs == 1 ? "epoch" : "epochs") of \(counted(record.stepsPerEpoch, "step")), \(record.batch) images of \(record.size) a step"
    if let precision = record.precision { phrase = "\(phrase), in \(precision.rawValue)" }
    guard let last = training.last else { return phrase }
    phrase = "\(phrase)\nepoch \(epoch): loss \(Figures.phrase(last.segmentation, Figures.loss))"
    if let loss = last.pseudo { phrase = "\(phrase), on pseudo-labels \(Figures.loss(loss))" }
    if let loss = last.adversarial { phrase = "\(phrase), adversarial \(Figures.loss(loss))" }
    if let loss = last.discriminator { phrase = "\(phrase), discriminator \(Figures.loss(loss))" }
    if let score = last.meanIoU {
      phrase = "\(phrase), mIoU \(Figures.meanIoU(score)) %"
    } else if record.isValidated == true {
      phrase = "\(phrase), mIoU -: no pixel of the validation images has a label"
    }
    return phrase
  }

  /// A stage of the network: the layers whose names begin so.
  struct Stage {
    let title: String
    let prefixes: [String]
    /// The layer whose output is the stage's.
    let last: String

    static let all = [
      Stage(title: "spatial path", prefixes: ["sp."], last: "sp.conv_out.bn"),
      Stage(title: "backbone to stride 4", prefixes: ["cp.backbone.features.0.", "cp.backbone.features.1."], last: "cp.backbone.features.1.bn"),
      Stage(title: "backbone to stride 8", prefixes: ["cp.backbone.features.2", "cp.backbone.features.3"], last: "cp.backbone.features.3"),
      Stage(title: "backbone to stride 16", prefixes: ["cp.backbone.features.4", "cp.backbone.features.5"], last: "cp.backbone.features.5"),
      Stage(title: "backbone to stride 32", prefixes: ["cp.backbone.features.6", "cp.backbone.features.7"], last: "cp.backbone.features.7"),
      Stage(title: "attention refinement", prefixes: ["cp.arm"], last: "cp.arm16"),
      Stage(title: "context path, up to stride 8", prefixes: ["cp.average", "cp.conv_avg", "cp.sum", "cp.up", "cp.conv_head"], last: "cp.conv_head16.bn"),
      Stage(title: "feature fusion", prefixes: ["ffm"], last: "ffm.out"),
      Stage(title: "output", prefixes: ["conv_out."], last: "conv_out.conv_out"),
      Stage(title: "auxiliary outputs, training only", prefixes: ["conv_out16.", "conv_out32."], last: "conv_out16.conv_out"),
    ]
  }

  /// Shapes and counts of a network at a size, without its memory.
  private struct PlanOutline {
    let network: BiSeNet
    let outline: Outline
    let training: Double

    init(_ network: BiSeNet, size: PixelSize) {
      self.network = network
      outline = Outline(network.graph, sizes: [network.images: MapShape(1, size.height, size.width, 3)])
      training = Double(outline.multiplyAccumulates(where: { _ in true })) / 1e9
    }

    var inference: Double {
      Double(outline.multiplyAccumulates { !$0.hasPrefix("conv_out16.") && !$0.hasPrefix("conv_out32.") }) / 1e9
    }

    func row(of stage: Stage) -> (output: String, parameters: Int, gigaMACs: Double)? {
      func isIn(_ name: String) -> Bool { stage.prefixes.contains(where: name.hasPrefix) }
      guard let last = network.graph.node(named: stage.last) else { return nil }
      let shape = outline.shape(last)
      let parameters = network.layout.entries.reduce(0) { $0 + ($1.kind.isTrained && isIn($1.name) ? $1.count : 0) }
      guard parameters > 0 else { return nil }
      return ("\(shape.width)x\(shape.height)x\(shape.channels)", parameters, Double(outline.multiplyAccumulates(where: isIn)) / 1e9)
    }
  }
}
