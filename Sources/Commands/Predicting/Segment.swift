import Adaptation
import Imaging
import Language
public import Scenes
import Segmentation
import Storage
public import Workbench

struct Segment: Command {
  static let summary = "Label every image of a dataset with what a model predicts, each as large as its picture; to= writes the label maps."
  static let category = Category.judging
  static let isStored = true
  static let fillsWorkspace = true
  static let usesSeed = false
  static let searchTerms = ["predict", "infer", "label", "submit", "server", "test set", "folder", "apply", "png", "batch"]
  static let examples = [
    Example("segment t on=few", shows: .table, after: Samples.trained),
    Example("segment t on=few.val to=results encoding=labelids", shows: .table, after: Samples.trained),
    Example("segment t on=few encoding=colours", fails: "no effect without to=", after: Samples.trained),
  ]

  @Input("the model, or an ensemble", latest: .judged) var model: ModelValue
  @Input("images to label", latest: .targetVal) var on: DatasetValue
  @Path("a folder for the label maps as PNG files, named as the pictures are", .writing) var to: Location?
  @Choice("what the files of to= hold; trainids", for: .display) var encoding: LabelEncoding?

  static let foundations = Versions.arithmetic
  static let seeAlso = ["predict", "pseudolabel", "show", "iou"]

  func drawsNumbers(_ context: Context) throws -> Bool { on.isDrawnInEvaluation }

  func check(_ context: Context) throws {
    let images = try dataset(on, $on)
    if to == nil, let range = $encoding { throw Diagnostic("encoding= has no effect without to=", at: range, remedy: "to=FOLDER says where the label maps go") }
    for file in try labelFiles() { try context.checkWritable(file, at: $to) }
    // A label map takes less than a byte for four of its pixels.
    try context.requireSpace((0..<images.count).reduce(0) { $0 + Int64(images.fileSize(at: $1).area) / 4 })
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let images = try dataset(on, $on), first = images.fileSize(at: 0)
    return [
      "\(counted(images.count, "image")) of \(images.sizeWords), \(gigaMACs(try model.labellingCost(of: images))) each",
      first == images.size(at: 0) ? "labels are as large as the images" : "labels are as large as the files, the first \(first.description)",
    ]
  }

  func work(_ context: Context) throws -> Work? { try model.labelling(dataset(on, $on)) }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let images = try dataset(on, $on), networks = try model.networks()
    // The mean of several models is one of probabilities; one model's classes come from its logits.
    let parts = NetworkMemory.inference(networks, on: images, probabilities: networks.count > 1 ? 1 : 0, others: 10)
    let largest = (0..<images.count).map { Int64(images.fileSize(at: $0).area) }.max() ?? 0
    return MemoryNeed(parts + [("a label map and its file", 6 * largest)], at: $on?.range, remedy: "load the dataset with a smaller size=")
  }

  func outline(_ context: Context) throws -> LabelShares? { LabelShares(images: try dataset(on, $on).count, pixels: []) }

  func run(_ context: Context) throws -> LabelShares {
    let images = try dataset(on, $on), workspace = context.workspace, found = Set(workspace.names)
    var shares = LabelShares(images: images.count, pixels: [UInt64](repeating: 0, count: CityscapesClass.count)), missing: [Int] = []
    // What an earlier try has labelled is there.
    for position in 0..<images.count {
      if found.contains(Segment.fileName(position)), let label = try? Segment.label(position, in: workspace), label.size == images.fileSize(at: position) {
        shares.add(label)
      } else {
        missing.append(position)
      }
    }
    var done = images.count - missing.count
    if done > 0 { context.note("\(done) of \(counted(images.count, "image")) \(done == 1 ? "is" : "are") labelled already") }
    try LabelMaps.predict(by: try model.models(), on: images, positions: missing, seed: context.seed) { position, label in
      try workspace.write(Segment.fileName(position), LabelEncoding.trainids.file(label))
      shares.add(label)
      done += 1
      try context.step(Progress(fraction: Double(done) / Double(images.count), stage: "labels of image \(done) of \(images.count)"))
    }
    try workspace.write(LabelShares.fileName, try JSONFile.encode(shares))
    shares.folder = workspace
    return shares
  }

  /// Also where the labels were kept: in the encoding that is asked for now. A file that is there already is left.
  func deliver(_ result: LabelShares, _ context: Context) throws {
    guard let to, let folder = result.folder else { return }
    let encoding = encoding ?? .trainids, files = try labelFiles()
    for (position, file) in files.enumerated() {
      let bytes = encoding.file(try Segment.label(position, in: folder))
      if (try? context.fileSystem.read(file.path)) != bytes { try context.write(bytes, to: file, at: $to) }
      try context.step(Progress(fraction: Double(position + 1) / Double(files.count), stage: "file \(position + 1) of \(files.count)"))
    }
    context.note("written: \(counted(files.count, "label map")) in \(to.text), \(encoding.rawValue)")
  }

  /// Where `to=` asks for label maps.
  private func labelFiles() throws -> [Location] { try to.map { try LabelFileNames.places(in: $0, for: dataset(on, $on), text: $on?.text, at: $to) } ?? [] }

  private static func fileName(_ position: Int) -> String { "label-\(position).png" }
  private static func label(_ position: Int, in folder: Folder) throws -> IndexMap { try PNG.decodeIndices(folder.read(fileName(position))) }
}

extension LabelEncoding: ExplainedChoice {
  public var explanation: String {
    switch self {
    case .trainids: "palette indices 0 to 18, which viewers show in Cityscapes' colours"
    case .labelids: "grey levels 7 to 33, as Cityscapes' scripts and server read them"
    case .colours: "Cityscapes' colours"
    }
  }
}
