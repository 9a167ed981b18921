import Commands
import Imaging
import Language
import Testing
import Workbench

/// What `show`, `spectrum`, `combine`, `features` and `predict` draw, by what can be measured on it.
@Suite struct PicturesTests {
  private let bench = Bench()

  private func picture(_ session: Session) throws -> (image: Image, caption: Phrase) {
    guard case .picture(let image, let caption) = session.last.display else { throw Missing() }
    return (image, caption)
  }
  private struct Missing: Error {}

  private func pixel(_ image: Image, _ x: Int, _ y: Int) -> [UInt8] {
    let at = 3 * (y * image.size.width + x)
    return Array(image.pixels[at..<at + 3])
  }

  private func colours(_ image: Image, _ columns: Range<Int>) -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    for y in 0..<image.size.height {
      for x in columns { found.insert(pixel(image, x, y)) }
    }
    return found
  }

  @Test func theLegendNamesTheClassesThatOccurAndNoOthers() throws {
    let session = try bench.open()
    #expect(session.perform(["d = load dataset streets size=64x32", "show d.source[0]"]) == nil)
    let (image, caption) = try picture(session)
    #expect(image.size == PixelSize(3 * 64 + 8, 32))
    #expect(Set(caption.keys.map { [$0.red, $0.green, $0.blue] }) == colours(image, 68..<132))
    #expect(caption.keys.first?.name == "road" && !caption.keys.contains { $0.name == "train" })
    #expect(session.shown == ["d.source[0]: image | label | both, 200x32"])
  }

  /// Rows up to four samples, then a sheet.
  @Test(arguments: [
    ("show few", "few: image | label | both", 200, 140), ("show few count=5", "few: 5 samples, row by row, each with its label below it", 200, 134),
    ("show few count=5 what=image", "few: image of 5 samples, row by row", 200, 68), ("show few what=overlay count=2", "few: overlay of 2 samples, row by row", 132, 32),
    ("show few[0].image few[1].image", "few[0].image: source-train-0; few[1].image: source-train-1", 132, 32),
  ])
  func sheetsAreLaidOut(_ statement: String, _ caption: String, _ width: Int, _ height: Int) throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + [statement]) == nil)
    #expect(try picture(session).image.size == PixelSize(width, height))
    #expect(session.shown.joined(separator: " ") == "\(caption), \(width)x\(height)")
  }

  @Test func theShareOfErrorsIsThePixelAccuracy() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["v = iou t on=few.val", "show t on=few.val what=errors count=64"]) == nil)
    let (image, caption) = try picture(session)
    let accuracy = try session.value(of: .init("v", [.field("accuracy")])).number?.value ?? -1
    #expect(abs((caption.numbers.first?.value ?? -2) - accuracy) < 1e-9)
    // The fourth picture of the row: red where it is wrong.
    var red = 0
    for y in 0..<32 {
      for x in 204..<268 where pixel(image, x, y) == [230, 40, 40] { red += 1 }
    }
    #expect(abs(100 - 100 * Double(red) / Double(64 * 32) - accuracy) < 5, "nearly every pixel is labelled")
  }

  @Test func confidenceIsThatOfPredictAndEntropyIsLowWhereItIsHigh() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["predict t on=few[0]"]) == nil)
    let mean = try picture(session).caption.numbers.last?.value
    #expect(session.perform(["show t on=few[0] what=confidence"]) == nil)
    #expect(try picture(session).caption.numbers.first?.value == mean)
    #expect(session.perform(["show t on=few[0] what=entropy"]) == nil)
    let keys = try picture(session).caption.keys.suffix(5).map(\.name)
    #expect(keys == ["one class (0.00)", "0.25", "0.50", "0.75", "all classes alike (1.00)"])
  }

  @Test func theDiscriminatorOfAnAdversarialTrainingCanBeSeen() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["a = train m on=few.train toward=d.target.train batch=2 epochs=2 every=1", "show a on=few[0] what=discriminator"]) == nil)
    let (image, caption) = try picture(session)
    #expect(image.size == PixelSize(4 * 64 + 12, 32) && caption.text.contains("its discriminator"))
    #expect(colours(image, 204..<268).count <= 2, "it sees 2x1 pixels")
    #expect(session.evaluate("show a@1 on=few[0] what=discriminator").diagnostic?.message == "the discriminator is kept for the last epoch only")
    #expect(session.perform(["show a@2 on=few[0] what=discriminator"]) == nil)
  }

  @Test func anImageIsPutTogetherAgainFromItsSpectrum() throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + ["a = spectrum few[0]", "p = spectrum few[0] part=phase", "few[0].image"]) == nil)
    let original = try picture(session).image
    #expect(session.perform(["combine amplitude=a phase=p"]) == nil)
    #expect(try picture(session).image == original)
    #expect(session.history.last == "combine1 = combine a phase=p")
    #expect(session.perform(["b = spectrum d.target[0]", "x = combine b phase=p", "spectrum x part=phase"]) == nil)
  }

  @Test func theWindowThatFdaSwapsIsDrawn() throws {
    let session = try bench.open()
    #expect(session.perform(["d = load dataset streets size=128x64", "spectrum d.source[0] beta=0.05"]) == nil)
    let (image, caption) = try picture(session)
    #expect(caption.text.hasSuffix("; swaps 7x7 of 128x64 frequencies") && caption.keys.last?.name == "what stands beside it 4 times as large")
    // Image, amplitudes, their middle: 49 red pixels and sixteen times as many. Grey has three equal values.
    func red(_ columns: Range<Int>) -> Int {
      var count = 0
      for y in 0..<64 {
        for x in columns {
          let colour = pixel(image, x, y)
          if colour[0] == 255, colour[1] == colour[2], colour[1] < 255 { count += 1 }
        }
      }
      return count
    }
    #expect((48...49).contains(red(132..<260)))
    #expect((16 * 48...16 * 49).contains(red(264..<392)))
  }

  @Test func filesHaveTitlesAndALegendThatTheScreenHasBelow() throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + ["show few[0] to=x.png"]) == nil)
    let shown = try picture(session).image, written = try PNG.decodeImage(#require(bench.bytes("x.png")))
    #expect(written.size.width == shown.size.width && written.size.height > shown.size.height + 7 + 7)
  }

  @Test func featuresAreASheetOfTheirChannels() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["features m layer=\"sp.conv1.bn\" on=few[0] count=3"]) == nil)
    let (image, caption) = try picture(session)
    #expect(caption.text == "sp.conv1.bn of source-train-0: 8 channels of 32x16, the 3 that vary most")
    // The image, then two rows of two channels of its half.
    #expect(image.size == PixelSize(68, 32 + 4 + 16 + 4 + 16))
  }
}
