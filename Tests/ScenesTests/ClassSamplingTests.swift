import Foundation
import Imaging
import Scenes
import Tensors
import Testing

/// Rare-class sampling: what is counted, how often each class is drawn, and that windows hold it.
@Suite struct ClassSamplingTests {
  /// Labels that are given, under black pictures.
  private struct Labels: SampleReader {
    let labels: [IndexMap]
    var count: Int { labels.count }
    func name(at index: Int) -> String { "map \(index)" }
    func size(at index: Int) -> PixelSize { labels[index].size }
    func read(at index: Int) -> (image: Image, label: IndexMap?) { (Image(size: size(at: index), pixels: [UInt8](repeating: 0, count: 3 * size(at: index).area)), labels[index]) }
  }

  /// Five maps of class 0: half of the first is ignored, the second has 20 pixels of class 12, the third 2 and the fourth one of class 5, which are
  /// fewer than 1/307 of its pixels; the fifth is ignored.
  private static let data: Dataset = {
    let size = PixelSize(40, 20)
    func map(_ values: (Int, Int) -> UInt8) -> IndexMap { IndexMap(size: size, values: (0..<size.area).map { values($0 % 40, $0 / 40) }) }
    let labels = [
      map { x, _ in x < 20 ? 255 : 0 }, map { x, y in 18..<22 ~= x && 8..<13 ~= y ? 12 : 0 }, map { x, y in y == 3 && x > 37 ? 12 : 0 },
      map { x, y in x == 20 && y == 10 ? 5 : 0 }, map { _, _ in 255 },
    ]
    return Dataset(title: "maps", role: .source, classes: Array(0..<19), reader: Labels(labels: labels), parts: labels.map { _ in .train })
  }()

  @Test(arguments: [0.01, 0.5, 100]) func probabilitiesFollowFromTheLabels(_ temperature: Double) throws {
    let sampling = try ClassSampling(Self.data, temperature: temperature), choices = sampling.choices
    #expect(choices.map(\.id) == [0, 5, 12])
    #expect(choices.map(\.images) == [[0, 1, 2, 3], [3], [1]], "few pixels count where no image has more")
    let frequencies = [2777.0, 1, 22].map { $0 / 2800 }, powers = frequencies.map { exp((1 - $0) / temperature - 1 / temperature) }, sum = powers.reduce(0, +)
    for (choice, (frequency, power)) in zip(choices, zip(frequencies, powers)) {
      #expect(abs(choice.frequency - frequency) < 1e-12)
      #expect(abs(choice.probability - power / sum) < 1e-9)
    }
  }

  private func order(temperature: Double = 0.5, crop: PixelSize? = nil, seed: UInt64 = 3) throws -> BatchOrder {
    BatchOrder(of: 5, batchSize: 2, crop: crop, seed: seed, purpose: "order", sampling: try ClassSampling(Self.data, temperature: temperature))
  }

  @Test func imagesAreDrawnAsOftenAsTheirClasses() throws {
    var order = try order(), counts = [Int](repeating: 0, count: 5)
    for step in 0..<2000 { for pick in try order.batch(step) { counts[pick.position] += 1 } }
    let probabilities = try ClassSampling(Self.data, temperature: 0.5).choices.map(\.probability)
    let expected = [probabilities[0] / 4, probabilities[0] / 4 + probabilities[2], probabilities[0] / 4, probabilities[0] / 4 + probabilities[1], 0]
    for (count, share) in zip(counts, expected) { #expect(abs(Double(count) - 4000 * share) <= 4.5 * (4000 * share * (1 - share)).squareRoot()) }
  }

  /// By the place in the training alone, and every place draws for itself.
  @Test func drawsFollowFromTheirPlace() throws {
    var whole = try order(crop: PixelSize(8, 8)), other = try order(crop: PixelSize(8, 8), seed: 4)
    let batches = try (0..<20).map { try whole.batch($0) }
    for step in [19, 3, 0, 11] {
      var alone = try order(crop: PixelSize(8, 8))
      let batch = try alone.batch(step)
      #expect(batch == batches[step])
    }
    let others = try (0..<20).map { try other.batch($0) }
    #expect(others != batches)
    let draws = batches.flatMap { $0 }.map(\.draw.epoch)
    #expect(Set(draws).count == draws.count)
  }

  /// Of ten windows the first that holds enough is taken, so that far more do than by chance.
  @Test func windowsHoldTheClass() throws {
    let crop = PixelSize(8, 8), sampling = try ClassSampling(Self.data, temperature: 0.01)
    var order = BatchOrder(of: 5, batchSize: 1, crop: crop, seed: 3, purpose: "order", sampling: sampling)
    var held = 0, byChance = 0
    for step in 0..<400 {
      let pick = try order.batch(step)[0], id: UInt8 = pick.position == 1 ? 12 : 5
      #expect([1, 3].contains(pick.position), "class 0 is not rare at all")
      func holds(_ draw: Draw) throws -> Bool { try Self.data.sample(pick.position, draw: draw).label!.values.count { $0 == id } >= (id == 12 ? 2 : 1) }
      held += try holds(pick.draw) ? 1 : 0
      byChance += try holds(Draw(seed: 3, epoch: pick.draw.epoch / 10 * 10, crop: crop)) ? 1 : 0
    }
    #expect(byChance > 20 && held > 2 * byChance && held < 400, "\(held), \(byChance)")
  }

  @Test func batchesAreWhatTheOrderSays() throws {
    let sampling = try ClassSampling(Self.data, temperature: 0.01), crop = PixelSize(8, 8)
    let reader = try BatchReader(dataset: Self.data, batchSize: 2, crop: crop, seed: 9, startingAt: 5, sampling: sampling)
    var order = BatchOrder(of: 5, batchSize: 2, crop: crop, seed: 9, purpose: "batches", sampling: sampling)
    let batch = try reader.next(), samples = try order.batch(5).map { try Self.data.sample($0.position, draw: $0.draw) }
    #expect(batch.labels == samples.flatMap { $0.label!.values } && batch.step == 5 && batch.epoch == 2)
  }

  @Test func withoutAClassNothingIsDrawn() throws {
    #expect(throws: SceneError.self) { try ClassSampling(Self.data[4], temperature: 1) }
  }
}
