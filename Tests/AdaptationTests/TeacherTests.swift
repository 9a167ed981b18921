import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import Testing

/// The mean teacher beside its controls, its average, and what is drawn for it.
@Suite struct TeacherTests {
  private struct Run {
    let losses: [StepLosses]
    let states: [TrainingState]
  }

  private func train(_ objectives: [any Objective], steps: Int = 3) throws -> Run {
    let model = SmallStreets.model()
    let data = TrainingData(
      on: try SmallStreets.of(.source, taking: 4), toward: objectives.contains { $0 is TeacherObjective } ? try SmallStreets.of(.target, taking: 4) : nil,
      batch: 2, crop: PixelSize(48, 32))
    let start = TrainingState(weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 5, after: nil) })
    let run = try TrainingRun(network: model.network, objectives: objectives, state: start, data: data, epochs: 2, settings: TrainingSettings(), seed: 11)
    var losses: [StepLosses] = [], states = [run.trainer.state]
    for _ in 0..<steps {
      losses.append(try #require(try run.advance()).losses)
      states.append(run.trainer.state)
    }
    return Run(losses: losses, states: states)
  }

  /// With the weight 0 the network is trained as by the source alone, bit for bit; its running statistics see the mixed images.
  @Test func theWeightZeroIsPlainTraining() throws {
    let plain = try train([SegmentationObjective()]), control = try train([SegmentationObjective(), TeacherObjective(weight: 0)])
    for (a, b) in zip(plain.losses, control.losses) {
      #expect(a[.segmentation] == b[.segmentation])
      #expect(try #require(b[.mixed]) > 0)
    }
    for (a, b) in zip(plain.states, control.states).dropFirst() {
      let areTheSame = a.weights.trained == b.weights.trained && a.velocity == b.velocity, sawMore = a.weights.statistics != b.weights.statistics
      #expect(areTheSame && sawMore)
    }
    let taught = try train([SegmentationObjective(), TeacherObjective()])
    let isAnother = taught.states[1].weights.trained != plain.states[1].weights.trained
    #expect(isAnother)
  }

  /// With the threshold 1 pasted pixels alone are learnt; with 0 every pixel counts fully.
  @Test func theThresholdDecidesWhatCounts() throws {
    let none = try train([SegmentationObjective(), TeacherObjective(threshold: 1)]), all = try train([SegmentationObjective(), TeacherObjective(threshold: 0)])
    #expect(none.losses.allSatisfy { $0[.confidence] == 0 && $0[.mixed]! > 0 })
    #expect(all.losses.allSatisfy { $0[.confidence] == 1 })
    #expect(all.losses[0][.mixed]! > none.losses[0][.mixed]!)
  }

  /// The teacher is what the moving average makes of the network's numbers after each step, running statistics included: at first the mean of
  /// all, then a part of the newest.
  @Test func theTeacherIsTheMovingAverage() throws {
    let alpha = 0.6, run = try train([SegmentationObjective(), TeacherObjective(alpha: alpha)], steps: 4), layout = SmallStreets.model().network.layout
    func teacher(_ state: TrainingState) throws -> Weights { try Safetensors(state.objectives).weights(under: TeacherObjective.weightsPrefix, layout) }
    var expected = run.states[0].weights
    let isACopy = try teacher(run.states[0]) == expected
    #expect(isACopy)
    for (step, state) in run.states.dropFirst().enumerated() {
      let kept = min(1 - 1 / Double(step + 1), alpha)
      func average(_ old: [Float], _ new: [Float]) -> [Float] { zip(old, new).map { Float(kept) * $0 + Float(1 - kept) * $1 } }
      expected.trained = average(expected.trained, state.weights.trained)
      expected.statistics = average(expected.statistics, state.weights.statistics)
      let found = try teacher(state), isTheAverage = found == expected, isTheNewest = found.statistics == state.weights.statistics
      #expect(isTheAverage, "step \(step)")
      #expect(isTheNewest == (step == 0))
    }
  }

  /// By default the average is shorter than the run.
  @Test(arguments: [(1, 0.0), (30, 0.0), (100, 2 / 3.0), (500, 14 / 15.0), (10_000, 299 / 300.0), (1_000_000, 0.999)])
  func alphaSuitsTheRun(_ steps: Int, _ alpha: Double) { #expect(abs(TeacherObjective.alpha(steps: steps) - alpha) < 1e-12) }

  @Test func drawsFollowFromTheOccasion() {
    func draw(seed: UInt64 = 1, _ step: Int, _ image: Int, _ labels: [UInt8] = [0, 2, 5, 8, 255], jitter: Float = 0.25, blurs: Bool = true) -> MixDraw {
      .drawn(for: .init(seed: seed, step: step, image: image, labels: labels), jitter: jitter, blurs: blurs)
    }
    #expect(draw(3, 1) == draw(3, 1))
    #expect(draw(3, 1) != draw(3, 0) && draw(3, 1) != draw(4, 1) && draw(seed: 2, 3, 1) != draw(3, 1))
    let draws = (0..<2000).map { draw($0, 0) }, present: Set<UInt8> = [0, 2, 5, 8, 255]
    #expect(draws.allSatisfy { $0.labels.count == 3 && $0.labels.isSubset(of: present) })
    for label in present { #expect(1100...1300 ~= draws.count { $0.labels.contains(label) }, "three of five") }
    #expect(1540...1660 ~= draws.count { !$0.changes.isEmpty })
    #expect(940...1060 ~= draws.count { $0.deviation != nil })
    #expect(draws.allSatisfy { $0.deviation.map { 0.15..<1.15 ~= $0 } ?? true })
    for change in draws.flatMap(\.changes) {
      switch change {
      case .hue(let turn): #expect(abs(turn) <= 0.25)
      case .brightness(let factor), .contrast(let factor), .saturation(let factor): #expect(0.75...1.25 ~= factor)
      }
    }
    for step in 0..<50 {
      let one = draw(step, 0), other = draw(step, 1)
      // All images of a step are changed, or none; a setting changes no other draw.
      #expect(one.changes.isEmpty == other.changes.isEmpty && (one.deviation == nil) == (other.deviation == nil))
      #expect(draw(step, 0, jitter: 0) == MixDraw(labels: one.labels, deviation: one.deviation))
      #expect(draw(step, 0, blurs: false) == MixDraw(labels: one.labels, changes: one.changes))
    }
    #expect(draw(0, 0, []).labels.isEmpty && draw(0, 0, [7]).labels == [7])
  }

  /// A source of another size lies in the middle, and what overhangs is cut off.
  @Test(arguments: [(PixelSize(4, 2), PixelSize(6, 4)), (PixelSize(6, 4), PixelSize(4, 2)), (PixelSize(3, 5), PixelSize(6, 2)), (PixelSize(5, 3), PixelSize(5, 3))])
  func windowsOfTwoSizes(_ own: PixelSize, _ whole: PixelSize) {
    let source = Batch(
      size: own, images: (0..<6 * own.area).map { Float($0 / 3) }, labels: (0..<2 * own.area).map { UInt8($0 % 3) }, names: ["a", "b"])
    let target = Batch(
      size: whole, images: (0..<6 * whole.area).map { -1 - Float($0 / 3) }, labels: [UInt8](repeating: 255, count: 2 * whole.area), names: ["a", "b"])
    var present: [[UInt8]] = []
    let mix = ClassMix(source, over: target, labels: [UInt8](repeating: 9, count: 2 * whole.area)) { image, labels in
      present.append(labels)
      return MixDraw(labels: image == 0 ? [1] : [0, 2])
    }
    #expect(present == [[0, 1, 2], [0, 1, 2]])
    func start(_ own: Int, _ whole: Int) -> Int { own < whole ? (whole - own) / 2 : -((own - whole) / 2) }
    for image in 0..<2 {
      for y in 0..<whole.height {
        for x in 0..<whole.width {
          let (u, v) = (x - start(own.width, whole.width), y - start(own.height, whole.height))
          let to = image * whole.area + y * whole.width + x, from = image * own.area + v * own.width + u
          let isPasted = 0..<own.width ~= u && 0..<own.height ~= v && (from % 3 == 1) == (image == 0), label = isPasted ? UInt8(from % 3) : 255
          #expect(mix.batch.images[3 * to + 2] == (isPasted ? Float(from) : -1 - Float(to)))
          #expect(mix.batch.labels[to] == (isPasted ? label : 9))
          #expect(mix.pasted[to] == label)
          #expect(mix.kept[to] == (isPasted ? 255 : 9))
        }
      }
    }
  }
}
