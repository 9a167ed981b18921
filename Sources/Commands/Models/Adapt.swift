import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

struct Adapt: Command {
  static let summary = "Replace a model's batch-norm statistics by those of other images, which need no labels; its weights stay (AdaBN)."
  static let category = Category.models
  static let isStored = true
  static let fillsWorkspace = true
  static let usesSeed = false
  static let fields: [(name: String, help: String)] = [
    ("backbone", "the weights of its backbone; save NAME.backbone to=FILE.safetensors or .pt"),
    ("layers", "every layer by the name that features takes, with the size of its output"),
  ]
  static let searchTerms = ["adabn", "batch norm", "normalisation", "statistics", "running mean", "recalibrate", "control", "bn"]
  static let examples = [
    Example("adapt t on=d.target.train batch=16", shows: .model, after: Samples.trained),
    Example("adapt m on=few.train", shows: .model, after: Samples.built),
    Example("adapt", fails: "nothing to take", after: ["load dataset"]),
  ]

  @Input("the model, whose weights stay as they are", latest: .single) var model: ModelValue
  @Input("images to take the statistics from; their labels are not looked at", latest: .targetTrain) var on: DatasetValue
  @Setting("images that are normalised together, as in training", in: 2...256) var batch = 8

  static let foundations = Versions.arithmetic.merging(Versions.network) { $1 }
  static let reference: String? = "Li et al., Revisiting Batch Normalization for Practical Domain Adaptation, 2016"
  static let seeAlso = ["train", "iou", "ensemble"]

  private static let fileName = "weights.safetensors"

  func check(_ context: Context) throws {
    if model.stage == .ensemble {
      throw Diagnostic("\($model?.text ?? "this") is an ensemble, whose models have statistics of their own", at: $model?.range, remedy: "adapt its models one by one, then name what they become to ensemble")
    }
    let images = try dataset(on, $on)
    guard images.count > 1 else {
      throw Diagnostic("\($on?.text ?? images.title) has 1 image, and statistics need two", at: $on?.range, remedy: "name more images")
    }
    guard images.sizes.count == 1 else {
      throw Diagnostic("the images of \($on?.text ?? images.title) are of \(images.sizeWords), and those of a batch must be of one size", at: $on?.range, remedy: "load the dataset with size=")
    }
  }

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation }

  func explanation(_ context: Context) throws -> [Phrase] {
    let images = try dataset(on, $on), network = try network()
    return [
      "\(remark(images)); weights stay as they are",
      "forward only, \(gigaMACs(NetworkCost(network, of: images.sizes[0]).forward)) an image; labels are not looked at",
    ]
  }

  func work(_ context: Context) throws -> Work? {
    let images = try dataset(on, $on), network = try network(), size = images.sizes[0]
    return Work(images.count, of: "an image of \(size) whose statistics are taken, \(network.form.words)", multiplyAccumulates: NetworkCost(network, of: size).forward)
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let images = try dataset(on, $on), largest = AdaptedStatistics.batches(of: images.count, upTo: batch).map(\.count).max() ?? batch
    return MemoryNeed(NetworkMemory.statistics(try network(), on: images, batch: largest), at: $batch ?? $on?.range, remedy: "a smaller batch= needs less, or load the dataset with a smaller size=")
  }

  /// The network with any weights.
  func outline(_ context: Context) throws -> ModelValue? {
    let network = try network()
    return value(SegmentationModel(network: network, weights: network.initialWeights(seed: context.seed)), try dataset(on, $on))
  }

  func run(_ context: Context) throws -> ModelValue {
    let images = try dataset(on, $on)
    guard let start = try model.models().first else { preconditionFailure("a model has a network") }
    let adapted = try start.adapted(to: images, batch: batch, seed: context.seed) { seen in
      try context.step(Progress(fraction: Double(seen) / Double(images.count), stage: "statistics of \(counted(images.count, "image"))"))
    }
    guard adapted.weights.statistics.allSatisfy(\.isFinite) else {
      throw Diagnostic("the statistics of \($on?.text ?? images.title) are not finite numbers with these weights", at: $model?.range, remedy: "take the weights from before their training diverged")
    }
    try context.workspace.write(Adapt.fileName, Safetensors(adapted.weights.named, metadata: adapted.network.form.metadata).encoded)
    return value(adapted, images)
  }

  func restore(from folder: Folder, _ context: Context) throws -> ModelValue {
    let file = try Safetensors(decoding: folder.read(Adapt.fileName)), network = try network()
    let weights = try Weights(layout: network.layout) { try file.values($0.name, shape: $0.shape) }
    return value(SegmentationModel(network: network, weights: weights), try dataset(on, $on))
  }

  private func value(_ adapted: SegmentationModel, _ images: Dataset) -> ModelValue {
    ModelValue(content: .weights(adapted, .adapted), remark: remark(images))
  }

  private func remark(_ images: Dataset) -> Phrase {
    let batches = AdaptedStatistics.batches(of: images.count, upTo: batch)
    return "batch-norm statistics of \(counted(images.count, "image")) of \(images.sizes[0].description), in \(counted(batches.count, "batch", "batches"))"
  }

  private func network() throws -> Network {
    guard let network = try model.networks().first else { preconditionFailure("a model has a network") }
    return network
  }
}
