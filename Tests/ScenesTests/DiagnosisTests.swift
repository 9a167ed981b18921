import Imaging
import Scenes
import Testing

/// What a look at a dataset finds where something was put wrong on purpose, and that it finds nothing where nothing is.
@Suite struct DiagnosisTests {
  private static let size = PixelSize(128, 64)
  private static let pairs = (0..<12).map { Streets.scene(world: .source, split: .train, index: $0, seed: 0).render(look: .source, size: size) }

  private func dataset(_ pairs: [(Image, IndexMap)], val: Int = 4) -> Dataset {
    struct Reader: SampleReader {
      let pairs: [(Image, IndexMap)]
      var count: Int { pairs.count }
      func name(at index: Int) -> String { "\(index)" }
      func size(at index: Int) -> PixelSize { pairs[index].0.size }
      func read(at index: Int) throws -> (image: Image, label: IndexMap?) { pairs[index] }
    }
    let parts = pairs.indices.map { $0 < pairs.count - val ? Dataset.Part.train : .val }
    return Dataset(title: "made", role: .source, classes: Array(0..<19), reader: Reader(pairs: pairs), parts: parts)
  }

  private var pairs: [(Image, IndexMap)] { DiagnosisTests.pairs.map { ($0.0, $0.1) } }

  @Test func streetsAreSound() throws {
    for world in World.allCases {
      let pairs = (0..<20).map { Streets.scene(world: world, split: $0 < 10 ? .train : .val, index: $0, seed: 0).render(look: world == .source ? .source : .target, size: DiagnosisTests.size) }
      let found = try DatasetDiagnosis(dataset(pairs.map { ($0.0, $0.1) }, val: 10), crop: nil, seed: 0)
      #expect(found.blankPictures.isEmpty && found.blankLabels.isEmpty && found.strayLabels.isEmpty && found.twins.isEmpty, "\(found)")
      #expect(found.edgeFit! > 1.3)
    }
  }

  @Test func whatIsWrongIsNamed() throws {
    var pairs = pairs
    pairs[1].0 = Image(size: DiagnosisTests.size, red: 120, green: 121, blue: 122)
    pairs[2].1 = IndexMap(size: DiagnosisTests.size, filledWith: 255)
    pairs[3].1 = mirrored(pairs[3].1)
    // Saved again with other rounding, beside the label of another street.
    pairs[10].0 = Image(size: DiagnosisTests.size, pixels: pairs[5].0.pixels.map { $0 < 250 ? $0 + 2 : $0 })
    let found = try DatasetDiagnosis(dataset(pairs), crop: PixelSize(64, 32), seed: 0)
    #expect(found.blankPictures == ["1"] && found.blankLabels == ["2"])
    #expect(found.strayLabels == ["3", "10"])
    #expect(found.twins == [DatasetDiagnosis.Twins(train: "5", val: "10")])
  }

  private func mirrored(_ label: IndexMap) -> IndexMap {
    var values = label.values
    for y in 0..<label.size.height { for x in 0..<label.size.width { values[y * label.size.width + x] = label.values[y * label.size.width + label.size.width - 1 - x] } }
    return IndexMap(size: label.size, values: values)
  }

  /// Shares and windows by counting: a class in the left half of every label is a half of the pixels, and in a window of the full width always.
  @Test func sharesAndWindows() throws {
    var label = IndexMap(size: PixelSize(64, 32), filledWith: 0)
    for y in 0..<32 { for x in 0..<32 { label.values[y * 64 + x] = 13 } }
    label.values[0] = 255
    let picture = Streets.scene(world: .source, split: .train, index: 0, seed: 0).render(look: .source, size: PixelSize(64, 32)).0
    let data = dataset((0..<8).map { _ in (picture, label) })
    let whole = try DatasetDiagnosis(data, crop: PixelSize(64, 32), seed: 0), narrow = try DatasetDiagnosis(data, crop: PixelSize(8, 8), seed: 0)
    #expect(whole.shares[13] == 1023.0 / 2047 && whole.shares[0] == 1024.0 / 2047 && whole.shares[5] == 0)
    #expect(whole.windows[13] == 1 && whole.windows[5] == 0)
    #expect(narrow.windows[13] > 0.3 && narrow.windows[13] < 0.75)
    #expect(whole.holders[13] == 8 && whole.holders[5] == 0)
    // The same picture eight times: every pair across the splits.
    #expect(whole.twins.count == 4 * 4)
  }

  /// Augmentation moves picture and label together.
  @Test func augmentationKeepsLabelsInPlace() throws {
    let found = try DatasetDiagnosis(dataset(pairs).augmented(by: Augmentation()), crop: nil, seed: 3)
    #expect(found.strayAfterAugmentation.isEmpty && found.strayLabels.isEmpty)
  }
}
