import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

// What `explain train …` says.
extension Train {
  func derived(_ context: Context) throws -> [String: String] {
    let data = try data(), window = Train.window(data)
    var derived = ["batch": "\(data.batch)", "lr": lr.map(Literal.spelled) ?? rateWords]
    if toward != nil, method == nil { derived["method"] = targetMethod.rawValue }
    if toward != nil { derived.merge(targetMethod.declaration.derived(epochs * data.stepsPerEpoch)) { $1 } }
    if let target = data.streams.first(where: { $0.name == .target }) {
      let size = data.window(of: target.dataset)
      derived["targetbatch"] = "\(target.batch)"
      derived["block"] = "\(self.target.block ?? MaskedConsistency.block(for: size))"
    }
    if window != crop { derived["crop"] = "\(window), the whole image where a side is smaller" }
    return derived
  }

  private var rateWords: String {
    Literal.spelled(usualRate) + (model.stage == .built ? ", for the network was built from nothing" : "")
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let data = try data(), network = try network(), window = Train.window(data), cost = NetworkCost(network, images: data.batch, of: window)
    let judge = try validate.map { try labelled($0, $validate, for: "evaluate against") }
    var lines: [Phrase] = [
      "\(counted(epochs, "epoch")) of \(counted(data.stepsPerEpoch, "step")), \(data.batch) images of \(window.description) a step: \(epochs * data.stepsPerEpoch) steps"
    ]
    var sources: [String] = ["\($on?.text ?? data.on.title)"]
    if let toward = data.toward { sources.append("\($toward?.text ?? toward.title) for the \(targetMethod.noun)") }
    if let pseudo = data.pseudo { sources.append("\($pseudo?.text ?? pseudo.title) with pseudo-labels") }
    if let count = data.targetBatch, count != data.batch {
      lines.append("each step reads \(zip(data.streams, sources).map { "\($0.batch) of \($1)" }.joined(separator: ", "))")
    } else if sources.count > 1 {
      lines.append("each step reads as many of \(sources.joined(separator: ", of "))")
    }
    if let profile { lines.append(profile.words(presets)) }
    if let words = shardWords(data) { lines.append(words) }
    if let words = try samplingWords(data) { lines.append("\(words)") }
    let styles = data.on.style(at: 0).styles.compactMap { ($0 as? FourierStyle)?.adaptation.describe(window) }
    if !styles.isEmpty { lines.append("fda \(styles.joined(separator: ", then ")) of what a step sees") }
    if data.on.style(at: 0).styles.contains(where: { $0 is ColourStyle }) { lines.append("lab takes the colours of what a step sees") }
    lines.append("a step, there and back, is about \(gigaMACs(stepCost(network, data)))")
    if let slowness { lines.append("\(slowness)") }
    if let missingDiscriminator { lines.append("\(missingDiscriminator)") }
    if let judge { lines.append("evaluated after every epoch on the \(counted(judge.count, "image")) of \($validate?.text ?? judge.title)") }
    lines.append("checkpoints: \(counted(min(epochs, epochs / every + 3), "epoch")) at most, \(megabytes(Int64(cost.trainingWeights / 3))) each")
    return lines
  }

  /// What is drawn more often; nil where images come one after the other, or labels are not there yet.
  private func samplingWords(_ data: TrainingData) throws -> String? {
    guard data.rare != nil else { return nil }
    let choices = ((try? data.sampling(of: data.streams[0]))?.choices ?? []).sorted { ($1.probability, $0.id) < ($0.probability, $1.id) }
    let words = choices.prefix(5).map { choice in
      let name = CityscapesClass.all.first { Int($0.trainID) == choice.id }?.name ?? "\(choice.id)"
      return "\(name) \(percent(choice.probability)) (\(percent(choice.frequency)) of pixels, \(counted(choice.images.count, "image")))"
    }
    let rest = choices.count > 5 ? ", \(counted(choices.count - 5, "other class", "other classes"))" : ""
    return "each image is drawn for a class, and a window that holds it" + (words.isEmpty ? "" : ": \(words.joined(separator: ", "))\(rest)")
  }

  private func percent(_ share: Double) -> String { "\(Literal.spelled((1000 * share).rounded() / 10)) %" }

  /// Where a precision is chosen for nothing.
  var slowness: String? {
    precision == .bfloat16 && !Threads.multipliesBFloat16 ? "this processor has no instructions for bf16: results are the same, but f32 is quicker" : nil
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let judge = try validate.map { try labelled($0, $validate, for: "evaluate against") }
    let share = try data().share(of: context.belongings.peers.count)
    return MemoryNeed(NetworkMemory.training(try network(), share, objectives, judge: judge), at: $batch ?? $crop, remedy: "a smaller crop=, batch= or width= needs less")
  }

  /// What becomes of the discriminator where the model had one and it is gone, or serves another adversary.
  var missingDiscriminator: String? {
    guard objectives.contains(where: { $0 is AdversarialObjective }), case .training(let training) = model.content, training.record.has(AdversarialObjective.self) else { return nil }
    if training.record.adversary != adversaryForm { return "the discriminator of an adversary of another kind is of no use here: training starts with a new one" }
    guard let epoch = training.epoch else { return nil }
    return "a discriminator is kept for the last epoch only, so that from epoch \(epoch) training starts with a new one"
  }

  func work(_ context: Context) throws -> Work? {
    let data = try data(), network = try network()
    let judged = try validate.map { try labelled($0, $validate, for: "evaluate against") }
    var unit = "a training step of \(network.form.words), \(data.batch) images of \(Train.window(data))"
    if data.toward != nil { unit += ", \(targetMethod.nounWithArticle)" }
    if let count = data.targetBatch, count != data.batch { unit += " on \(counted(count, "image"))" }
    if losses.loss == .ohem { unit += ", hard pixels" }
    if data.pseudo != nil { unit += ", pseudo-labels" }
    if precision != .float32 { unit += ", \(precision.rawValue)" }
    if shards > 1 { unit += ", in \(shards) shards" }
    if let judged { unit += ", \(counted(judged.count, "image")) evaluated every \(counted(data.stepsPerEpoch, "step"))" }
    let judging = judged.map { Double($0.count) * NetworkCost(network, of: $0.sizes[0]).inference / Double(max(1, data.stepsPerEpoch)) } ?? 0
    return Work(epochs * data.stepsPerEpoch, of: unit, multiplyAccumulates: stepCost(network, data) + judging)
  }

  private func stepCost(_ network: Network, _ data: TrainingData) -> Double {
    let shape = data.shape(for: network), objectives = objectives
    let passes = Set(objectives.flatMap(\.streams)).compactMap { shape.batch(of: $0) }.map {
      NetworkCost(network, images: $0.images, of: PixelSize($0.width, $0.height)).trainingStep
    }
    return objectives.reduce(passes.reduce(0, +)) { $0 + $1.cost(of: shape).multiplyAccumulates }
  }

  func network() throws -> Network {
    guard let network = try model.networks().first else { preconditionFailure("a model has a network") }
    return network
  }
}
