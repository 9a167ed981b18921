import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Workbench

struct PseudoLabel: Command {
  static let summary = "Label images with what models predict confidently, by a threshold for each class."
  static let category = Category.data
  static let isStored = true
  static let fillsWorkspace = true
  static let usesSeed = false
  static let fields: [(name: String, help: String)] = [
    ("thresholds", "by class: the threshold, and how many pixels were predicted and kept; save NAME.thresholds to=FILE.csv"),
  ]
  static let searchTerms = ["verify", "self-training", "self-supervised", "threshold", "confidence", "ssl"]
  static let examples = [
    Example("pseudolabel t keep=50%", shows: .dataset, after: Samples.trained),
    Example("pseudolabel t on=few.train rule=crst keep=20%", shows: .dataset, after: Samples.trained),
    Example("pseudolabel t on=few.train to=labels", shows: .dataset, after: Samples.trained),
    Example("pseudolabel keep=0", fails: "nothing to take", after: ["load dataset"]),
  ]

  @Input("the models that predict", latest: .judged) var model: ModelValue
  @Input("images to label", latest: .targetTrain) var on: DatasetValue
  @Choice("how the confidence is set from which a pixel keeps a label") var rule = PseudoRule.fda
  @Setting("share of each class's predictions that is kept, the most confident first", in: 0...1) var keep = 0.34
  @Setting("confidence that is always enough", in: 0...1) var above = 0.9
  @Setting("no class's threshold is below this confidence", in: 0...1) var floor = 0.0
  @Choice(Profile.summary, for: .display) var profile: Profile?
  @Path("a folder for the labels as PNG files, palette indices that are train ids, 255 where no class is kept", .writing) var to: Location?

  static let foundations = Versions.arithmetic
  static let additions: Set<String> = ["rule", "floor"]
  static let reference: String? = "the paper, figure 5; Yang and Soatto, CVPR 2020, section 3.3; Zou et al., ICCV 2019 (rule=crst)"
  static let seeAlso = ["ensemble", "train", "show"]

  /// The classes are those that networks predict, whatever the images' own labels know.
  func ingredients(_ context: Context) throws -> [String: String] {
    let all = Array(0..<CityscapesClass.count)
    return on.whole.map { $0.classes != all } ?? false ? ["classes": "all"] : [:]
  }

  /// The text keeps two thirds of each class; the code's threshold is the 66th percentile, above which a third lies.
  var presets: [String: Term] { rule == .fda ? profile.map { ["keep": Term(.number($0 == .paper ? 0.66 : 0.34))] } ?? [:] : [:] }

  func explanation(_ context: Context) throws -> [Phrase] {
    let images = try dataset(on, $on)
    return (profile.map { [$0.words(presets)] } ?? []) + [
      "\(counted(images.count, "image")) of \(images.sizeWords), \(gigaMACs(try model.labellingCost(of: images))) each",
      floor > 0 ? "\(ruleWords); no threshold is below \(Literal.spelled(floor))" : ruleWords,
    ]
  }

  private var ruleWords: Phrase {
    switch rule {
    case .fda: "a pixel keeps its class where it is among the most confident \(Number(100 * keep, places: 0)) % of that class, or its confidence is above \(Number(above, places: 2))"
    case .fixed: "a pixel keeps its class where its confidence is \(Number(above, places: 2)) or more"
    case .crst: "a pixel gets the class of the largest probability over threshold, which the most confident \(Number(100 * keep, places: 0)) % of each class reach"
    }
  }

  func unread(_ context: Context) -> Set<String> { rule == .fda ? [] : rule == .fixed ? ["keep"] : ["above"] }

  func usual(_ context: Context) -> [String: Literal] { PseudoLabel.fallbacks.filter { PseudoLabel.additions.contains($0.key) } }

  func work(_ context: Context) throws -> Work? { try model.labelling(dataset(on, $on)) }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let images = try dataset(on, $on)
    // Labels, and the predictions that are kept between the passes.
    let pixels = images.sizes.count == 1 ? Int64(images.count) * Int64(images.sizes[0].area) : (0..<images.count).reduce(0) { $0 + Int64(images.size(at: $1).area) }
    let parts = NetworkMemory.inference(try model.networks(), on: images, probabilities: 1, others: 10)
    return MemoryNeed(
      parts + [("labels and predictions of \(counted(images.count, "image"))", pixels + min(5 * pixels, Int64(PseudoLabelling.memory)))], at: $on?.range,
      remedy: "load the dataset with a smaller size=, or take fewer images")
  }

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation }

  func check(_ context: Context) throws {
    _ = try dataset(on, $on)
    let unread = unread(context)
    for (name, range) in [("keep", $keep), ("above", $above)] where unread.contains(name) && range != nil {
      throw Diagnostic("\(name)= has no effect with rule=\(rule.rawValue)", at: range, remedy: "leave it out")
    }
    for file in try labelFiles() { try context.checkWritable(file, at: $to) }
  }

  /// The images, with labels that know nothing.
  func outline(_ context: Context) throws -> DatasetValue? {
    let images = try dataset(on, $on)
    let empty = Dictionary(uniqueKeysWithValues: images.sizes.map { ($0, IndexMap(size: $0, values: [UInt8](repeating: CityscapesClass.ignored, count: $0.area))) })
    return value(images, (0..<images.count).compactMap { empty[images.size(at: $0)] }, Report(kept: 0, classes: [], thresholds: [], right: nil))
  }

  func run(_ context: Context) throws -> DatasetValue {
    let images = try dataset(on, $on)
    let result = try PseudoLabelling.labels(by: try model.models(), on: images, rule: PseudoLabelRule(rule.way, keep: keep, above: above, floor: floor), seed: context.seed) { share in
      try context.step(Progress(fraction: share, stage: "pseudo-labels of \(counted(images.count, "image"))"))
    }
    for (position, label) in result.labels.enumerated() {
      try context.workspace.write(PseudoLabel.fileName(position), PNG.encode(label, palette: LabelColours.palette))
    }
    let labels = try PseudoLabel.judged(result.labels, images, seed: context.seed)
    let report = Report(
      kept: result.report.share ?? 0, classes: (0..<CityscapesClass.count).map { result.report.share(of: $0) },
      thresholds: result.report.thresholds.values, right: labels,
      predicted: result.report.predicted, keptPixels: result.report.kept)
    try context.workspace.write("report.json", try JSONFile.encode(report))
    return value(images, result.labels, report)
  }

  func deliver(_ result: DatasetValue, _ context: Context) throws {
    guard let labelled = result.whole else { return }
    for (position, file) in try labelFiles().enumerated() {
      guard let label = try labelled.label(at: position) else { continue }
      // As large as the picture's file, so that the two are a pair.
      try context.write(PNG.encode(label.resized(to: labelled.fileSize(at: position)), palette: LabelColours.palette), to: file, at: $to)
    }
    if let to { context.note("written: \(counted(labelled.count, "label")) in \(to.text)") }
  }

  /// Where `to=` asks for labels: named as the images are, so that `load dataset folder` pairs the two.
  private func labelFiles() throws -> [Location] { try to.map { try LabelFileNames.places(in: $0, for: dataset(on, $on), text: $on?.text, at: $to) } ?? [] }

  /// A number for each pixel, and a file that is being decoded.
  func memoryToRestore(from folder: Folder) throws -> Int64 {
    let images = try dataset(on, $on)
    return (0..<images.count).reduce(0) { $0 + Int64(images.size(at: $1).area) } + 2 * folder.largestFile()
  }

  func restore(from folder: Folder, _ context: Context) throws -> DatasetValue {
    let images = try dataset(on, $on)
    let labels = try (0..<images.count).map { try PNG.decodeIndices(folder.read(PseudoLabel.fileName($0))) }
    return value(images, labels, try JSONFile.decode(Report.self, folder.read("report.json")))
  }

  private func value(_ images: Dataset, _ labels: [IndexMap], _ report: Report) -> DatasetValue {
    var remark: Phrase = "kept \(Figures.share(report.kept)) % of the pixels"
    if let right = report.right { remark = "\(remark), \(Figures.share(right)) % of them right" }
    return DatasetValue(images.relabelled(with: labels, role: .pseudo, title: "\(images.title), pseudo-labels"), remark: remark, thresholds: PseudoLabelTable(report: report))
  }

  private static func fileName(_ position: Int) -> String { "label-\(position).png" }

  /// The share of pseudo-labels that agree with the images' own labels, where there are any to compare with.
  private static func judged(_ labels: [IndexMap], _ images: Dataset, seed: UInt64) throws -> Double? {
    guard images.hasLabels else { return nil }
    var right = 0, compared = 0
    for (position, label) in labels.enumerated() {
      guard let truth = try images.evaluationSample(position, seed: seed).label?.resized(to: label.size) else { continue }
      for (guess, known) in zip(label.values, truth.values) where guess < CityscapesClass.count && known < CityscapesClass.count {
        compared += 1
        right += guess == known ? 1 : 0
      }
    }
    return compared == 0 ? nil : Double(right) / Double(compared)
  }

  /// What was kept, beside the labels in the store.
  struct Report: Codable {
    var kept: Double
    var classes: [Double?]
    var thresholds: [Float]
    var right: Double?
    /// Pixels by class; nil in files of earlier versions.
    var predicted: [UInt64]?
    var keptPixels: [UInt64]?
  }
}
