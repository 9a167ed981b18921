import Imaging
import Scenes
import Testing

@Suite struct SampleTests {
  /// Adds a constant, and writes down what it was given.
  struct Tint: SampleStyle {
    let amount: Float
    var summary: String { "tint \(amount)" }

    func restyle(_ image: FloatImage, index: Int, draw: Draw) throws -> FloatImage {
      FloatImage(size: image.size, pixels: image.pixels.map { $0 + amount + Float(100 * index) })
    }
  }

  let data = PatternReader.dataset()

  /// The label that a pattern's picture itself tells.
  func told(_ image: FloatImage) -> [UInt8] {
    stride(from: 0, to: image.pixels.count, by: 3).map { UInt8(image.pixels[$0] / 10) }
  }

  @Test func labelsMoveWithTheirPictures() throws {
    let crop = PixelSize(7, 5)
    var windows = Set<[UInt8]>()
    let flipping = data.augmented(by: Augmentation(probability: 0.5, contrast: 1...1, saturation: 1...1))
    for epoch in 0..<30 {
      for position in 0..<data.count {
        let sample = try flipping.sample(position, draw: Draw(seed: 3, epoch: epoch, crop: crop))
        #expect(sample.image.size == crop && sample.label?.size == crop)
        #expect(told(sample.image) == sample.label?.values)
        windows.insert(sample.label!.values)
      }
    }
    #expect(windows.count > 30, "draws hardly differ")
  }

  @Test func drawsRepeat() throws {
    let changing = data.augmented(by: Augmentation(brightness: 0.8...1.2, hue: -0.1...0.1))
    let draw = Draw(seed: 9, epoch: 4, crop: PixelSize(6, 6))
    #expect(try changing.sample(2, draw: draw).image == changing.sample(2, draw: draw).image)
    #expect(try changing.sample(2, draw: draw).image == changing[2].sample(0, draw: draw).image, "a view changed the draw")
    #expect(try data.sample(2, draw: draw).image != data.sample(2, draw: Draw(seed: 10, epoch: 4, crop: PixelSize(6, 6))).image)
  }

  @Test func aCropIsHeldToThePicture() throws {
    let sample = try data.sample(0, draw: Draw(seed: 1, crop: PixelSize(100, 5)))
    #expect(sample.image.size == PixelSize(16, 5))
  }

  @Test func stylesComeBelowAugmentation() throws {
    let augmentation = Augmentation(probability: 1, contrast: 2...2, saturation: 1...1, flip: 0)
    let one = data.restyled(by: Tint(amount: 5)).augmented(by: augmentation)
    let other = data.augmented(by: augmentation).restyled(by: Tint(amount: 5))
    let draw = Draw(seed: 1, crop: PixelSize(4, 4))
    let image = try one.sample(1, draw: draw).image
    #expect(image == (try other.sample(1, draw: draw).image))
    let plain = try data.sample(1, draw: draw).image
    #expect(image == (try Tint(amount: 5).restyle(plain, index: 1, draw: draw).contrasted(by: 2)))
    #expect(FloatImage(try one.picture(1, draw: draw)) == plain)
    #expect(one.styles == ["tint 5.0"])
  }

  @Test func nothingChangesAtProbabilityZeroAndEverythingAtOne() throws {
    let never = data.augmented(by: Augmentation(probability: 0))
    let always = data.augmented(by: Augmentation(probability: 1, contrast: 1...1, saturation: 1...1))
    for i in 0..<data.count {
      let plain = try data.sample(i, draw: Draw(seed: 1))
      #expect(try never.sample(i, draw: Draw(seed: 1)).image == plain.image)
      #expect(try always.sample(i, draw: Draw(seed: 1)).image == plain.image.flipped)
      #expect(try always.sample(i, draw: Draw(seed: 1)).label == plain.label?.flipped)
    }
  }

  @Test func augmentationHappensAsOftenAsItShould() throws {
    let half = data.augmented(by: Augmentation())
    let plain = try data.sample(0, draw: Draw(seed: 1)).image
    let changed = try (0..<400).count { try half.sample(0, draw: Draw(seed: 1, epoch: $0)).image != plain }
    #expect((160...240).contains(changed))
  }

  @Test func judgingKeepsTheLabelsSize() throws {
    let small = data.resized(to: PixelSize(8, 6)).augmented(by: Augmentation(probability: 1)).restyled(by: Tint(amount: 1))
    let sample = try small.evaluationSample(1, seed: 0)
    let (image, label) = try PatternReader().read(at: 1)
    #expect(sample.label == label && sample.fullSize == PixelSize(16, 12))
    #expect(sample.image == (try Tint(amount: 1).restyle(FloatImage(image.resized(to: PixelSize(8, 6))), index: 1, draw: Draw(seed: 0))))
    #expect(try small.sample(1, draw: Draw(seed: 0)).label?.size == PixelSize(8, 6))
    #expect(small.sizes == [PixelSize(8, 6)])
    let blind = PatternReader.dataset(PatternReader(hasLabels: false)).resized(to: PixelSize(8, 6))
    #expect(try blind.evaluationSample(0, seed: 0).label == nil && blind.evaluationSample(0, seed: 0).fullSize == PixelSize(16, 12))
  }
}
