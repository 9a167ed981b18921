import Adaptation
import Language
import Segmentation
import Storage
import Tensors
import Workbench

struct LoadWeights: Command {
  static let name = "load weights"
  static let summary = "Take weights from a safetensors file, by their published names: a whole network, or the backbone alone."
  static let category = Category.models
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["safetensors", "pretrained", "checkpoint", "import", "imagenet"]
  static let examples = [Example("load weights \"none.safetensors\"", fails: "none.safetensors", after: ["build model bisenet width=1/8"])]

  static let seeAlso = ["build model", "save", "train"]

  @Path("a safetensors file", positional: true) var from: Location
  @Input("the network that takes them; what the file does not hold stays", latest: .start) var into: ModelValue

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
    guard let network = try into.networks().first else { preconditionFailure("a model has a network") }
    _ = try pointing(at: $from) { try read(for: network, context) }
    return ModelValue(content: .weights(SegmentationModel(network: network, weights: network.initialWeights(seed: context.seed)), .loaded))
  }

  func run(_ context: Context) throws -> ModelValue { try pointing(at: $from) { try loaded(context) } }

  private func loaded(_ context: Context) throws -> ModelValue {
    guard let base = try into.models().first else { preconditionFailure("a model has a network") }
    let (file, sources) = try read(for: base.network, context)
    let weights = try Weights(layout: base.network.layout) { entry in
      guard let name = sources[entry.name] else { return base.weights.tensor(entry).values }
      return try checked(file.values(name, shape: entry.shape), of: entry, name)
    }
    context.note("took \(sources.count) of the network's \(base.network.layout.entries.count) parameters")
    return ModelValue(content: .weights(SegmentationModel(network: base.network, weights: weights), .loaded))
  }

  /// Looks at the head of the file, which says whether the rest is worth reading.
  private func refuseOtherFiles(_ context: Context) throws {
    let start = try context.fileSystem.read(from.path, first: Safetensors.startLength), size = Int(context.fileSystem.info(from.path)?.size ?? 0)
    let head = try context.fileSystem.read(from.path, first: try Safetensors.headLength(start, of: size, from: from.text))
    try Safetensors.check(head: head, of: size, from: from.text)
    // Its bytes, its tensors, and the network's weights.
    try context.requireMemory(MemoryNeed([("the file", 3 * Int64(size))], at: $from, remedy: MemoryNeed.moreMemory))
  }

  /// The file, and which of its names is which parameter of the network; all of them must be the network's.
  private func read(for network: Network, _ context: Context) throws -> (file: Safetensors, sources: [String: String]) {
    try refuseOtherFiles(context)
    let bytes = try context.fileSystem.read(from.path)
    if let known = context.recipe?.ingredients["file"], known != contentDigest(bytes) {
      throw Diagnostic("\(from.text) changed while it was read", at: $from, remedy: "type the statement again when it has been written")
    }
    let file = try Safetensors(decoding: bytes, from: from.text)
    let selection = PublishedSelection(file.names, by: network.publishedNames)
    let sources = Dictionary(uniqueKeysWithValues: selection.taken.map { ($0.name, $0.inFile) })
    if let second = selection.clashing.first, case .parameter(let name) = network.publishedNames[second] {
      throw Diagnostic(
        "\(from.text) holds \(sources[name] ?? name) and \(second), which name one parameter", at: $from,
        remedy: "leave one of them out of the file" + (selection.clashing.count > 1 ? "; \(selection.clashing.count - 1) more names clash" : ""))
    }
    let strays = Set(sources.keys).subtracting(network.layout.entries.map(\.name))
    guard strays.count < sources.count else {
      throw Diagnostic("\(from.text) holds no parameter of this network", at: $from, remedy: "names are expected as published, for example cp.backbone.features.0.conv.weight")
    }
    if let stray = strays.min() {
      throw Diagnostic("\(from.text) holds \(stray), which this network does not have", at: $from, remedy: "build the network with the width and spatial path of the file")
    }
    return (file, sources)
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
