import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

struct Train: Command {
  static let summary = "Train a network on labelled images; toward= adapts it to a target, pseudo= adds pseudo-labels: the paper's equation (7)."
  static let category = Category.models
  static let isStored = true
  static let fillsWorkspace = true
  static let isShared = true
  static let fields: [(name: String, help: String)] = [
    ("loss", "the segmentation loss of its last epoch; beside it \(TrainingFigure.allCases.dropFirst().map { ".\($0.fieldName)" }.joined(separator: ", ")), as far as there are any"),
    ("backbone", "the weights of its backbone; save NAME.backbone to=FILE.safetensors or .pt"),
    ("history", "the figures of every epoch; save NAME.history to=FILE.csv or .json writes them in full"),
    ("state", "weights, momentum, Adam moments and the step, of the last epoch; save NAME.state to=FILE.safetensors"),
    ("discriminator", "with an adversary: its weights; save NAME.discriminator to=FILE.safetensors"),
    ("layers", "every layer by the name that features takes, with the size of its output"),
  ]
  static let searchTerms = ["verify", "learn", "fit", "sgd", "adversarial", "discriminator", "epochs", "adapt", "bfloat16", "bf16", "fast", "tensorboard", "curves", "mpi", "cluster", "processes", "rare", "sampling", "imbalance", "ohem", "masked", "mic"]
  static let examples = [
    Example("train m on=few.train batch=2 epochs=1", shows: .model, after: Samples.built),
  ] + methodExamples + [
    Example("train m on=few.train batch=2 epochs=1 rare=0.01 loss=ohem", shows: .model, after: Samples.built),
    Example("train m on=few.train toward=d.target.train targetbatch=4 auxiliary=0.0002 discriminator=light epochs=1", shows: .model, after: Samples.built),
    Example("train m on=few.train toward=d.target.train method=teacher masked=1 epochs=1", shows: .model, after: Samples.built),
    Example("train m on=few.train batch=2 epochs=2 profile=repo", shows: .model, after: Samples.built),
    Example("train m on=few.train batch=2 epochs=1 precision=bf16", shows: .model, after: Samples.built),
    Example("train m on=few.train batch=2 epochs=1 shards=2", shows: .model, after: Samples.built),
    Example("train m on=few.train batch=2 epochs=1 log=runs", shows: .model, after: Samples.built),
    Example("train m on=few.train batch=9", fails: "larger than", after: Samples.built),
  ]

  @Input("the network to start from", latest: .start) var model: ModelValue
  @Input("labelled images; an epoch is one pass over them", latest: .sourceTrain) var on: DatasetValue
  @Input("images of the target, which method= adapts the output to; their labels are not looked at") var toward: DatasetValue?
  @Input("target images with pseudo-labels, whose loss is added") var pseudo: DatasetValue?
  @Input("labelled images on which every epoch is evaluated", usually: .labelledTargetVal) var validate: DatasetValue?
  @Setting("passes over the images", in: 1...10_000) var epochs = 25
  @Setting("images a step; 8, or 2 with toward=; batch normalisation needs two", in: 2...256) var batch: Int?
  @Setting("images of the target a step; as many as batch=", in: 2...256) var targetbatch: Int?
  @Setting("draw images by their classes, rare ones more often, at this temperature (DAFormer's is 0.01); by default each image comes once an epoch", in: 0.001...100)
  var rare: Double?
  @Setting("size of the random windows that are cut out; a smaller side is taken whole", in: 32...8192) var crop = Train.defaultCrop
  @Setting("SGD's first rate; 0.01, or 0.05 for a network that was built from nothing", in: 0...10) var lr: Double?
  @Setting("momentum", in: 0...0.999) var momentum = 0.9
  @Setting("weight decay", in: 0...1) var decay = 1e-4
  @Setting("exponent of the poly schedule, for both networks", in: 0...10) var power = 0.9
  @Choice("how often both networks' rates fall") var schedule = RateSchedule.step
  @Choice("what toward= adds; adversary") var method: TargetMethod?
  let target = TargetSettings()
  let losses = LossSettings()
  @Choice("bf16 rounds the factors of 1x1 and stride-2 convolutions: quicker where supported")
  var precision = ConvolutionAlgorithms.Precision.float32
  @Setting("weights of every Nth epoch are kept, beside the first, the best and the last", in: 1...10_000) var every = 5
  @Setting("equal parts that each batch is computed in, which several processes can share without a change of the result", in: 1...256) var shards = 1
  @Choice(Profile.summary, for: .display) var profile: Profile?
  @Path("a folder for TensorBoard's event files, written while it trains; each training gets a folder in it, named by its digest", .writing) var log: Location?

  static let foundations = Versions.arithmetic.merging(Versions.network) { $1 }
  static let reference: String? = "the paper, equations (1) to (3) and (7); \(methodSources); Hoyer et al., CVPR 2022 (rare=) and 2023 (masked=); Fan et al., CVPR 2021 (loss=ohem)"
  static let seeAlso = ["build model", "load weights", "fda", "pseudolabel", "plot", "iou"]
  static let defaultCrop = PixelSize(1024, 512)
  static func defaultBatch(hasTarget: Bool) -> Int { hasTarget ? 2 : 8 }
  static let rateFromNothing = 0.05, rateFromWeights = 0.01

  func check(_ context: Context) throws {
    if model.stage == .ensemble { throw Diagnostic("an ensemble cannot be trained", at: $model?.range, remedy: "train one of its models") }
    try checkMethod()
    try checkLosses()
    try checkShards(context.belongings.peers)
    let data = try data(), streams = zip(data.streams, [$on, $toward, $pseudo].compactMap(\.self))
    for (stream, operand) in streams where stream.dataset.count < stream.batch {
      let isOwn = stream.name == .target && targetbatch != nil
      throw Diagnostic(
        "a batch of \(stream.batch) images is larger than the \(stream.dataset.count) of \(operand.text)", at: (isOwn ? $targetbatch : $batch) ?? operand.range,
        remedy: "choose a smaller \(isOwn ? "targetbatch" : "batch")=")
    }
    for (stream, operand) in streams { try pointing(at: operand.range) { try BatchReader.checkSizes(stream.dataset, data.crop) } }
    if let validate { _ = try labelled(validate, $validate, for: "evaluate against") }
    try context.requireSpace(try space())
    try checkLog(context)
  }

  /// What it writes at most at once, in bytes: weights of the kept epochs, and a checkpoint beside the one before it.
  func space() throws -> Int64 {
    let network = try network(), keptEpochs = Int64(epochs / every + 3)
    let weights = Int64(network.layout.trainedCount + network.layout.statisticsCount) * 4, momentum = Int64(network.layout.trainedCount) * 4
    let others = objectives.flatMap { $0.state(for: network) }.reduce(0) { $0 + Int64($1.count) * 4 }
    return weights * keptEpochs + 2 * (weights + momentum + others)
  }

  /// A rate or a batch that is written as it would be by itself trains the same, and so do methods' settings that came later.
  func usual(_ context: Context) -> [String: Literal] {
    Train.fallbacks.filter { Train.additions.contains($0.key) }
      .merging(["batch": usualBatch.literal, "lr": usualRate.literal, "method": .text(TargetMethod.usual.rawValue), "targetbatch": (batch ?? usualBatch).literal]) { $1 }
  }

  private var usualBatch: Int { Train.defaultBatch(hasTarget: toward != nil) }
  var usualRate: Double { model.stage == .built ? Train.rateFromNothing : Train.rateFromWeights }

  func run(_ context: Context) throws -> ModelValue {
    let data = try data()
    let start = try start()
    let judge = try validate.map { try labelled($0, $validate, for: "evaluate against") }
    let job = TrainingJob(
      network: start.network, objectives: objectives, data: data, judge: judge, settings: settings(data), record: record(start.network, data),
      log: context.isFollowing ? nil : try trainingLog(context), peers: context.belongings.peers)
    if let slowness { context.note(slowness) }
    if let missingDiscriminator { context.note(missingDiscriminator) }
    let finished: TrainingRecord
    do {
      finished = try job.run(from: start.weights, after: try earlierState(), context)
    } catch TrainingError.diverged(let step, _) {
      throw Diagnostic("the loss is not a finite number at step \(step + 1)", at: $lr, remedy: "a smaller lr= would help")
    } catch TrainingError.nothingLabelled {
      throw Diagnostic(
        "no pixel of \($on?.text ?? data.on.title) that was read in the first epoch has a label, so that there is nothing to learn", at: $on?.range,
        remedy: "`show \($on?.text ?? "it") what=label` shows what its labels name; a folder's map= says what label values mean")
    } catch let unread as TrainingJob.Unread {
      throw diagnostic(unread)
    }
    return ModelValue(content: .training(.init(record: finished, folder: context.workspace, inputs: try inputs(context))))
  }

  /// The stored weights, with what they were trained on.
  func restore(from folder: Folder, _ context: Context) throws -> ModelValue {
    guard case .training(var training) = try ModelValue.load(from: folder).content else { preconditionFailure("a training is stored as one") }
    training.inputs = try inputs(context)
    return ModelValue(content: .training(training))
  }

  private func inputs(_ context: Context) throws -> TrainingInputs {
    let data = try data()
    return TrainingInputs(data: data, seed: context.seed, steps: epochs * data.stepsPerEpoch)
  }

  /// A file that cannot be read is reported at the dataset that holds it.
  private func diagnostic(_ unread: TrainingJob.Unread) -> Diagnostic {
    let operand = switch unread.error.stream {
    case .source: $on
    case .target: $toward
    case .pseudo: $pseudo
    case .validation: $validate
    }
    let kept = unread.step == 0 ? "" : "; \(counted(unread.step, "step")) are kept, and with the same data the statement goes on from there"
    if let error = unread.error.underlying as? SceneError, error.fault != nil { return Diagnostic(error.description, at: operand?.range, remedy: error.diagnostic.remedy) }
    return Diagnostic("\(unread.error)", at: operand?.range, remedy: "restore the file as it was when the data was loaded, and type the statement again" + kept)
  }

  /// The trained network without its weights: which epochs it keeps, and of what they have figures.
  func outline(_ context: Context) throws -> ModelValue? {
    let data = try data(), objectives = objectives
    let terms = Objectives.terms.filter { term in objectives.contains { type(of: $0).terms.contains(term) && $0.streams.contains(term.stream) } }
    var record = record(try network(), data)
    // Which epoch is best is not known yet: any may be kept for that.
    if validate != nil { record.every = 1 }
    record.history.epochs = (1...epochs).map { epoch in
      .init(epoch: epoch, losses: Dictionary(uniqueKeysWithValues: terms.map { ($0.id, 0) }), meanIoU: validate == nil ? nil : 0)
    }
    return ModelValue(content: .training(.init(record: record, folder: context.workspace, inputs: try inputs(context))))
  }

  func record(_ network: Network, _ data: TrainingData) -> TrainingRecord {
    TrainingRecord(
      form: network.form, epochs: epochs, stepsPerEpoch: data.stepsPerEpoch, batch: data.batch, size: Train.window(data).description,
      every: every, objectives: objectives.map { type(of: $0).name }, adversary: adversaryForm, isValidated: validate == nil ? nil : true, precision: precision == .float32 ? nil : precision)
  }

  func settings(_ data: TrainingData) -> TrainingSettings {
    TrainingSettings(
      rate: Float(lr ?? usualRate), momentum: Float(momentum), decay: Float(decay), power: power, rateStride: schedule == .epoch ? data.stepsPerEpoch : 1, algorithms: .standard.with(precision))
  }

  /// What it is trained for.
  var objectives: [any Objective] {
    let images = on.whole, range = $on?.range
    let frequencies = Lazily { try images.map { images in try pointing(at: range) { try ClassShares(images).frequencies } } ?? [] }
    return [losses.labelled { try frequencies.value }]
      + (pseudo == nil ? [] : [losses.pseudo]) + (toward == nil ? [] : [targetMethod.declaration.make(target)])
  }

  func data() throws -> TrainingData {
    TrainingData(
      on: try labelled(on, $on, for: "train on"), toward: try toward.map { try dataset($0, $toward) },
      pseudo: try pseudo.map { try labelled($0, $pseudo, for: "train on") }, batch: batch ?? usualBatch, targetBatch: toward == nil ? nil : targetbatch, rare: rare, crop: crop,
      shards: shards)
  }

  /// Of the adversary, where it is not the usual one.
  var adversaryForm: AdversaryForm? {
    objectives.lazy.compactMap { ($0 as? AdversarialObjective)?.form }.first { $0 != AdversaryForm() }
  }

  /// What a step sees: the crop, or the image where that is smaller.
  static func window(_ data: TrainingData) -> PixelSize { data.window(of: data.on) }

  private func start() throws -> SegmentationModel {
    guard let start = try model.models().first else { preconditionFailure("a model has a network") }
    return start
  }

  /// What the training that the model comes from kept beside its weights: of its last epoch alone.
  private func earlierState() throws -> Safetensors? {
    guard case .training(let training) = model.content, training.epoch == nil, objectives.contains(where: { !type(of: $0).stateGroups.isEmpty }) else { return nil }
    // A discriminator that read or said something else is none to go on with.
    guard training.record.adversary == adversaryForm else { return nil }
    return try Safetensors(decoding: training.folder.read(TrainingRecord.stateName))
  }
}
