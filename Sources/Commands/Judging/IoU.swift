import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

struct IoU: Command {
  static let summary = "Evaluate models by intersection over union, class by class, and its mean (mIoU)."
  static let category = Category.judging
  static let isStored = true
  static let isShared = true
  static let usesSeed = false
  static let fields: [(name: String, help: String)] = [
    ("miou", "the mean over the classes, of the first model; .accuracy is its share of correct pixels; save NAME to=FILE.csv writes every number in full"),
  ]
  static let searchTerms = ["verify", "mean", "miou", "score", "evaluate", "accuracy", "confusion", "jaccard", "table"]
  static let examples = [
    Example("iou t on=few.val", shows: .table, after: Samples.trained),
    Example("iou t t@1 on=few.val bootstrap=200", shows: .table, after: Samples.trained),
    Example("iou t on=few.val classes=16", shows: .table, after: Samples.trained),
    Example("iou", fails: "nothing to take", after: ["load dataset"]),
  ]

  @Inputs("models to evaluate", latest: .judged) var models: [ModelValue]
  @Input("labelled images to evaluate on", latest: .targetVal) var on: DatasetValue

  @Setting("how often as many images are drawn with replacement, for intervals of the means over images; 1000 is usual", in: 100...100_000) var bootstrap: Int?
  @Choice("the classes of the mean", for: .display) var classes = MeanClasses.nineteen
  @Choice("what a class adds to the mean that is neither labelled nor predicted", for: .display) var absent = AbsentClasses.excluded
  @Choice(Profile.summary, for: .display) var profile: Profile?

  static let foundations = Versions.arithmetic
  static let additions: Set<String> = ["bootstrap"]
  static let reference: String? = "intervals: Efron and Tibshirani, 1993, chapter 13"
  static let seeAlso = ["tabulate", "repeat", "train", "ensemble", "diff", "plot", "expect"]

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation || bootstrap != nil }

  var presets: [String: Term] { profile.map { ["absent": Term(word: ($0 == .repo ? AbsentClasses.zero : .excluded).rawValue)] } ?? [:] }

  func check(_ context: Context) throws {
    _ = try labelled(on, $on, for: "evaluate against")
    guard absent == .zero, let range = $bootstrap else { return }
    throw Diagnostic("intervals leave absent classes out of the mean, and this mean counts them as 0", at: range, remedy: "leave out bootstrap=, or write absent=excluded")
  }

  func outline(_ context: Context) throws -> IoUTable? {
    IoUTable(columns: $models.map { IoUTable.Column(title: $0.text, classes: [], meanIoU: 0, accuracy: 0) })
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let data = try labelled(on, $on, for: "evaluate against")
    return (profile.map { [$0.words(presets)] } ?? []) + ["\(counted(data.count, "image")) of \(data.sizeWords) through \(counted(try models.flatMap { try $0.networks() }.count, "network")), \(gigaMACs(try imageCost(data))) an image"]
  }

  func work(_ context: Context) throws -> Work? {
    let data = try labelled(on, $on, for: "evaluate against"), forms = try models.flatMap { try $0.networks() }.map { $0.form.words }
    return Work(data.count, of: "an image of \(data.sizes[0]) evaluated with \(forms.joined(separator: ", "))", multiplyAccumulates: try imageCost(data))
  }

  private func imageCost(_ data: Dataset) throws -> Double {
    try models.flatMap { try $0.networks() }.reduce(0) { $0 + NetworkCost($1, of: data.sizes[0]).inference }
  }

  func memory(_ context: Context) throws -> MemoryNeed? { try judgingMemory(models, on: on, $on) }

  func run(_ context: Context) throws -> IoUTable {
    let data = try labelled(on, $on, for: "evaluate against")
    let impossible = Evaluation.impossible(in: data)
    var columns: [IoUTable.Column] = [], places: [Origin: Int] = [:]
    var images: [[ConfusionMatrix]] = []
    for (index, model) in models.enumerated() {
      // The same weights under another name are evaluated once.
      if let known = places.updateValue(index, forKey: $models[index].origin) {
        columns.append(columns[known])
        images.append(images[known])
        continue
      }
      let networks = try model.models()
      let pace = Pace(), peers = context.belongings.peers, collective = try peers.collective()
      images.append(try peers.agreed {
        try Evaluation.confusions(of: networks, on: data, seed: context.seed, collective: collective) { judged in
          let share = (Double(index) + Double(judged) / Double(data.count)) / Double(models.count)
          pace.add(collective.size)
          try context.step(Progress(fraction: share, stage: "evaluating \($models[index].text), image \(judged) of \(data.count)", figures: [pace.figure]))
        }
      })
      let report = IoUReport(images[index].reduce(into: ConfusionMatrix(), +=), excluding: impossible)
      columns.append(IoUTable.Column(classes: report.classes, meanIoU: report.meanIoU, accuracy: report.pixelAccuracy))
    }
    if let bootstrap {
      let intervals = IoUIntervals.all(images, drawings: bootstrap, seed: context.seed, excluding: impossible)
      for place in columns.indices { columns[place].intervals = intervals[place] }
    }
    return IoUTable(columns: columns)
  }

  /// Headed by how this statement wrote its models and its images.
  func presented(_ result: IoUTable, _ context: Context) throws -> IoUTable {
    let data = try labelled(on, $on, for: "evaluate against")
    var table = result
    (table.classes, table.absentClasses) = (classes, absent)
    guard table.columns.count == models.count else { throw ModelFileError(description: "the stored table is of \(counted(table.columns.count, "model"))") }
    for (place, operand) in $models.enumerated() { table.columns[place].title = operand.text }
    table.protocolWords = "\(evaluationWords(data, $on)), logits to label size (bilinear, corners aligned), "
      + "\(data.classes.count) classes\(classes == .nineteen ? "" : ", mean over \(classes.rawValue) of them"), ignored pixels left out, one confusion matrix"
      + (absent == .zero ? ", absent classes as 0" : "") + (Profile.words(of: $models, context).map { "; \($0)" } ?? "")
    return table
  }
}

/// `50 images of streets.target.val, network input 256x128`: what was evaluated, at the head of a table's protocol.
func evaluationWords(_ data: Dataset, _ operand: Operand?) -> String {
  "\(counted(data.count, "image")) of \(operand?.text ?? data.title), network input \(data.sizeWords)"
}
