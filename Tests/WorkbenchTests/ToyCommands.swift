import Imaging
import Language
import Storage
import Workbench

struct LoadDataset: Command {
  enum Format: String, CaseIterable { case streets, gta5, cityscapes }
  static let name = "load dataset"
  static let summary = "Load images with their labels."
  static let category = Category.data
  static let drawsData = true
  static let isStored = false
  static let examples = [Example("load dataset", shows: .dataset)]
  @Choice("which") var format = Format.streets
  @Path("where its files are", positional: true) var from: Location?
  @Setting("width and height", in: 1...4096) var size: PixelSize?
  @Setting("fail on bad files") var strict = false

  func run(_ context: Context) throws -> Dataset {
    switch format {
    case .streets: Dataset(title: "streets", role: .none, parts: ["source", "target"])
    case .gta5: Dataset(title: "gta5", role: .source, parts: ["train", "val"])
    case .cityscapes: Dataset(title: "cityscapes", role: .target, parts: ["train", "val"])
    }
  }
}

struct BuildModel: Command {
  enum Network: String, CaseIterable { case bisenet, tiny }
  enum Width: String, CaseIterable { case full = "1", half = "1/2", quarter = "1/4" }
  static let name = "build model"
  static let summary = "Build a network."
  static let category = Category.models
  static let isStored = false
  static let examples = [Example("build model bisenet width=1/4", shows: .model)]
  @Choice("its form") var network = Network.bisenet
  @Choice("share of the channels") var width = Width.full

  func run(_ context: Context) throws -> Model { Model(title: network.rawValue, stage: .built) }
}

struct FDA: Command {
  static let summary = "Give images the target's style by swapping low frequencies."
  static let category = Category.data
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["fourier", "style"]
  static let examples = [Example("fda beta=0.05", shows: .dataset, after: ["load dataset"]), Example("fda beta=2", fails: "must lie in 0...0.5", after: ["load dataset"])]
  @Input("images to restyle", latest: .source) var source: Dataset
  @Input("where the style comes from", latest: .target) var toward: Dataset
  @Setting("half the window's side over the shorter image side", in: 0...0.5) var beta = 0.01

  func run(_ context: Context) throws -> Dataset { Dataset(title: "fda(\(source.title))", role: source.role, parts: ["train", "val"]) }
}

struct Augment: Command {
  static let summary = "Change colours at random."
  static let category = Category.data
  static let isStored = false
  @Input("images", latest: .source) var source: Dataset
  @Setting("how often", in: 0...1) var flip = 0.5
  @Setting("factors of contrast", in: 0...10) var contrast = 0.5...1.5

  func run(_ context: Context) throws -> Dataset { Dataset(title: "augment(\(source.title))", role: source.role, parts: ["train", "val"]) }
}

struct Train: Command {
  static let summary = "Train a network."
  static let category = Category.models
  static let searchTerms = ["learn", "fit"]
  @Input("the network to start from", latest: .built) var model: Model
  @Input("labelled images", latest: .sourceTrain, check: { $0.parts.isEmpty ? nil : "train needs one part of a dataset, such as .train" }) var on: Dataset
  @Input("the domain to adapt to") var toward: Dataset?
  @Input("evaluated every epoch", usually: .targetVal) var validate: Dataset?
  @Setting("passes over the images", in: 1...1000) var epochs = 10
  @Setting("learning rate", in: 0...1) var lr: Double?

  func run(_ context: Context) throws -> Model {
    for epoch in 1...epochs { try context.step(Progress(fraction: Double(epoch) / Double(epochs), stage: "epoch \(epoch)/\(epochs)", milestone: true)) }
    return Model(title: "trained", stage: .trained, loss: 1 / Double(epochs) + Double(context.seed) * 0.001, kept: ["1", "\(epochs)", "best"])
  }
}

struct Ensemble: Command {
  static let summary = "Average the predictions of models."
  static let category = Category.models
  static let usesSeed = false
  @Inputs("models", latest: .allTrained) var models: [Model]
  func run(_ context: Context) throws -> Model { Model(title: "ensemble of \(models.count)", stage: .ensemble) }
}

struct PseudoLabel: Command {
  static let summary = "Label images by what a model is sure of."
  static let category = Category.data
  @Input("the judge", latest: .judged) var model: Model
  @Input("images", latest: .targetTrain) var on: Dataset
  static let isStored = false
  func run(_ context: Context) throws -> Dataset { Dataset(title: "pseudo", role: .pseudo, parts: ["train", "val"]) }
}

struct IoU: Command {
  static let summary = "Judge models by intersection over union."
  static let category = Category.judging
  static let searchTerms = ["mean", "score"]
  static let usesSeed = false
  @Inputs("models to evaluate", latest: .judged) var models: [Model]
  @Input("labelled images", latest: .targetVal) var on: Dataset
  func run(_ context: Context) throws -> Scores { Scores(names: [], miou: 40 + models[0].loss) }
  func presented(_ result: Scores, _ context: Context) -> Scores { Scores(names: $models.map(\.text), miou: result.miou) }
}

struct Show: Command {
  static let summary = "Show values."
  static let category = Category.judging
  static let naming = Naming.none
  static let isStored = false
  @Inputs("anything") var values: [any Value]
  @Path("a file for what is shown", .writing) var to: Location?
  func check(_ context: Context) throws { if let to { try context.checkWritable(to, at: $to) } }
  func run(_ context: Context) throws -> String { values.map { TranscriptLayout.lines($0.display).map(\.text).joined() }.joined(separator: " | ") }
  func deliver(_ result: String, _ context: Context) throws { if let to { try context.write(Array(result.utf8), to: to, at: $to) } }
}

/// Counts to its goal, and remembers in its workspace how far it came.
struct Slow: Command {
  static let summary = "Count, and go on where an interrupt stopped it."
  static let category = Category.models
  @Setting("how far", in: 1...1000) var goal = 10
  func run(_ context: Context) throws -> Model {
    var count = context.workspace.contains("count") ? Int(String(decoding: try context.workspace.read("count"), as: UTF8.self))! : 0
    if count > 0 { context.note("continues at \(count)") }
    while count < goal {
      count += 1
      try context.workspace.write("count", Array(String(count).utf8))
      try context.step(Progress(fraction: Double(count) / Double(goal), stage: "\(count)"))
    }
    return Model(title: "counted \(count)", stage: .trained)
  }
}

/// Its recipe holds what the file holds, not where it lies.
struct ReadFile: Command {
  static let name = "load weights"
  static let summary = "Read a file."
  static let category = Category.models
  @Path("the file") var from: Location
  func ingredients(_ context: Context) throws -> [String: String] { ["file": try context.hashes.sha256(of: from.path)] }
  func run(_ context: Context) throws -> Model {
    Model(title: String(decoding: try context.fileSystem.read(from.path), as: UTF8.self), stage: .built)
  }
}
