import Imaging
import Language
import Scenes
import Tensors
import Testing
import Workbench

/// What data sets become at the prompt: nothing disappears without a word, and nothing is lost by a damaged file.
@Suite struct DataReadingTests {
  /// A trained model, and pictures without labels.
  private static func pictures(_ bench: Bench, _ folder: String = "g", _ count: Int = 5) throws -> [String] {
    for i in 0..<count { try bench.image("\(folder)/images/\(i).png") }
    return Small.trained + ["g = load dataset folder \(folder) role=target"]
  }

  private static func number(_ session: Session, _ reference: String) -> Double? {
    session.evaluate(reference)
    return session.shown.first.flatMap { Double($0) }
  }

  // MARK: what is shown

  @Test func loadingSaysWhatWasRead() throws {
    let bench = Bench()
    try bench.gta("g", 5)
    try bench.image("g/images/9.png")
    try bench.image("g/images/test/7.png")
    let session = try bench.open()
    #expect(session.perform(["g = load dataset gta5 g"]) == nil)
    #expect(session.shown == [
      "source, 5 images (4 train, 1 val), 64x32",
      "labels: 8-bit grey levels, label ids; 3 of 19 classes occur, without building, wall, fence, pole,",
      "traffic light, traffic sign, vegetation, terrain, sky, person, rider, truck, bus, train, motorcycle,", "bicycle", "split: at random with seed 0, 20 % for validation", "left out: 1 file or folder",
      "note: images/test/ is not read: 1 image kept for testing",
    ])
    #expect(bench.notes.contains("images/9.png is left out: it has no label"))
  }

  /// What is left out is part of what is shown, and so of the recipe.
  @Test func whatIsLeftOutIsInTheRecipe() throws {
    let bench = Bench()
    try bench.gta("g", 3)
    let session = try bench.open()
    #expect(session.perform(["a = load dataset gta5 g"]) == nil)
    try bench.image("g/images/9.png")
    #expect(session.perform(["b = load dataset gta5 g"]) == nil)
    let digests = session.names.map(\.digest)
    #expect(digests[0] != digests[1])
  }

  @Test func describeCountsEverything() throws {
    let bench = Bench()
    try bench.gta("g", 5)
    let session = try bench.open()
    #expect(session.perform(["g = load dataset gta5 g", "t = describe g", "expect t.images = 5", "expect t.labels = 5", "expect t.classes = 3"]) == nil)
    session.evaluate("t")
    let shown = session.shown
    #expect(shown.contains { $0.hasPrefix("road") && $0.contains("33.35") && $0.contains("4") }, "\(shown)")
    #expect(shown.contains("label values: 7 road, 8 sidewalk, 26 car"))
    #expect(shown.contains("labels: 5 of 8-bit grey levels, 64x32 (label ids)"))
    #expect(session.perform(["save t to=t.csv", "save t to=t.json"]) == nil)
    let csv = String(decoding: bench.bytes("t.csv") ?? [], as: UTF8.self)
    #expect(csv.hasPrefix("class,train id,train pixels,train share,train images,val pixels,val share,val images\nroad,0,2732,0.3334"), "\(csv)")
  }

  @Test func describeCountsWhatIsDrawn() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.data + ["t = describe few", "expect t.images = 5", "expect t.labels = 5", "expect t.classes > 3"]) == nil)
  }

  // MARK: pseudo-labels

  /// The classes of pseudo-labels are those that a network predicts: a model agrees with all of its own labels.
  @Test func pseudoLabelsOfUnlabelledImagesHaveClasses() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(try Self.pictures(bench) + ["p = pseudolabel t on=g keep=100%", "i = iou t on=p", "expect i.miou = 100", "expect i.accuracy = 100"]) == nil)
    // Joined with data of other classes, and taken out of it again.
    try bench.gta("h", 2)
    #expect(session.perform(["h = load dataset gta5 h", "j = join h p", "i2 = iou t on=p[0]", "i3 = iou t on=j[2]", "expect i2.miou = 100", "expect i3.miou = 100"]) == nil)
    #expect(session.perform(["t2 = train m on=few.train batch=2 epochs=1 validate=p.val", "expect t2.miou > 0"]) == nil)
  }

  @Test func labelsOfOneNameAreRefusedBeforeAnyWork() throws {
    let bench = Bench(), session = try bench.open()
    for i in 0..<2 { try bench.image("h/images/\(i).png") }
    #expect(session.perform(try Self.pictures(bench) + ["h = load dataset folder h role=target", "j = join g h"]) == nil)
    let marked = Marked("pseudolabel t on=j to=‹out›"), steps = bench.steps
    let diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message == "images 0 and 5 of j are both called 0, so their labels would be one file")
    #expect(diagnostic.remedy == "label the parts of a joined dataset one by one, each in a folder of its own" && diagnostic.range == marked.range)
    #expect(bench.steps == steps && bench.contents("out").isEmpty)
  }

  /// Written labels pair with their pictures, which carry a suffix and are larger than what the network saw.
  @Test(arguments: [true, false]) func writtenLabelsPairWithTheirPictures(_ isFlat: Bool) throws {
    let bench = Bench(), session = try bench.open()
    for town in ["jena", "ulm"] {
      for frame in 0..<2 { try bench.image("city/leftImg8bit/train/\(town)/\(town)_\(frame)_leftImg8bit.png", PixelSize(128, 64)) }
    }
    if isFlat {
      for town in ["jena", "ulm"] { for frame in 0..<2 { try bench.image("out/images/\(town)_\(frame)_leftImg8bit.png", PixelSize(128, 64)) } }
    } else {
      try bench.write("out/x", text: "")
      try bench.link("out/images", to: "../city/leftImg8bit")
    }
    #expect(session.perform(Small.trained + [
      "city = load dataset cityscapes city size=64x32", "p = pseudolabel t on=city.train keep=100% to=out/labels", "back = load dataset folder out role=source size=64x32 strict=yes",
      "i = iou t on=p", "expect i.miou = 100", "n = describe back", "expect n.labels = 4",
    ]) == nil)
    let label = try PNG.decodeIndices(#require(bench.bytes("out/labels/ulm_1.png")))
    #expect(label.size == PixelSize(128, 64))
  }

  // MARK: damage after loading

  /// A file that is damaged while a training runs costs no epoch: what was trained is kept, the message says where it is wrong, and the
  /// same statement goes on once the file is whole again.
  @Test(arguments: ["on", "validate"]) func finishedEpochsSurviveADamagedFile(_ parameter: String) throws {
    let bench = Bench()
    try bench.gta("g", 9)
    try bench.gta("v", 4)
    let statement = parameter == "on" ? "t = train m on=‹g.train› batch=2 epochs=3 validate=v.val" : "t = train m on=g.train batch=2 epochs=3 validate=‹v.val›"
    let marked = Marked(statement), session = try bench.open()
    #expect(session.perform(["g = load dataset gta5 g", "v = load dataset gta5 v", "m = build model width=1/8"]) == nil)
    // The file that the last step of the first epoch is the first to read, or those that are read when the epoch has ended.
    let images = try #require(try GTA5.load(LoadRequest(path: bench.path + "/g")).whole?.train)
    let order = RandomStream(seed: 0, purpose: "order", epoch: 0).permuted(images.count)
    let damaged = parameter == "on" ? ["g/labels/\(images.name(at: order[7])).png"] : (0..<4).map { "v/labels/\($0).png" }
    let whole = damaged.map { bench.bytes($0)! }
    for file in damaged { try bench.write(file, text: "damage") }
    let diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message.hasPrefix("cannot read \(parameter == "on" ? "g" : "v")/labels/") && diagnostic.message.hasSuffix(".png: it changed since the dataset was loaded; load it again"), "\(diagnostic.message)")
    #expect(diagnostic.range == marked.range)
    #expect(
      diagnostic.remedy == "restore the file as it was when the data was loaded, and type the statement again; \(parameter == "on" ? 3 : 4) steps are kept, and with the same data the statement goes on from there")
    for (file, bytes) in zip(damaged, whole) { try bench.write(file, bytes) }
    bench.events = []
    #expect(session.perform([marked.text]) == nil)
    #expect(bench.notes.contains { $0.hasPrefix("continues at step ") }, "\(bench.notes)")
    // Bit-identical to what it is without the accident.
    let other = Bench()
    try other.gta("g", 9)
    try other.gta("v", 4)
    let calm = try other.open()
    #expect(calm.perform(["g = load dataset gta5 g", "v = load dataset gta5 v", "m = build model width=1/8", marked.text]) == nil)
    #expect(try other.stored(calm, "t")["epoch-3.safetensors"] == bench.stored(session, "t")["epoch-3.safetensors"])
  }
}

extension RandomStream {
  fileprivate func permuted(_ count: Int) -> [Int] {
    var random = self
    return random.permutation(of: count)
  }
}
