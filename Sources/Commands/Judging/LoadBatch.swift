import Adaptation
import Imaging
import Language
import Scenes
import Workbench

struct LoadBatch: Command {
  static let name = "load batch"
  static let summary = "What a network sees in one step of training: its images and labels, and where each comes from."
  static let category = Category.judging
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["verify", "step", "order", "crop", "window", "partner", "inspect", "debug", "minibatch"]
  static let examples = [
    Example("load batch t step=2", shows: "batch", after: Samples.trained),
    Example("load batch few.train batch=2 crop=32x32 step=3", shows: "batch", after: Samples.data),
    Example("load batch t step=3", fails: "took 2 steps", after: Samples.trained),
    Example("load batch few.train batch=9", fails: "larger than", after: Samples.data),
  ]

  @Input("a trained model, or the images to train on", latest: .latest("the latest trained model") { value, _ in (value as? ModelValue)?.stage == .trained })
  var of: any Value
  @Setting("which step, counted from 1 since training began", in: 1...1_000_000_000) var step = 1
  @Input("of images: those of the target, as train's") var toward: DatasetValue?
  @Input("of images: those with pseudo-labels, as train's") var pseudo: DatasetValue?
  @Setting("of images: how many a step; 8, or 2 with toward=", in: 2...256) var batch: Int?
  @Setting("of images: size of the random windows; 1024x512", in: 32...8192) var crop: PixelSize?

  static let seeAlso = ["train", "show", "save"]

  func check(_ context: Context) throws {
    guard of is ModelValue || of is DatasetValue else {
      throw Diagnostic("\($of?.text ?? "this") is \(of.kind.withArticle), which is not trained on", at: $of?.range, remedy: "name a trained model, or the images to train on")
    }
    let inputs = try inputs(context)
    if of is ModelValue {
      let settings = [("toward", $toward?.range), ("pseudo", $pseudo?.range), ("batch", $batch), ("crop", $crop)]
      if let (name, range) = settings.first(where: { $0.1 != nil }) {
        throw Diagnostic("\($of?.text ?? "the model") was trained with a \(name)= of its own", at: range, remedy: "leave it out, or name images in place of the model")
      }
    }
    try checkData(inputs.data)
    if let steps = inputs.steps, step > steps {
      throw Diagnostic("\($of?.text ?? "the model") took \(counted(steps, "step"))", at: $step, remedy: "choose step=\(steps) or less")
    }
  }

  /// What `train` would refuse too.
  private func checkData(_ data: TrainingData) throws {
    for (stream, operand) in zip(data.streams, [$of] + [$toward, $pseudo].compactMap(\.self)) {
      guard stream.batch <= stream.dataset.count else {
        throw Diagnostic("a batch of \(stream.batch) images is larger than the \(stream.dataset.count) of \(operand?.text ?? stream.dataset.title)", at: $batch ?? operand?.range, remedy: "choose a smaller batch=")
      }
      try pointing(at: operand?.range) { try BatchReader.checkSizes(stream.dataset, data.crop) }
    }
  }

  /// A training has its own seed.
  func drawsNumbers(_ context: Context) -> Bool { of is DatasetValue }

  /// Classes are not looked for: labels may be outlines.
  func outline(_ context: Context) throws -> BatchValue? {
    let inputs = try inputs(context)
    var data = inputs.data
    data.rare = nil
    return try batch(of: data, seed: inputs.seed)
  }

  /// Images are read when they are looked at.
  func run(_ context: Context) throws -> BatchValue {
    let inputs = try inputs(context)
    return try pointing(at: $of?.range) { try batch(of: inputs.data, seed: inputs.seed) }
  }

  private func batch(of data: TrainingData, seed: UInt64) throws -> BatchValue {
    let streams = try data.streams.map { stream in
      var order = try data.order(of: stream, seed: seed)
      return BatchValue.Stream(name: stream.name, dataset: stream.dataset, picks: try order.batch(step - 1))
    }
    return BatchValue(streams: streams, step: step, epoch: (step - 1) / data.stepsPerEpoch + 1)
  }

  private func inputs(_ context: Context) throws -> TrainingInputs {
    if let model = of as? ModelValue {
      guard case .training(let training) = model.content, let inputs = training.inputs else {
        throw Diagnostic("\($of?.text ?? "this") is \(model.stage.rawValue), and only a trained model has seen images", at: $of?.range, remedy: "name a trained model, or the images to train on")
      }
      return inputs
    }
    guard let images = of as? DatasetValue else { preconditionFailure("check has seen what it is of") }
    let data = TrainingData(
      on: try labelled(images, $of, for: "train on"), toward: try toward.map { try dataset($0, $toward) },
      pseudo: try pseudo.map { try labelled($0, $pseudo, for: "train on") }, batch: batch ?? Train.defaultBatch(hasTarget: toward != nil), crop: crop ?? Train.defaultCrop)
    return TrainingInputs(data: data, seed: context.seed, steps: nil)
  }
}

/// What a training reads from, and how.
struct TrainingInputs: Sendable {
  let data: TrainingData
  let seed: UInt64
  /// How many it takes; nil where that is not settled.
  let steps: Int?
}
