import Imaging
import Scenes
import Tensors
import Testing

@Suite struct BatchTests {
  let data = PatternReader.dataset(PatternReader(count: 7), validating: 1).augmented(by: Augmentation())

  @Test func aBatchHoldsItsSamples() throws {
    let reader = try BatchReader(dataset: data, batchSize: 3, crop: PixelSize(8, 4), seed: 5)
    #expect(reader.stepsPerEpoch == 2)
    var names: [String] = []
    for step in 0..<4 {
      let batch = try reader.next()
      #expect(batch.step == step && batch.epoch == step / 2 && batch.count == 3 && batch.size == PixelSize(8, 4))
      #expect(batch.images.count == 3 * 4 * 8 * 3 && batch.labels.count == 3 * 4 * 8 && batch.tensor.shape == [3, 4, 8, 3])
      for (i, name) in batch.names.enumerated() {
        let position = try #require((0..<7).first { data.name(at: $0) == name })
        let sample = try data.sample(position, draw: Draw(seed: 5, epoch: step / 2, crop: PixelSize(8, 4)))
        #expect(Array(batch.images[96 * i..<96 * (i + 1)]) == Normalization.values(of: sample.image))
        #expect(Array(batch.labels[32 * i..<32 * (i + 1)]) == sample.label?.values)
      }
      names += batch.names
    }
    #expect(Set(names.prefix(6)).count == 6 && Set(names.suffix(6)).count == 6, "an epoch visits no sample twice")
    #expect(names.prefix(6) != names.suffix(6))
  }

  @Test func aReaderContinuesAnother() throws {
    func reader(from step: Int, purpose: String = "on") throws -> BatchReader {
      try BatchReader(dataset: data, batchSize: 2, crop: PixelSize(6, 6), seed: 1, purpose: purpose, startingAt: step, ahead: 1 + step % 3)
    }
    let whole = try reader(from: 0)
    let batches = try (0..<11).map { _ in try whole.next() }
    for step in [0, 1, 4, 7, 10] {
      let batch = try reader(from: step).next()
      #expect(batch.names == batches[step].names && batch.images == batches[step].images && batch.labels == batches[step].labels)
      #expect(batch.step == step && batch.epoch == batches[step].epoch)
    }
    let other = try reader(from: 0, purpose: "toward")
    #expect(try (0..<3).flatMap { _ in try other.next().names } != batches.prefix(3).flatMap(\.names))
  }

  /// Shards are the batch's samples in their order, and nothing else is read.
  @Test func aReaderOfShardsReadsThoseAlone() throws {
    let whole = try BatchReader(dataset: data, batchSize: 6, crop: PixelSize(6, 6), seed: 1), batch = try whole.next()
    for own in [0..<1, 1..<3, 0..<3] {
      let reader = try BatchReader(dataset: data, batchSize: 6, crop: PixelSize(6, 6), seed: 1, cut: BatchCut(shards: 3, own: own))
      let shards = try reader.nextShards()
      #expect(shards.map(\.names) == own.map { Array(batch.names[2 * $0..<2 * $0 + 2]) } && shards.allSatisfy { $0.step == 0 && $0.size == batch.size })
      #expect(shards.flatMap(\.images) == Array(batch.images[own.lowerBound * 2 * 108..<own.upperBound * 2 * 108]))
      #expect(shards.flatMap(\.labels) == Array(batch.labels[own.lowerBound * 2 * 36..<own.upperBound * 2 * 36]))
      #expect(reader.stepsPerEpoch == 1)
    }
  }

  @Test func withoutLabelsEverythingIsIgnored() throws {
    let blind = PatternReader.dataset(PatternReader(hasLabels: false), role: .target)
    let batch = try BatchReader(dataset: blind, batchSize: 2, seed: 1).next()
    #expect(batch.labels == [UInt8](repeating: 255, count: 2 * 16 * 12))
  }

  @Test func judgingReadsInOrder() throws {
    let reader = EvaluationReader(data, seed: 0)
    var names: [String] = []
    while let sample = try reader.next() { names.append(sample.name) }
    #expect(names == (0..<7).map(data.name(at:)))
    #expect(try reader.next() == nil && reader.count == 7)
    for depth in 1...20 { _ = try EvaluationReader(data, seed: 0, ahead: depth).next() }
  }

  @Test func readersCanBeDropped() throws {
    for depth in 1...40 {
      let reader = try BatchReader(dataset: data, batchSize: 1, seed: 1, ahead: depth)
      if depth.isMultiple(of: 2) { _ = try reader.next() }
    }
  }

  @Test func impossibleBatchesAreRefused() throws {
    #expect(
      description { _ = try BatchReader(dataset: data, batchSize: 8, seed: 1) }
        == "a batch of 8 is larger than patterns, which has 7 samples")
    #expect(description { _ = try BatchReader(dataset: data, batchSize: 0, seed: 1) } == "a batch of 0 samples is empty")
    let mixed = try data.joined(with: PatternReader.dataset(PatternReader(count: 1, size: PixelSize(10, 12)), validating: 0))
    #expect(
      description { _ = try BatchReader(dataset: mixed, batchSize: 2, seed: 1) }
        == "pattern 0 is 16x12 and pattern 0 is 10x12, but the pictures of a batch must be of one size")
    #expect(throws: Never.self) { try BatchReader(dataset: mixed, batchSize: 2, crop: PixelSize(10, 12), seed: 1).next() }
    #expect(throws: Never.self) { try BatchReader(dataset: mixed, batchSize: 1, seed: 1).next() }
  }

  @Test func errorsOfTheBackgroundSurface() throws {
    let folder = Folder.gta(4)
    folder.label("labels/00002.png", [7, 8])
    let data = try folder.load(GTA5.self).whole!
    folder.write("images/00001.png", Array(PNG.encode(gradient(PixelSize(8, 6))).dropLast(20)))
    let reader = try BatchReader(dataset: data, batchSize: 4, seed: 1)
    let said = description { _ = try reader.next() }
    #expect(said == "cannot read \(folder.path)/images/00001.png: it changed since the dataset was loaded; load it again")
    #expect(description { _ = try reader.next() } == said)
  }
}
