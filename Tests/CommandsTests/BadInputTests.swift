import Imaging
import Language
import Tensors
import Testing
import Workbench

/// What people get wrong, and what they are told. After each nothing is lost: names, script, stored values and files are as they were,
/// and the session goes on.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.all) func isTold(_ input: BadInput) throws {
    let bench = Bench()
    try input.prepare(bench)
    let session = try bench.open()
    #expect(session.perform(input.before) == nil)
    try input.change(bench)
    let (names, script, stored, files) = (session.names.map(\.name), session.transcript, bench.contents(".segue/store"), bench.contents())
    let marked = Marked(input.statement)
    let diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message == input.message)
    #expect(diagnostic.remedy == input.remedy)
    #expect(diagnostic.range == marked.range)
    #expect(session.names.map(\.name) == names)
    #expect(session.transcript == script)
    #expect(bench.contents(".segue/store") == stored)
    #expect(bench.contents() == files)
    #expect(session.perform(["after = 1"]) == nil)
  }
}

/// `segue check` tells all of it of a script that does the same, at the same place, without doing any work.
@Suite struct BadInputCheckTests {
  @Test(arguments: BadInput.all.filter { !$0.isFoundWhileRunning }) func isToldBeforeAnyWork(_ input: BadInput) throws {
    let bench = Bench()
    try input.prepare(bench)
    let marked = Marked(input.statement), before = input.before.map { $0 + "\n" }.joined()
    let surroundings = try Surroundings(directory: bench.path, fileSystem: bench.files)
    let found = Session.check(Script(before + marked.text, Bench.catalog.vocabulary), Bench.catalog, surroundings)
    #expect(found.map(\.message) == [input.message])
    #expect(found.map(\.remedy) == [input.remedy])
    let shift = before.utf8.count
    #expect(found.first?.range == marked.range.map { SourceRange($0.start + shift, $0.end + shift) })
    #expect(bench.contents(".segue/store").isEmpty)
  }
}

/// One mistake: what lies in the directory, what was typed before, the statement with the words that are pointed at between `‹` and `›`.
struct BadInput: Sendable, CustomTestStringConvertible {
  let statement: String
  let message: String
  let remedy: String?
  let before: [String]
  let prepare: @Sendable (Bench) throws -> Void
  /// True where it cannot be told before the values are there: a check of the script finds nothing.
  var isFoundWhileRunning = false
  var change: @Sendable (Bench) throws -> Void = { _ in }

  init(
    _ statement: String, _ message: String, _ remedy: String? = nil, after before: [String] = [],
    with prepare: @escaping @Sendable (Bench) throws -> Void = { _ in }
  ) {
    (self.statement, self.message, self.remedy, self.before, self.prepare) = (statement, message, remedy, before, prepare)
  }

  var testDescription: String { statement }

  /// - Parameter change: happens after the statements before.
  func whileRunning(_ change: @escaping @Sendable (Bench) throws -> Void = { _ in }) -> BadInput {
    var copy = self
    (copy.isFoundWhileRunning, copy.change) = (true, change)
    return copy
  }

  static let all = files + checkpoints + pictures + words + operands + models + outputs
}

extension BadInput {
  private static let diverged = "take a file from before that training diverged"

  /// Folders and what is in them.
  static let files = [
    BadInput(#"load dataset gta5 ‹"no/such"›"#, "there is no folder no/such; gta5 needs the folder of the dataset"),
    BadInput("load dataset ‹gta5›", "gta5 is read from files", #"name their folder: load dataset gta5 "FOLDER""#),
    BadInput("load dataset streets ‹x›", "streets is built in and takes no folder"),
    BadInput("load dataset ‹folder› g", "a plain folder does not say what it is for", "add role=source or role=target") { try $0.gta("g", 2) },
    BadInput("load dataset gta5 g map=‹m.txt›", "gta5 knows what its labels mean", "map= is for `folder`") { try $0.gta("g", 2) },
    BadInput("load dataset gta5 ‹g›", "g is a file; gta5 needs the folder of the dataset") { try $0.write("g", text: "x") },
    BadInput("load dataset gta5 ‹g›", "there is no gta5 data in g: looked for images/*.png and labels/*.png of the same names, or both under train/ and val/") {
      try $0.write("g/note.txt", text: "x")
    },
    BadInput("load dataset cityscapes ‹g›", "there is no cityscapes data in g: looked for leftImg8bit/ or images/ with train/ or val/CITY/*_leftImg8bit.png, and gtFine/ beside it with *_gtFine_labelIds.png or *_gtFine_labelTrainIds.png") {
      try $0.write("g/note.txt", text: "x")
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/9.png: it has no label") { try $0.gta("g", 2); try $0.image("g/images/9.png") },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/labels/9.png: it has no image") { try $0.gta("g", 2); try $0.label("g/labels/9.png") },
    BadInput("load dataset gta5 ‹g›", "there is no gta5 data in g: looked for images/*.png and labels/*.png of the same names, or both under train/ and val/; images/0.png is left out: it has no label, and 1 more") {
      try $0.image("g/images/0.png"); try $0.label("g/labels/1.png")
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: the image is 64x32, its label 32x32") {
      try $0.gta("g", 2); try $0.label("g/labels/0.png", [7], PixelSize(32, 32))
    },
    BadInput("load dataset folder ‹g› role=source", "g has no labels/ folder, and a source without labels cannot be trained on", "use role=target") { try $0.image("g/images/0.png") },
    BadInput("load dataset folder ‹g› role=source map=m.txt", "m.txt, line 2: there is no class 'motorway'; the classes are road, sidewalk, building, wall, fence, pole, traffic light, traffic sign, vegetation, terrain, sky, person, rider, car, truck, bus, train, motorcycle, bicycle and void") {
      try $0.gta("g", 2); try $0.write("m.txt", text: "7 = road\n8 = motorway\n")
    },
    BadInput("load dataset folder ‹g› role=source map=m.txt", "cannot read the label map m.txt: there is no such file or folder") { try $0.gta("g", 2) },
    BadInput("load weights ‹w.safetensors›", "cannot read w.safetensors: there is no such file or folder", after: Small.built),
    BadInput("load weights ‹w.safetensors›", "cannot read w.safetensors: it is a folder", after: Small.built) { try $0.write("w.safetensors/x", text: "") },
    BadInput("load weights ‹w.safetensors›", "cannot read w.safetensors: it is a pipe or a device, not a file", after: Small.built) { try $0.pipe("w.safetensors") },
    BadInput("load weights ‹w.safetensors›", "cannot read w.safetensors: it is a pipe or a device, not a file", after: Small.built) { try $0.link("w.safetensors", to: "/dev/zero") },
    BadInput("load weights ‹w.safetensors›", "w.safetensors holds numbers in ffm.conv1.weight that are not finite", diverged, after: Small.built) {
      try $0.safetensors("w.safetensors", "ffm.conv1.weight", [8, 32, 1, 1], .nan)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors holds variances in sp.conv1.bn.running_var that are negative", diverged, after: Small.built) {
      try $0.safetensors("w.safetensors", "sp.conv1.bn.running_var", [8], -1)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors is cut short: it has 3 bytes and its header alone needs 8", after: Small.built) { try $0.write("w.safetensors", text: "abc") },
    BadInput("load weights ‹w.safetensors›", "w.safetensors is not a safetensors file: it announces a header of 9223372036854775807 bytes, and at most 16777216 are read", after: Small.built) {
      try $0.write("w.safetensors", [255, 255, 255, 255, 255, 255, 255, 127, 123, 125])
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors holds ffm.conv1.weight and module.ffm.conv1.weight, which name one parameter", "leave one of them out of the file", after: Small.built) {
      let tensor = Tensor(shape: [8, 32, 1, 1], values: [Float](repeating: 1, count: 256))
      try $0.write("w.safetensors", Safetensors([("ffm.conv1.weight", tensor), ("module.ffm.conv1.weight", tensor)]).encoded)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors has bytes 4 to 107374182330 of its data that belong to no tensor", after: Small.built) {
      try $0.safetensors("w.safetensors", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#); try $0.lengthen("w.safetensors", 107_374_182_392)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors is not a safetensors file: there is no { at byte 0 of its header", after: Small.built) {
      try $0.write("w.safetensors", []); try $0.lengthen("w.safetensors", 100 << 30)
    },
    BadInput("load dataset folder ‹g› role=source map=m.txt", "cannot read the label map m.txt: it has 107374182400 bytes, and at most 1048576 are read") {
      try $0.gta("g", 2); try $0.write("m.txt", []); try $0.lengthen("m.txt", 100 << 30)
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it has 107374182400 bytes, far more than a picture of 64x32 takes") {
      try $0.gta("g", 2); try $0.lengthen("g/images/0.png", 100 << 30)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors is not a safetensors file: there is no { at byte 0 of its header", after: Small.built) {
      try $0.write("w.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, 125, 123])
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors gives 'a' a shape too large for any memory", after: Small.built) {
      try $0.safetensors("w.safetensors", #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#)
    },
    BadInput("load weights ‹w.safetensors›", "w.safetensors holds no parameter of this network", "names are expected as published, for example cp.backbone.features.0.conv.weight", after: Small.built) {
      try $0.safetensors("w.safetensors", #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#)
    },
    BadInput(
      "load weights ‹w.safetensors› into=wide",
      "cp.backbone.features.0.conv.weight has shape [4, 3, 3, 3] in w.safetensors and [8, 3, 3, 3] in the network; 224 more parameters differ",
      "build the network with the width and spatial path of the file, or leave out what does not fit with strict=no",
      after: Small.built + ["save m to=w.safetensors", "wide = build model width=1/4"]).whileRunning(),
  ]

  /// Damaged and unfitting pictures, which are found when they are decoded.
  static let pictures = [
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is damaged: the file ends early") {
      try $0.gta("g", 2); try $0.write("g/images/0.png", Array(($0.bytes("g/images/0.png") ?? []).prefix(60)))
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is not a PNG file") { try $0.gta("g", 2); try $0.write("g/images/0.png", text: "no picture") },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/labels/0.png: it is not a PNG file but a JPEG; labels are read from PNG alone") {
      try $0.gta("g", 2); try $0.write("g/labels/0.png", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0])
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is damaged: it has no header") {
      try $0.gta("g", 2); try $0.write("g/images/0.png", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0])
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is not a PNG file but a GIF; PNG and JPEG are read") {
      try $0.gta("g", 2); try $0.write("g/images/0.png", text: "GIF89a and more")
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is empty") { try $0.gta("g", 2); try $0.write("g/images/0.png", []) },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: its header asks for 60000x60000 pixels, more than the 256 million that are read") {
      try $0.gta("g", 2)
      var bytes = $0.bytes("g/images/0.png") ?? []
      bytes.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
      try $0.write("g/images/0.png", bytes)
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/labels/0.png: its pixels are 16-bit numbers, not the 8-bit numbers of label ids") {
      try $0.gta("g", 2)
      var bytes = $0.bytes("g/labels/0.png") ?? []
      bytes[24] = 16
      try $0.write("g/labels/0.png", bytes)
    },
    BadInput("load dataset folder ‹g› role=source", "there is no folder data in g: looked for images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself; labels/0.png is left out: it holds 26, which is none of train ids (0 to 18, 255); is it a file of another kind?, and 1 more") { try $0.gta("g", 2) },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/labels/0.png: it holds 40, which is none of label ids (0 to 34, 255); is it a file of another kind?") {
      try $0.gta("g", 2); try $0.label("g/labels/0.png", [7, 40])
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/1.png: it is damaged: the checksum of its IDAT chunk is wrong") {
      try $0.gta("g", 2)
      var bytes = $0.bytes("g/images/1.png") ?? []
      bytes[bytes.count / 2] ^= 1
      try $0.write("g/images/1.png", bytes)
    },
    // What is damaged after it was loaded is reported where it is used.
    BadInput("‹show› g", "cannot read g/images/0.png: it changed since the dataset was loaded; load it again", after: ["g = load dataset gta5 g"]) { try $0.gta("g", 2) }.whileRunning() { try $0.write("g/images/0.png", text: "damage") },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/labels/0.png: its pixels are grey levels with transparency, not the 8-bit numbers of label ids") {
      try $0.gta("g", 2)
      var bytes = $0.bytes("g/labels/0.png") ?? []
      bytes[25] = 4
      try $0.write("g/labels/0.png", bytes)
    },
    BadInput("load dataset gta5 ‹g› strict=yes", "g/images/0.png: it is a pipe or a device, not a file") { try $0.gta("g", 2); try $0.pipe("g/images/0.png") },
    BadInput("load dataset folder ‹g› role=source map=m.txt", "there is no folder data in g: looked for images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself; labels/0.png is left out: it holds 8, which is none of the numbers in m.txt (7, 26); is it a file of another kind?, and 1 more") {
      try $0.gta("g", 2); try $0.write("m.txt", text: "7 = road\n26 = car\n")
    },
    BadInput("load dataset folder ‹g› role=target map=m.txt", "g has no labels that the label map m.txt could be about") { try $0.image("g/images/0.png"); try $0.write("m.txt", text: "7 = road\n") },
    BadInput(
      "train on=‹g.train› batch=2 epochs=1", "0 is 64x32 and 1 is 32x64, but the pictures of a batch must be of one size", "choose a crop= that fits in all of them, or load the dataset with size=",
      after: ["g = load dataset gta5 g", "build model width=1/8"]
    ) {
      try $0.gta("g/a", 0)
      try $0.image("g/images/train/0.png"); try $0.label("g/labels/train/0.png")
      try $0.image("g/images/train/1.png", PixelSize(32, 64)); try $0.label("g/labels/train/1.png", [7], PixelSize(32, 64))
    },
  ]
}

extension Bench {
  /// A file with this header and four bytes of data.
  func safetensors(_ name: String, _ header: String) throws {
    let count = header.utf8.count
    try write(name, (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8) + [0, 0, 0, 0])
  }

  /// A file with one tensor that is this number everywhere.
  func safetensors(_ name: String, _ tensor: String, _ shape: [Int], _ value: Float) throws {
    try write(name, Safetensors([(tensor, Tensor(shape: shape, values: [Float](repeating: value, count: shape.reduce(1, *))))]).encoded)
  }
}
