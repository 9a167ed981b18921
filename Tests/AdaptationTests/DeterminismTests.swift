import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import TestSupport
import Testing

/// The same bits at any number of threads, and after being stopped and continued.
@Suite(.serialized) struct DeterminismTests {
  enum Method: CaseIterable {
    case none, adversary, advent, teacher, levels, masked, balanced, hard

    /// What labelled pixels add.
    var labelled: SegmentationObjective {
      switch self {
      case .balanced: SegmentationObjective(loss: .balanced { (0..<19).map { $0 == 3 ? 0.5 : 0.02 } })
      case .hard: SegmentationObjective(loss: .hard(HardPixels(probability: 0.05)))
      default: SegmentationObjective()
      }
    }

    var objectives: [any Objective] {
      switch self {
      case .none, .balanced, .hard: []
      case .levels: [AdversarialObjective(weight: 0.1, auxiliary: 0.05, form: .init(discriminator: .light))]
      case .masked: [TeacherObjective(threshold: 0, masked: MaskedConsistency(block: 16))]
      case .adversary: [AdversarialObjective(weight: 0.1)]
      case .advent: [AdversarialObjective(weight: 0.1, form: .init(loss: .squares, input: .information))]
      case .teacher: [TeacherObjective(threshold: 0.2)]
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let form: BiSeNet.SpatialPath
    let size: PixelSize
    let batch: Int
    let method: Method
    var testDescription: String { "\(form) \(batch)x\(size) \(method)" }
  }

  static let cases = [
    Case(form: .path, size: PixelSize(64, 32), batch: 2, method: .none),
    Case(form: .stdc, size: PixelSize(47, 33), batch: 3, method: .none),
    Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .adversary),
    Case(form: .stdc, size: PixelSize(128, 64), batch: 2, method: .adversary),
    Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .advent),
    Case(form: .path, size: PixelSize(75, 41), batch: 3, method: .teacher),
    Case(form: .stdc, size: PixelSize(128, 64), batch: 2, method: .teacher), Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .levels),
    Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .masked), Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .balanced),
    Case(form: .path, size: PixelSize(75, 41), batch: 2, method: .hard),
  ]

  /// How many threads there are is set for the whole process, where other tests run at the same time: their results, too, must not
  /// depend on it.
  @Test(arguments: cases) func threadsDoNotMatter(_ testCase: Case) throws {
    let before = Threads.count
    defer { Threads.count = before }
    let states = try [1, 2, 3].map { threads in
      Threads.count = threads
      return try state(testCase, steps: 2)
    }
    for other in states.dropFirst() {
      let isTheSame = other.file().encoded == states[0].file().encoded
      #expect(isTheSame)
    }
  }

  private func state(_ testCase: Case, steps: Int) throws -> TrainingState {
    let network = BiSeNet.network(spatialPath: testCase.form, width: .eighth), model = SegmentationModel(network: network, weights: network.initialWeights(seed: 1))
    let objectives: [any Objective] = [testCase.method.labelled, SegmentationObjective(on: .pseudo)] + testCase.method.objectives
    let trainer = try Trainer(
      network: network, objectives: objectives,
      state: TrainingState(
        weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 2, after: nil) }),
      settings: TrainingSettings(), steps: steps)
    func batch(_ name: String) -> Batch {
      let pixels = testCase.batch * testCase.size.area
      return Batch(
        size: testCase.size, images: Formula.values(name, count: 3 * pixels),
        labels: Formula.labels(name, images: testCase.batch, height: testCase.size.height, width: testCase.size.width),
        names: (0..<testCase.batch).map(String.init))
    }
    for step in 0..<steps {
      _ = try trainer.step(
        [.source: batch("source \(step)"), .target: batch("target \(step)"), .pseudo: batch("pseudo \(step)")])
    }
    return trainer.state
  }

  /// Stopped after every step, written down, read and continued: the same bits as in one go, over the end of an epoch.
  @Test(arguments: Method.allCases) func continuedTrainingEqualsOneGo(_ method: Method) throws {
    let model = SmallStreets.model(), objectives: [any Objective] = [method.labelled] + method.objectives
    let start = TrainingState(weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 5, after: nil) })
    let data = TrainingData(
      on: try SmallStreets.of(.source, taking: 5).augmented(by: Augmentation()),
      toward: method == .none ? nil : try SmallStreets.of(.target, taking: 3), batch: 2, targetBatch: method == .levels ? 3 : nil,
      rare: method == .balanced ? 0.1 : nil, crop: PixelSize(48, 32))
    func run(_ state: TrainingState) throws -> TrainingRun {
      try TrainingRun(
        network: model.network, objectives: objectives, state: state, data: data, epochs: 2, settings: TrainingSettings(), seed: 11)
    }
    let whole = try run(start)
    #expect(whole.steps == 4 && whole.stepsPerEpoch == 2)
    var reports: [TrainingRun.Report] = []
    while let report = try whole.advance() { reports.append(report) }
    #expect(reports.map(\.endsEpoch) == [false, true, false, true])
    #expect(reports.map(\.epoch) == [1, 1, 2, 2])

    var state = start
    for report in reports {
      let part = try run(state)
      #expect(try part.advance()?.losses == report.losses)
      let file = try Safetensors(decoding: part.trainer.state.file().encoded)
      state = try TrainingState(decoding: file, network: model.network, objectives: objectives)
      #expect(state.step == report.step)
    }
    #expect(try run(state).advance() == nil)
    let isTheSame = state.file().encoded == whole.trainer.state.file().encoded
    #expect(isTheSame)
  }
}
