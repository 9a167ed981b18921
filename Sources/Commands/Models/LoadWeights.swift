import Adaptation
import Language
import Segmentation
import Storage
import Tensors
import Workbench

struct LoadWeights: Command {
  static let name = "load weights"
  static let summary = "Take weights from a safetensors or PyTorch file, known by its content: a whole network, or the backbone alone."
  static let category = Category.models
  static let isStored = false
  static let usesSeed = false
  static let additions: Set<String> = ["part", "heads", "strict"]
  static let searchTerms = ["safetensors", "pretrained", "checkpoint", "import", "imagenet", "pytorch", "pth", "state_dict", "mmsegmentation", "torchvision"]
  static let fields: [(name: String, help: String)] = [
    ("backbone", "the weights of its backbone; save NAME.backbone to=FILE.safetensors or .pt"),
    ("layers", "every layer by the name that features takes, with the size of its output"),
    ("report", "each parameter and each tensor of the file: taken, missing, left out and why"),
  ]
  static let examples = [
    Example("load weights \"none.safetensors\"", fails: "none.safetensors", after: ["build model bisenet width=1/8"]),
    Example("load weights \"model.pt\"", shows: .model, after: ["m = build model bisenet width=1/8", "save m to=model.pt"]),
  ]

  static let seeAlso = ["build model", "save", "train"]

  @Path("a safetensors file, or what torch.save has written (.pt, .pth, .tar, .bin)", positional: true) var from: Location
  @Input("the network that takes them; what the file does not hold stays", latest: .start) var into: ModelValue
  @Setting("which of a checkpoint's dictionaries, where several fit: \"state_dict\", \"ema\"") var part: String?
  @Choice("where the heads come from") var heads = HeadSource.file
  @Setting("fail where the file holds tensors that the network does not have, or has in another shape, instead of leaving them out") var strict = true

  enum HeadSource: String, CaseIterable, Sendable, ExplainedChoice {
    case file, fresh

    var explanation: String {
      switch self {
      case .file: "from the file, as all else"
      case .fresh: "from the network: for a file of other classes"
      }
    }
  }

  func ingredients(_ context: Context) throws -> [String: String] {
    try pointing(at: $from) {
      try refuseOtherFiles(context)
      return ["file": try context.hashes.sha256(of: from.path)]
    }
  }

  func check(_ context: Context) throws {
    if into.stage == .ensemble { throw Diagnostic("an ensemble takes no weights", at: $into?.range, remedy: "load them into one network") }
  }

  /// The network with some weights, where the file has its parameters.
  func outline(_ context: Context) throws -> ModelValue? {
    let network = try self.network(), found = try pointing(at: $from) { try read(for: network, context) }
    return ModelValue(content: .weights(SegmentationModel(network: network, weights: network.initialWeights(seed: context.seed)), .loaded), report: found.report)
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let found = try pointing(at: $from) { try read(for: network(), context) }
    return (["reads \(found.report.origin)", "takes \(found.report.count)"] + found.report.remarks).map { "\($0)" }
  }

  func run(_ context: Context) throws -> ModelValue { try pointing(at: $from) { try loaded(context) } }

  private func network() throws -> Network {
    guard let network = try into.networks().first else { preconditionFailure("a model has a network") }
    return network
  }

  private func loaded(_ context: Context) throws -> ModelValue {
    guard let base = try into.models().first else { preconditionFailure("a model has a network") }
    let found = try read(for: base.network, context), values = try found.file.values(of: found.taken.map(\.tensor))
    let taken = Dictionary(uniqueKeysWithValues: zip(found.taken, values).map { ($0.entry.name, (values: $1, name: $0.tensor.name)) })
    let weights = try Weights(layout: base.network.layout) { entry in
      guard let (values, name) = taken[entry.name] else { return base.weights.tensor(entry).values }
      return try checked(values, of: entry, name)
    }
    (["took \(found.report.count)"] + found.report.remarks).forEach(context.note)
    return ModelValue(content: .weights(SegmentationModel(network: base.network, weights: weights), .loaded), report: found.report)
  }

  /// Looks at the head of the file, which says whether the rest is worth reading.
  private func refuseOtherFiles(_ context: Context) throws {
    let start = try context.fileSystem.read(from.path, first: WeightsFile.startLength), size = Int(context.fileSystem.info(from.path)?.size ?? 0)
    if WeightsFile.form(of: start) == .safetensors {
      let head = try context.fileSystem.read(from.path, first: try Safetensors.headLength(start, of: size, from: from.text))
      try Safetensors.check(head: head, of: size, from: from.text)
    }
    // Its bytes, its tensors, and the network's weights.
    try context.requireMemory(MemoryNeed([("the file", 3 * Int64(size))], at: $from, remedy: MemoryNeed.moreMemory))
  }

  /// The file, and which of its tensors are which parameters of the network.
  private func read(for network: Network, _ context: Context) throws -> FoundWeights {
    try refuseOtherFiles(context)
    let bytes = try context.fileSystem.read(from.path)
    if let known = context.recipe?.ingredients["file"], known != contentDigest(bytes) {
      throw Diagnostic("\(from.text) changed while it was read", at: $from, remedy: "type the statement again when it has been written")
    }
    let file = try WeightsFile(decoding: bytes, from: from.text)
    try context.requireMemory(MemoryNeed([("what lies compressed in the file", Int64(file.largestInflated))], at: $from, remedy: MemoryNeed.moreMemory))
    let choice = WeightsChoice(file: file, name: from.text, at: $from, part: part, partRange: $part, network: network, hasFreshHeads: heads == .fresh, isStrict: strict)
    return try choice.found()
  }

  /// Numbers that a network can have: a training that ran away leaves others, which would only show in its predictions.
  private func checked(_ values: [Float], of entry: ParameterLayout.Entry, _ name: String) throws -> [Float] {
    let remedy = "take a file from before that training diverged"
    guard values.allSatisfy(\.isFinite) else { throw Diagnostic("\(from.text) holds numbers in \(name) that are not finite", at: $from, remedy: remedy) }
    guard entry.kind != .runningVariance || values.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic("\(from.text) holds variances in \(name) that are negative", at: $from, remedy: remedy)
    }
    return values
  }
}
