import Imaging
import Storage
import Testing
import Workbench

/// `pseudolabel to=` hands labels to other programs.
@Suite struct PseudoLabelFilesTests {
  /// The files are those of the store, under the images' names, and are written again where the value was kept.
  @Test func labelsAreWrittenUnderTheNamesOfTheirImages() throws {
    let bench = Bench(), statement = "g = pseudolabel t on=few.train to=taught/labels"
    let session = try bench.open()
    #expect(session.perform(Small.trained + [statement]) == nil)
    let stored = try bench.stored(session, "g")
    for number in 0..<4 {
      let name = "taught/labels/source-train-\(number).png"
      #expect(bench.contents()[name] == stored["label-\(number).png"])
      let label = try PNG.decodeIndices(#require(bench.bytes(name)))
      #expect(label.size == PixelSize(64, 32) && label.values.allSatisfy { $0 < 19 || $0 == 255 })
      try bench.files.remove(bench.path + "/" + name)
    }
    #expect(session.perform([statement]) == nil)
    #expect(bench.contents("taught").count == 4)
  }

  /// Beside the images they make a dataset that can be trained on.
  @Test func labelsAreAPlainFolder() throws {
    let bench = Bench()
    let session = try bench.open()
    for number in 0..<4 { try bench.image("taught/images/source-train-\(number).png") }
    #expect(session.perform(Small.trained + [
      "pseudolabel t on=few.train to=taught/labels", "again = load dataset folder taught role=source", "train m on=again.train batch=2 epochs=1",
    ]) == nil)
  }
}
