import Imaging
import Language
import Scenes
import Workbench

struct Show: Command {
  static let summary = "Pictures of values side by side: images with their labels, what fda does, what models predict and how sure they are."
  static let category = Category.judging
  static let isStored = false
  static let usesSeed = false
  static let isRemembered = false
  static let naming = Naming.optional
  static let searchTerms = [
    "verify",
    "look", "view", "picture", "display", "overlay", "triptych", "png", "contact sheet", "confidence", "entropy", "errors", "mistakes", "discriminator", "map",
  ]
  static let examples = [
    Example("show d.source d.target", shows: .image, after: ["d = load dataset"]),
    Example("show d.source count=12 what=overlay", shows: .image, after: ["d = load dataset"]),
    Example("show t on=few.val[0] what=confidence", shows: .image, after: Samples.trained),
    Example("show f[0]", shows: .image, after: ["d = load dataset", "f = fda d.source"]),
    Example("show f[0] crop=128x64 epoch=3", shows: .image, after: ["d = load dataset", "f = fda d.source"]),
    Example("show t@1 t on=few.val[0]", shows: .image, after: Samples.trained),
    Example("show t on=few.val[0] what=entropy", shows: .image, after: Samples.trained),
    Example("show t on=few.val[0] what=errors", shows: .image, after: Samples.trained),
    Example("show a on=few.val[0] what=discriminator", shows: .image, after: Samples.adversarial),
    Example("show t on=few.val[0] what=discriminator", fails: "without toward=", after: Samples.trained),
    Example("show few what=errors", fails: "models", after: Samples.data),
    Example("show m", fails: "on=", after: Samples.built),
  ]

  /// What is to be seen of each image. Of a dataset the first three, of models all.
  enum What: String, CaseIterable, Sendable, ExplainedChoice {
    case image, label, overlay, prediction, confidence, entropy, errors, discriminator

    var explanation: String {
      switch self {
      case .image: "the image alone"
      case .label: "its label alone"
      case .overlay: "the label, or the prediction, over the image"
      case .prediction: "the most probable class"
      case .confidence: "the probability of the most probable class"
      case .entropy: "how evenly the classes share the probability, 0...1"
      case .errors: "where the prediction is wrong"
      case .discriminator: "where the discriminator takes the output for a target's"
      }
    }

    /// Whether it needs no model.
    var isOfData: Bool { self == .image || self == .label || self == .overlay }
  }

  @Inputs("datasets, images, tensors; models with on=") var values: [any Value]
  @Input("the images that models predict") var on: DatasetValue?
  @Choice("what to show of each image; by default image, label and both, or what a model predicts") var what: What?
  @Setting("how many images of a dataset; more than 4 are a contact sheet", in: 1...64) var count = 4
  @Setting("of a dataset: random windows of this size, as train cuts them; by default whole images", in: 32...8192) var crop: PixelSize?
  @Setting("of a dataset: the training epoch whose random draws are shown; 1", in: 1...1_000_000) var epoch: Int?
  @Path("a PNG file for the picture at full size, with titles and a legend", .writing) var to: Location?

  func check(_ context: Context) throws {
    if models.isEmpty { try checkPictures() } else { try checkPredictions() }
    guard let to else { return }
    guard to.fileExtension == ".png" else { throw Diagnostic("a picture is written as PNG, not '\(to.text)'", at: $to, remedy: "end the name in .png") }
    try context.checkWritable(to, at: $to)
  }

  func memory(_ context: Context) throws -> MemoryNeed? { models.isEmpty ? try pictureMemory() : try predictionMemory() }

  /// Datasets are shown as they are trained on, and as they are evaluated where models predict.
  func drawsNumbers(_ context: Context) -> Bool {
    on?.isDrawnInEvaluation ?? false || values.contains { ($0 as? DatasetValue)?.isDrawn ?? false }
  }

  func run(_ context: Context) throws -> ImageValue { models.isEmpty ? try pictures(context) : try predictions(context) }

  private var models: [ModelValue] { values.compactMap { $0 as? ModelValue } }

  func deliver(_ result: ImageValue, _ context: Context) throws {
    guard let to else { return }
    try context.write(PNG.encode(result.lettered ?? result.image), to: to, at: $to)
    context.note("written: \(to.text)")
  }

  /// Rows of datasets below one another, single pictures side by side.
  private func pictures(_ context: Context) throws -> ImageValue {
    var figure = Figure(rows: []), captions: [Phrase] = [], singles: [Figure.Panel] = []
    func flush() {
      figure.rows += singles.inRows(of: singles.count > 4 ? 3 : 4)
      singles = []
    }
    for (value, operand) in zip(values, $values) {
      switch value {
      case let data as DatasetValue:
        flush()
        let gallery = try gallery(data, operand, seed: context.seed)
        let part = try gallery.figure(count: count) { done, total in
          try context.step(Progress(fraction: Double(done) / Double(total), stage: "\(operand.text), image \(done) of \(total)"))
        }
        figure.rows += part.figure.rows
        figure.keys.merge(part.figure.keys)
        captions.append("\(operand.text): \(part.caption)")
        if let remark = part.remark { context.note(remark) }
      case let image as ImageValue:
        singles.append(.init(operand.text, image.image))
        figure.keys.merge(image.caption.keys)
        captions.append("\(operand.text): \(image.caption.withoutKeys)")
      case let tensor as TensorValue:
        singles.append(.init(operand.text, tensor.picture))
        figure.keys.merge(tensor.caption.keys)
        captions.append("\(operand.text): \(tensor.caption.withoutKeys)")
      default: preconditionFailure("check has seen that it has a picture")
      }
    }
    flush()
    return ImageValue(figure, caption: captions.dropFirst().reduce(captions[0]) { "\($0); \($1)" })
  }

  private func predictions(_ context: Context) throws -> ImageValue {
    guard let on else { preconditionFailure("check has seen that there is on=") }
    let data = try dataset(on, $on), what = what ?? .prediction, shown = min(count, data.count)
    let views = try zip(models, $values).map { try ModelView($0, named: $1, what: what) }
    var samples: [(front: [Figure.Panel], looks: [ModelView.Look])] = [], maps: [IndexMap] = []
    for position in 0..<shown {
      let sample = try data.evaluationSample(position, seed: context.seed)
      let label = sample.label.map { $0.resized(to: sample.image.size) }
      var front = [Figure.Panel("image", sample.image.rounded)]
      if let label {
        front.append(.init("label", LabelColours.picture(of: label)))
        maps.append(label)
      }
      let looks = views.map { $0.look(at: sample, label) }
      maps += looks.map(\.prediction)
      samples.append((front, looks))
      try context.step(Progress(fraction: Double(position + 1) / Double(shown), stage: "predicting image \(position + 1) of \(shown)"))
    }
    let scale = MapScale(what, for: samples.flatMap(\.looks))
    var figure = Figure(rows: [], keys: PictureKeys.classes(of: maps) + scale.keys)
    for (front, looks) in samples {
      let panels = front + zip(views, looks).flatMap { $0.panels($1, on: scale) }
      figure.rows += panels.inRows(of: panels.count <= 4 ? 4 : what == .prediction || what == .overlay ? 3 : 2)
    }
    let titles = ["image"] + (data.hasLabels ? ["label"] : []) + views.flatMap(\.titles)
    let caption: Phrase = "\($on?.text ?? data.title): \(titles.joined(separator: " | "))"
    return ImageValue(figure, caption: views.compactMap(\.remark).reduce(caption) { "\($0); \($1)" })
  }
}

extension Array {
  /// Cut into rows of at most `count`.
  func inRows(of count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
  }
}

extension [PictureKey] {
  /// Adds what is not there yet.
  mutating func merge(_ others: [PictureKey]) { self += others.filter { !contains($0) } }
}
