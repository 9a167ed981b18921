import Adaptation
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

/// Turns the crank of a training run: shows progress, judges every epoch, and writes down enough to go on from.
///
/// The workspace holds one file of the whole state, replaced whole: at the end of each epoch, every ten minutes, and at an
/// interrupt. A training that finds such a file continues from it, bit for bit.
struct TrainingJob {
  let network: Network
  let objectives: [any Objective]
  let data: TrainingData
  let judge: Dataset?
  let settings: TrainingSettings
  let record: TrainingRecord
  /// Nil where nobody follows it.
  let log: TrainingLog?
  /// The processes that do it together. All do the same, each in a workspace of its own, so that what stops one stops all at one place.
  let peers: any Peers

  /// Seconds between two checkpoints within an epoch.
  static let interval = 600.0

  /// A training that stopped at a file.
  struct Unread: Error {
    let error: TrainingDataError
    /// How many steps are kept.
    let step: Int
  }

  /// - Parameter earlier: the state of the training that the weights come from.
  /// - Returns: the record with its history; the weights lie in the workspace.
  /// - Throws: `Unread` where a file cannot be read.
  func run(from weights: Weights, after earlier: Safetensors?, _ context: Context) throws -> TrainingRecord {
    var record = record, means = LossMeans()
    let start = SegmentationModel(network: network, weights: weights)
    let starts = try objectives.flatMap { try $0.start(from: start, seed: context.seed, after: earlier) }
    var state = TrainingState(weights: weights, objectives: starts)
    if let (found, notes) = try resumed(context) {
      (state, record.history, means) = (found, notes.history, notes.means)
      context.note("continues at step \(state.step) of \(record.epochs * record.stepsPerEpoch)")
      try log?.add(record.history)
    }
    let run: TrainingRun
    do {
      run = try peers.agreed {
        try TrainingRun(
          network: network, objectives: objectives, state: state, data: data, epochs: record.epochs, settings: settings, seed: context.seed, peers: peers)
      }
    } catch let error as TrainingDataError {
      throw Unread(error: error, step: state.step)
    }
    let pace = Pace()
    var lastSaved = ContinuousClock.now
    do {
      // One that was stopped while an epoch was judged has taken the epoch's steps and owes its end.
      if run.trainer.step / run.stepsPerEpoch > record.history.epochs.count { try endEpoch(run, &record, &means, pace, context) }
      while let report = try peers.agreed({ try run.advance() }) {
        means.add(report.losses)
        pace.add(report.images)
        if report.endsEpoch {
          try endEpoch(run, &record, &means, pace, context)
          lastSaved = .now
        } else {
          try peers.agreed {
            if lastSaved.duration(to: .now) > .seconds(TrainingJob.interval) {
              try save(run, record, means, context)
              lastSaved = .now
            }
            try context.step(progress(run, means, pace))
          }
        }
      }
    } catch let interrupted as Interrupted {
      try peers.agreed { try save(run, record, means, context) }
      throw interrupted
    } catch where error is TrainingDataError || error is PeerError {
      // A file can be mended: the steps so far are not lost by it.
      try peers.agreed { if run.trainer.step > 0 { try save(run, record, means, context) } }
      guard let error = error as? TrainingDataError else { throw error }
      throw Unread(error: error, step: run.trainer.step)
    }
    try peers.agreed {
      try prune(record, context.workspace)
      try context.workspace.write(TrainingRecord.fileName, try JSONFile.encode(record))
    }
    return record
  }

  /// Judges the epoch whose last step was taken, and brings it to the disk.
  private func endEpoch(_ run: TrainingRun, _ record: inout TrainingRecord, _ means: inout LossMeans, _ pace: Pace, _ context: Context) throws {
    let epoch = run.trainer.step / run.stepsPerEpoch
    if epoch == 1, means[.segmentation] == nil { throw TrainingError.nothingLabelled(epoch: epoch) }
    let scores = try scores(run, means, pace, context), score = scores?.meanIoU
    record.history.epochs.append(means.epoch(epoch, meanIoU: score))
    let done = progress(run, means, pace, score: score, milestone: true)
    means = LossMeans()
    try peers.agreed {
      try keep(run.trainer, record, context.workspace)
      try save(run, record, means, context)
      try prune(record, context.workspace)
      try log?.add(record.history, scores, of: SegmentationModel(network: network, weights: run.trainer.weights), on: judge)
      try context.step(done)
    }
  }

  private func scores(_ run: TrainingRun, _ means: LossMeans, _ pace: Pace, _ context: Context) throws -> IoUReport? {
    guard let judge else { return nil }
    let model = SegmentationModel(network: network, weights: run.trainer.weights)
    pace.pause()
    defer { pace.resume() }
    let collective = try peers.collective()
    let matrix = try peers.agreed {
      do {
        return try Evaluation.confusion(of: [model], on: judge, seed: context.seed, collective: collective) { judged in
          try context.step(progress(run, means, pace, judged: judged))
        }
      } catch where !(error is Interrupted || error is StoppedElsewhere) {
        throw TrainingDataError(.validation, error)
      }
    }
    return IoUReport(matrix, excluding: Evaluation.impossible(in: judge))
  }

  private func progress(
    _ run: TrainingRun, _ means: LossMeans, _ pace: Pace, score: Double? = nil, judged: Int? = nil, milestone: Bool = false
  ) -> Progress {
    let epoch = (run.trainer.step - 1) / run.stepsPerEpoch + 1
    let evaluation = judged.flatMap { image in judge.map { ", evaluating image \(image) of \($0.count)" } } ?? ""
    return Progress(
      fraction: share(run, judged: judged ?? (milestone ? judge?.count ?? 0 : 0)), stage: "epoch \(epoch)/\(record.epochs)\(evaluation)",
      figures: figures(means, score, pace), milestone: milestone)
  }

  /// How much of the work is done: an image takes about three times as long in training as in the evaluation of an epoch.
  private func share(_ run: TrainingRun, judged: Int) -> Double {
    let step = Double(3 * record.batch), evaluation = Double(judge?.count ?? 0)
    let epochsDone = (run.trainer.step - 1) / run.stepsPerEpoch
    let done = Double(run.trainer.step) * step + Double(epochsDone) * evaluation + Double(judged)
    return done / (Double(run.steps) * step + Double(record.epochs) * evaluation)
  }

  private func figures(_ means: LossMeans, _ score: Double?, _ pace: Pace) -> [Phrase] {
    var figures: [Phrase] = ["loss \(Figures.phrase(means[.segmentation]) { Figures.loss($0, .segmentation) })"]
    for term in Objectives.terms where term.isShare {
      if let share = means[term] { figures.append("\(term.label) \(Figures.loss(share, term))") }
    }
    if let score { figures.append("mIoU \(Figures.meanIoU(score)) %") }
    figures.append(pace.figure)
    return figures
  }

  // MARK: files

  /// Where an earlier run of the same recipe stopped. A checkpoint that is not as it was written is reported and left: training starts again.
  private func resumed(_ context: Context) throws -> (TrainingState, CheckpointFile.Notes)? {
    guard context.workspace.contains(TrainingRecord.stateName) else { return nil }
    let bytes = try context.workspace.read(TrainingRecord.stateName)
    do {
      let (file, notes, instructionSet) = try CheckpointFile.read(bytes)
      try checkInstructions(instructionSet, context)
      return (try TrainingState(decoding: file, network: network, objectives: objectives), notes)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      context.note("the checkpoint of this training is damaged; it starts at the beginning")
      return nil
    }
  }

  /// A training that went on with other instructions would end in the bits of neither. Starting again would throw away what was done, which
  /// is for a person to say.
  private func checkInstructions(_ known: String?, _ context: Context) throws {
    guard let known, !context.instructionSet.isEmpty, known != context.instructionSet else { return }
    throw Diagnostic(
      "this training was begun with \(known) instructions, and these are \(context.instructionSet): going on would give the results of neither",
      remedy: "SEGUE_CPU=\(known) goes on where the processor has these; `store trim=yes unfinished=yes` lets it start again")
  }

  private func save(_ run: TrainingRun, _ record: TrainingRecord, _ means: LossMeans, _ context: Context) throws {
    let notes = CheckpointFile.Notes(history: record.history, means: means)
    try context.workspace.write(TrainingRecord.stateName, try CheckpointFile.bytes(run.trainer.state, notes, instructionSet: context.instructionSet))
  }

  /// The weights of the epoch that has just ended, if they are to be kept.
  private func keep(_ trainer: Trainer, _ record: TrainingRecord, _ workspace: Folder) throws {
    guard let epoch = record.history.epochs.last?.epoch, record.kept.contains(epoch) else { return }
    try workspace.write(TrainingRecord.weightsName(epoch), Safetensors(trainer.weights.named).encoded)
  }

  /// Weights that were the last or the best until now and are neither any more.
  private func prune(_ record: TrainingRecord, _ workspace: Folder) throws {
    let kept = Set(record.kept.map(TrainingRecord.weightsName))
    for name in workspace.names where name.hasPrefix("epoch-") && !kept.contains(name) { try workspace.remove(name) }
  }
}

/// Images a second since the start, without the time that other work takes in between.
final class Pace {
  private var start = ContinuousClock.now
  private var before = Duration.zero
  private var isPaused = false
  private var images = 0

  func add(_ more: Int) { images += more }

  func pause() {
    guard !isPaused else { return }
    before += start.duration(to: .now)
    isPaused = true
  }

  func resume() {
    guard isPaused else { return }
    start = .now
    isPaused = false
  }

  var imagesPerSecond: Double {
    let seconds = (isPaused ? before : before + start.duration(to: .now)) / .seconds(1)
    return seconds > 0 ? Double(images) / seconds : 0
  }

  var figure: Phrase { "\(Number(imagesPerSecond, places: 1, .rounded)) images/s" }
}

extension ModelValue.Training {
  /// The discriminator's weights at the end of an adversarial training.
  func discriminatorWeights() throws -> Weights? {
    try AdversarialObjective.weights(in: Safetensors(decoding: folder.read(TrainingRecord.stateName)), for: try record.form.network(), record.adversary ?? AdversaryForm())
  }
}
