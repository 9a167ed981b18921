import Imaging
import Scenes
import Testing

@Suite struct DerivingTests {
  let data = PatternReader.dataset(PatternReader(count: 10), validating: 3)

  @Test func partsAreViews() throws {
    #expect(try data.train.count == 7 && data.val.count == 3)
    #expect(try data.val.name(at: 0) == "pattern 7")
    #expect(try data[4].count == 1 && data[4].name(at: 0) == "pattern 4")
    #expect(description { _ = try data.train.val } == "patterns has no samples for validation; all 7 are of the other part")
    #expect(description { _ = try data[10] } == "patterns has no sample 10; it has 10, counted from 0")
    #expect(description { _ = try data.sample(-1, draw: Draw(seed: 0)) } == "patterns has no sample -1; it has 10, counted from 0")
  }

  @Test(arguments: [(1, 1, 0), (2, 1, 1), (3, 2, 1), (5, 4, 1), (7, 5, 2), (10, 7, 3)])
  func takingKeepsTheShares(_ wanted: Int, _ training: Int, _ judging: Int) throws {
    for seed in [nil, 5 as UInt64] {
      let taken = try data.taking(wanted, seed: seed)
      #expect(taken.count(of: .train) == training && taken.count(of: .val) == judging)
    }
    #expect(try data.taking(wanted).name(at: 0) == "pattern 0")
  }

  @Test func takingTooManyIsAnError() {
    #expect(description { _ = try data.taking(11) } == "cannot take 11 of the 10 samples of patterns")
    #expect(description { _ = try data.taking(0) } == "cannot take 0 samples; take at least one")
    #expect(throws: Never.self) { try data.val.taking(3) }
  }

  @Test func joinedDatasetsKeepTheirRules() throws {
    let small = data.resized(to: PixelSize(8, 6)), both = try data.joined(with: small, role: .target)
    #expect(both.count == 20 && both.role == .target && both.title == "patterns and patterns")
    #expect(both.size(at: 0) == PixelSize(16, 12) && both.size(at: 10) == PixelSize(8, 6))
    #expect(try both.val.count == 6)
    let crop = Draw(seed: 2, crop: PixelSize(3, 3))
    let twice = try data.joined(with: data)
    let differing = try (0..<10).count { try twice.sample($0, draw: crop).image != twice.sample($0 + 10, draw: crop).image }
    #expect(differing > 5, "the two halves draw the same numbers")
    #expect(try twice.sample(3, draw: crop).image == data.sample(3, draw: crop).image)
  }

  @Test func newLabelsFollowTheirPictures() throws {
    let view = try data.train.resized(to: PixelSize(8, 6))
    let labels = (0..<view.count).map { IndexMap(size: PixelSize(8, 6), filledWith: UInt8($0)) }
    let pseudo = view.relabelled(with: labels, title: "guesses")
    #expect(pseudo.role == .pseudo && pseudo.title == "guesses" && pseudo.hasLabels)
    #expect(try pseudo[5].sample(0, draw: Draw(seed: 0)).label == labels[5])
    #expect(try pseudo[5].evaluationSample(0, seed: 0).label == labels[5])
    #expect(try data.joined(with: pseudo).sample(12, draw: Draw(seed: 0)).label == labels[2])
    #expect(try pseudo.joined(with: pseudo).sample(8, draw: Draw(seed: 0)).label == labels[1])
    let larger = try data.train.relabelled(with: labels)
    #expect(
      description { _ = try larger.sample(0, draw: Draw(seed: 0)) }
        == "the new label of pattern 0 is 8x6, its picture 16x12")
  }

  @Test func newLabelsMayLieInFiles() throws {
    let folder = Folder()
    folder.label("a.png", [3, 255], PixelSize(16, 12))
    folder.label("b.png", [19], PixelSize(16, 12))
    let pseudo = try data.taking(2).relabelled(by: LabelFiles(paths: [folder.path + "/a.png", folder.path + "/b.png"]))
    #expect(try pseudo.sample(0, draw: Draw(seed: 0)).label?.values.prefix(2) == [3, 255])
    #expect(description { _ = try pseudo.sample(1, draw: Draw(seed: 0)) }.hasPrefix("the label \(folder.path)/b.png holds 19"))
  }

  @Test func theCacheIsBoundedAndExact() throws {
    let cache = SampleCache(capacity: 1_000)
    #expect(cache.bytes == 0 && cache.capacity == 1_000)
    let data = Dataset(title: "patterns", role: .source, classes: Array(0..<19), reader: PatternReader(), parts: [.train, .train, .train, .train], samples: cache)
    let before = try data.resized(to: PixelSize(9, 7)).sample(3, draw: Draw(seed: 0))
    let after = try data.resized(to: PixelSize(9, 7)).sample(3, draw: Draw(seed: 0))
    let (image, label) = try PatternReader().read(at: 3)
    #expect(before.image == after.image && before.label == after.label)
    #expect(before.image == FloatImage(image.resized(to: PixelSize(9, 7))) && before.label == label?.resized(to: PixelSize(9, 7)))
    #expect(cache.bytes == 4 * 63)
    for i in 0..<3 { _ = try data.resized(to: PixelSize(9, 7)).sample(i, draw: Draw(seed: 0)) }
    #expect((1...cache.capacity).contains(cache.bytes))
    cache.capacity = 0
    #expect(cache.bytes == 0)
  }
}
