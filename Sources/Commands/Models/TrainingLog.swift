import Adaptation
import FoundationEssentials
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The curves of a training for TensorBoard: event files that grow by each epoch.
///
/// Each training has a folder of its own below that of `log=`, named by its recipe's digest: those of one `log=` lie side by side in the same
/// diagrams, and one that goes on after an interrupt goes on where its curves ended.
final class TrainingLog {
  private let folder: Location
  private let settings: TrainingSettings
  private let record: TrainingRecord
  private let context: Context
  private let range: SourceRange?
  /// The file of this process; a file that another one began is not gone on with, as its last record may be half written.
  private var file: Location?
  /// The last epoch that is written down.
  private(set) var lastEpoch: Int

  /// - Parameter log: the folder that was asked for.
  init(_ log: Location, _ settings: TrainingSettings, _ record: TrainingRecord, _ context: Context, at range: SourceRange?) throws {
    (self.settings, self.record, self.context, self.range) = (settings, record, context, range)
    guard let recipe = context.recipe else { preconditionFailure("what is made has a recipe") }
    let folder = TrainingLog.place("/\(recipe.digest.prefix(8))", in: log)
    self.folder = folder
    lastEpoch = try TrainingLog.files(in: folder, context).reduce(0) { last, name in
      max(last, TensorBoardEvents.lastStep(in: try context.fileSystem.read(folder.path + "/" + name)) ?? 0)
    }
  }

  var words: String { folder.text }

  /// Writes down the epochs that are not yet.
  ///
  /// - Parameters:
  ///   - scores: of the last epoch, by class.
  ///   - model: as it is after the last epoch; what it predicts for the first image that it is evaluated on is shown.
  /// - Returns: how many epochs were written.
  @discardableResult
  func add(_ history: TrainingHistory, _ scores: IoUReport? = nil, of model: SegmentationModel? = nil, on judge: Dataset? = nil) throws -> Int {
    let epochs = history.epochs.filter { $0.epoch > lastEpoch }
    guard let last = epochs.last else { return 0 }
    let now = Date().timeIntervalSince1970
    var bytes = file == nil ? TensorBoardEvents.start(at: now) : []
    if lastEpoch == 0 { bytes += TensorBoardEvents.record([.init("recipe", .text(recipeWords), help: "what the weights depend on")], step: 0, at: now) }
    for epoch in epochs {
      var summaries = summaries(of: epoch)
      if epoch == last { summaries += classes(scores) + (try pictures(of: model, on: judge, isFirst: lastEpoch == 0)) }
      bytes += TensorBoardEvents.record(summaries, step: epoch.epoch, at: now)
    }
    if let file {
      try context.append(bytes, to: file, at: range)
    } else {
      let file = try newFile(at: now)
      try context.write(bytes, to: file, at: range)
      self.file = file
    }
    lastEpoch = last.epoch
    return epochs.count
  }

  /// Fails where no file may be written in the folder.
  static func check(_ log: Location, _ context: Context, at range: SourceRange?) throws {
    if context.fileSystem.info(log.path).map({ !$0.isFolder }) ?? false { throw Diagnostic("'\(log.text)' is a file", at: range, remedy: "log= names a folder") }
    try context.checkWritable(Location(text: log.text, path: place("/run/" + prefix, in: log).path), at: range)
  }

  // MARK: what is written

  private func summaries(of epoch: TrainingHistory.Epoch) -> [TensorBoardEvents.Summary] {
    let figures = TrainingFigure.allCases.compactMap { figure in
      figure.share(epoch).map { TensorBoardEvents.Summary(figure.tag, .scalar($0), help: figure.explanation) }
    }
    let schedule = PolySchedule(initial: Double(settings.rate), steps: record.epochs * record.stepsPerEpoch, power: settings.power, stride: settings.rateStride)
    return figures + [.init("rate/network", .scalar(schedule[epoch.epoch * record.stepsPerEpoch - 1]), help: "the rate of the epoch's last step")]
  }

  private func classes(_ scores: IoUReport?) -> [TensorBoardEvents.Summary] {
    zip(CityscapesClass.all, scores?.classes ?? []).compactMap { kind, iou in iou.map { .init("IoU/\(kind.name)", .scalar($0), help: "on the images of validate=") } }
  }

  private func pictures(of model: SegmentationModel?, on judge: Dataset?, isFirst: Bool) throws -> [TensorBoardEvents.Summary] {
    guard let model, let judge, judge.count > 0 else { return [] }
    let sample = try judge.evaluationSample(0, seed: context.seed), size = sample.image.size
    let classes = Predictor([model]).classes(
      Normalization.values(of: sample.image), height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width)
    func summary(_ name: String, _ image: Image, _ help: String) -> TensorBoardEvents.Summary {
      .init("validation/\(name)", .picture(PNG.encode(image), width: image.size.width, height: image.size.height), help: help)
    }
    var all = [summary("prediction", LabelColours.picture(of: IndexMap(size: size, values: classes)), "the most probable class of each pixel, \(sample.name)")]
    if isFirst {
      all.append(summary("image", sample.image.rounded, sample.name))
      if let label = sample.label { all.append(summary("label", LabelColours.picture(of: label), sample.name)) }
    }
    return all
  }

  /// A table of Markdown.
  private var recipeWords: String {
    guard let recipe = context.recipe else { return "" }
    let rows = recipe.parameters.sorted { $0.key < $1.key }.compactMap { name, ingredient -> String? in
      let value: String? = switch ingredient {
      case .literal(let literal): literal.description
      case .word(let word): word
      case .absent: nil
      case .made(let origins): origins.map { "@\($0.digest.prefix(8))\($0.path)" }.joined(separator: " ")
      }
      return value.map { "| \(name) | \($0) |" }
    }
    return "\(recipe.command) @\(recipe.digest.prefix(8)), seed \(recipe.seed.map(String.init) ?? "-")\n\n| setting | value |\n|--|--|\n" + rows.joined(separator: "\n")
  }

  // MARK: files

  /// TensorBoard takes every file for events that has `tfevents` in its name, in the order of the names.
  private static let prefix = "events.out.tfevents."

  private func newFile(at time: Double) throws -> Location {
    let taken = try TrainingLog.files(in: folder, context)
    for number in 0... {
      let name = "\(TrainingLog.prefix)\(String(Int(time)).leftPadded(to: 10)).segue.\(getpid()).\(number)"
      if !taken.contains(name) { return TrainingLog.place("/" + name, in: folder) }
    }
    preconditionFailure("numbers do not end")
  }

  private static func files(in folder: Location, _ context: Context) throws -> [String] {
    guard context.fileSystem.exists(folder.path) else { return [] }
    return try context.fileSystem.names(in: folder.path).filter { $0.hasPrefix(prefix) }
  }

  private static func place(_ name: String, in folder: Location) -> Location {
    Location(text: (folder.text.hasSuffix("/") ? String(folder.text.dropLast()) : folder.text) + name, path: folder.path + name)
  }
}

extension TrainingFigure {
  fileprivate var tag: String { self == .miou ? "validation/mIoU" : "loss/\(rawValue)" }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String { String(repeating: "0", count: max(0, count - self.count)) + self }
}

extension Train {
  func checkLog(_ context: Context) throws {
    if let log { try TrainingLog.check(log, context, at: $log) }
  }

  func trainingLog(_ context: Context) throws -> TrainingLog? {
    try log.map { try TrainingLog($0, settings(try data()), record(try network(), try data()), context, at: $log) }
  }

  /// Curves are written also of a training that was kept; of its classes and predictions nothing is known any more.
  func deliver(_ result: ModelValue, _ context: Context) throws {
    guard let log, let curves = try trainingLog(context), let history = result.history else { return }
    try curves.add(history)
    context.note("curves of \(counted(curves.lastEpoch, "epoch")) in \(curves.words): tensorboard --logdir \(log.text)")
  }
}
