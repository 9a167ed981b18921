import Commands
import Imaging
import Language
import Testing
import Workbench

/// What is shown of datasets is what training sees of them, and the words say which form it is.
@Suite struct SeenTests {
  private let bench = Bench()

  private func picture(_ session: Session) throws -> Image {
    guard case .picture(let image, _) = session.last.display else { throw Missing() }
    return image
  }
  private struct Missing: Error {}

  private static let restyled = Small.data + ["f = fda few toward=d.target beta=0.1"]

  @Test func aWindowOfAnEpochIsShownAsTrainingCutsIt() throws {
    let session = try bench.open()
    #expect(session.perform(Self.restyled + ["g = augment f", "show f[0] crop=40x32 epoch=3"]) == nil)
    let first = session.shown.joined(separator: " "), image = try picture(session)
    #expect(first.contains("f[0]: source | target | source in the target's style | label, epoch 3: 40x32 at ") && first.contains(" of 64x32, fda swaps 7x7 of 40x32 frequencies"), "\(first)")
    #expect(image.size == PixelSize(4 * 40 + 3 * 4, 32))
    #expect(session.perform(["show f[0] crop=40x32 epoch=4"]) == nil)
    #expect(try picture(session) != image, "each epoch draws afresh")
    #expect(session.perform(["show few crop=40x32 what=image"]) == nil)
    #expect(session.shown.joined(separator: " ").contains("few: image of 4 samples, row by row, epoch 1: windows of 40x32"))
  }

  /// The window of `load batch` is that of `show` for the same image and epoch.
  @Test func theWindowIsThatOfTheBatch() throws {
    let session = try bench.open()
    #expect(session.perform(Self.restyled + ["b = load batch f.train batch=4 crop=40x32 step=2", "save b to=b.csv"]) == nil)
    let rows = String(decoding: try #require(bench.bytes("b.csv")), as: UTF8.self).split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count == 4)
    for row in rows {
      #expect(session.perform(["show f.train[\(row[2])] crop=40x32 epoch=2"]) == nil)
      #expect(session.shown.joined(separator: " ").contains("40x32 at \(row[4]),\(row[5]) of 64x32"))
    }
  }

  @Test func whatIsClippedIsSaid() throws {
    let session = try bench.open()
    #expect(session.perform(Self.restyled + ["show f[0]"]) == nil)
    #expect(bench.notes.contains { $0.hasPrefix("f[0]: numbers from ") && $0.hasSuffix("shown clipped to 0...255 and rounded; training sees them unchanged") }, "\(bench.notes)")
    let notes = bench.notes.count
    #expect(session.perform(["show few[0]"]) == nil)
    #expect(bench.notes.count == notes, "nothing is clipped")
  }

  @Test func theWordsSayWhichFrequencies() throws {
    let session = try bench.open()
    #expect(session.perform(Self.restyled + ["m = build model width=1/8", "explain train m on=f.train batch=2 crop=32x32"]) == nil)
    #expect(session.shown.contains { $0 == "fda swaps 7x7 of 32x32 frequencies of what a step sees" }, "\(session.shown)")
    #expect(session.perform(["small = load dataset streets size=32x16", "s = take small.source count=5", "j = join d.source s", "explain fda j toward=d.target beta=0.1"]) == nil)
    #expect(session.shown.contains { $0.hasPrefix("swaps 7x7 of 64x32 frequencies, and by the same share of 1 other size of each image") }, "\(session.shown)")
  }

  @Test(arguments: [
    ("show few[0].image ‹crop=32x32›", "crop= is for datasets, and few[0].image is shown as it is"), ("show m on=few ‹epoch=2›", "epoch= is for datasets, and m predicts whole images"),
  ])
  func formsAreOfDatasets(_ marked: String, _ message: String) throws {
    let session = try bench.open(), marked = Marked(marked)
    #expect(session.perform(Small.built) == nil)
    #expect(session.evaluate(marked.text).diagnostic?.message == message)
  }
}
