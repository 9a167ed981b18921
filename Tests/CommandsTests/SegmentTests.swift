import Commands
import Imaging
import Language
import Scenes
import Storage
import TestSupport
import Testing
import Workbench

/// `segment`: label maps of whole datasets as files.
@Suite struct SegmentTests {
  private let bench = Bench()

  private func map(_ name: String) throws -> IndexMap { try PNG.decodeIndices(try #require(bench.bytes(name), "\(name)"), path: name) }

  @Test func filesAreWhatPredictSays() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["few", "s = segment t on=few to=out", "p = predict t on=few[2]", "save p.label to=p.png"]) == nil)
    let files = bench.contents("out").keys.sorted()
    #expect(files.count == 5)
    let expected = try map("p.png")
    #expect(try files.contains { try map($0) == expected })
    #expect(bench.notes.last == "written: 5 label maps in out, trainids")
  }

  @Test(arguments: ["trainids", "labelids", "colours"]) func encodingsSayTheSame(_ encoding: String) throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["segment t on=few to=out encoding=\(encoding)", "segment t on=few to=ids"]) == nil)
    #expect(bench.kept.last == true, "in what form labels are written is no part of what they are")
    for name in bench.contents("out").keys {
      let ids = try map("ids" + name.dropFirst(3)), bytes = try #require(bench.bytes(name))
      switch encoding {
      case "colours": #expect(try PNG.decodeImage(bytes) == LabelColours.picture(of: ids))
      case "labelids": #expect(try PNG.decodeIndices(bytes).values == ids.values.map { CityscapesClass.all[Int($0)].labelID })
      default: #expect(try PNG.decodeIndices(bytes) == ids)
      }
      if encoding == "labelids" { #expect(try PNG.header(bytes).kind == .grey) }
    }
  }

  /// The network sees `size=`, and the labels are as large as the files, under the pictures' names.
  @Test func labelsAreAsLargeAsTheirPictures() throws {
    for (name, size) in [("a", PixelSize(101, 53)), ("b", PixelSize(64, 32))] { try bench.image("g/\(name).png", size) }
    try bench.write("g/c.jpg", TinyJPEG.bytes)
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["g = load dataset folder g role=target size=64x32", "segment t on=g to=out"]) == nil)
    #expect(bench.contents("out").keys.sorted() == ["out/a.png", "out/b.png", "out/c.png"])
    #expect(try ["a", "b", "c"].map { try map("out/\($0).png").size } == [PixelSize(101, 53), PixelSize(64, 32), PixelSize(8, 6)])
  }

  @Test func anEnsembleIsTheMeanOfItsModels() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + [
      "u = train m on=few.train batch=2 epochs=1 lr=0.02", "e = ensemble t u", "segment e on=few to=out", "p = predict e on=few[0]", "save p.label to=p.png",
    ]) == nil)
    let expected = try map("p.png")
    #expect(try bench.contents("out").keys.contains { try map($0) == expected })
  }

  /// What was labelled before Ctrl-C is not labelled again, and what comes of both is the same.
  @Test(arguments: [1, 3]) func anInterruptedOneGoesOn(_ steps: Int) throws {
    let peace = Bench(), whole = try peace.open()
    #expect(whole.perform(Small.trained + ["s = segment t on=few to=out"]) == nil)
    let interrupt = Interrupt(), bench = bench
    var labelled = 0
    let session = try Session.open(Bench.catalog, Surroundings(directory: bench.path, interrupt: interrupt)) { event in
      bench.events.append(event)
      guard case .progressed(let progress) = event, progress.stage.hasPrefix("labels of image") else { return }
      labelled += 1
      if labelled == steps { interrupt.request() }
    }.session
    #expect(session.perform(Small.trained) == nil)
    #expect(session.evaluate("s = segment t on=few to=out") == .interrupted)
    #expect(bench.contents("out").isEmpty)
    interrupt.reset()
    #expect(session.perform(["s = segment t on=few to=out"]) == nil)
    #expect(labelled == 5, "\(labelled - 5) images were labelled twice")
    #expect(bench.notes.contains { $0.hasPrefix("\(steps) of 5 images") && $0.hasSuffix("labelled already") })
    #expect(bench.contents("out") == peace.contents("out"))
    #expect(session.shown == whole.shown)
  }

  /// Files that are gone are written again from what was kept; those that are there and as they were are left.
  @Test func keptLabelsAreWrittenAgain() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["segment t on=few to=out"]) == nil)
    let written = bench.contents("out")
    try bench.files.remove(bench.path + "/" + written.keys.sorted()[1])
    #expect(session.perform(["segment t on=few to=out"]) == nil)
    #expect(bench.kept.last == true && bench.contents("out") == written)
  }

  @Test func theTableCountsPixels() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["s = segment t on=few to=out", "save s to=s.csv"]) == nil)
    let lines = String(decoding: try #require(bench.bytes("s.csv")), as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "class,pixels,share" && lines.count == 20)
    let counts = lines.dropFirst().map { Int($0.split(separator: ",")[1])! }
    #expect(counts.reduce(0, +) == 5 * 64 * 32)
    var found = [Int](repeating: 0, count: 19)
    for name in bench.contents("out").keys { for value in try map(name).values { found[Int(value)] += 1 } }
    #expect(found == counts)
  }

  /// What `segue infer` makes of a frame is what `segment` writes for the same picture.
  @Test func framesAreLabelledAlike() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["save t to=t.safetensors", "segment t on=few to=out", "save few[0].image to=x.png"]) == nil)
    let live = try LiveSegmentation(modelAt: "t.safetensors", in: bench.path), frame = try PNG.decodeImage(try #require(bench.bytes("x.png")))
    let labels = IndexMap(size: frame.size, values: live.segment(frame, as: .labels))
    #expect(try bench.contents("out").keys.contains { try map($0) == labels })
    #expect(live.segment(frame, as: .colours) == LabelColours.picture(of: labels).pixels)
    #expect(live.segment(frame, as: .overlay) == LabelColours.overlay(labels, on: frame).pixels)
    #expect(live.latency(50).map { $0 > 0 } == true)
  }
}
