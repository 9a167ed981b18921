import Commands
import Language
import Tensors
import TestSupport
import Testing
import Workbench

@Suite struct ExportTests {
  private static let statements = Small.data + [
    "# Some **words**.", "show d.source.val[0] d.target.val[0]", "f = fda d.source toward=d.target beta=0.1", "f", "spectrum f[0]", "expect 2 > 1", "few = take d.source count=3",
  ]

  private func page(_ bench: Bench, _ name: String) -> String { String(decoding: bench.bytes(name) ?? [], as: UTF8.self) }

  @Test func thePageHoldsThePictures() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Self.statements + ["export page.html"]) == nil)
    #expect(session.shown == ["written: page.html"])
    let page = page(bench, "page.html")
    #expect(page.split(separator: "<figure>").count - 1 == 2)
    #expect(page.contains("<span class=\"swatch\" style=\"background:#804080\"></span>road</li>"))
    #expect(page.contains("<strong>words</strong>") && page.contains("swaps 7x7 of 64x32 frequencies"))
    #expect(!session.history.contains { $0.hasPrefix("export") }, "exporting leaves no trace in the session")
  }

  /// Values are taken from the store, or made again from their statements where that is cheap: the page is the same when the session goes on.
  @Test func aSessionThatGoesOnGivesTheSamePage() throws {
    let bench = Bench()
    do { #expect(try bench.open().perform(Self.statements + ["export page.html"]) == nil) }
    let again = try bench.open()
    #expect(again.perform(["export again.html"]) == nil)
    #expect(page(bench, "again.html") == page(bench, "page.html").replacing("page.segue", with: "again.segue"))
  }

  @Test func picturesLieBesideMarkdown() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Self.statements + ["export notes.md"]) == nil)
    let names = bench.contents("notes-files").keys.sorted(), text = page(bench, "notes.md")
    #expect(session.shown == ["written: notes.md, and \(names.count) files in notes-files"])
    // Two pictures, and a square for each class that is to be seen.
    #expect(names.prefix(2) == ["notes-files/1.png", "notes-files/2.png"] && names.count > 8)
    for name in names { #expect(text.contains("](\(name))")) }
    #expect(text.contains("![■](notes-files/colour-804080.png) road"))
  }

  @Test(arguments: [
    ("export ‹page.pdf›", "is not exported as"), ("export ‹../page.html›", "outside the working directory"), ("export ‹mine.html›", "was not written by Segue"), ("‹export›", "needs"),
  ])
  func whatCannotBeWrittenIsSaidFirst(_ marked: String, _ words: String) throws {
    let bench = Bench(), session = try bench.open()
    try bench.write("mine.html", text: "mine")
    let statement = Marked(marked)
    let diagnostic = session.evaluate(statement.text).diagnostic
    #expect(diagnostic?.message.contains(words) == true, "\(String(describing: diagnostic))")
    #expect(diagnostic?.range == statement.range)
    #expect(page(bench, "mine.html") == "mine")
  }

  /// The file says what goes in and what the classes are, has one set of bytes whatever it is called, and leaves no trace in the session.
  @Test func aModelIsExported() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.trained + ["export any.onnx model=t"]) == nil)
    #expect(session.shown == ["written: any.onnx, which takes images of any size and gives labels"])
    #expect(session.perform(["export \"one size.onnx\" model=t@best size=64x32 output=logits"]) == nil)
    #expect(session.shown == ["written: one size.onnx, which takes one image of 64x32 and gives logits"])
    #expect(session.perform(["export again.onnx model=t output=labels"]) == nil)
    #expect(bench.bytes("again.onnx") != nil && bench.bytes("again.onnx") == bench.bytes("any.onnx"))
    let any = ONNXFile(try #require(bench.bytes("any.onnx"))), fixed = ONNXFile(try #require(bench.bytes("one size.onnx")))
    #expect(any.inputs.map(\.shape) == [["batch", "3", "height", "width"]] && fixed.outputs.map(\.shape) == [["1", "19", "32", "64"]])
    #expect(any.metadata["mean"] == "0.485 0.456 0.406" && any.metadata["classes"]?.hasPrefix("road,sidewalk,") == true && any.metadata["width"] == "1/8")
    #expect(!session.history.contains { $0.hasPrefix("export") })
  }

  /// What `predict` says of an image, the file says of its normalised pixels.
  @Test func anExportedModelPredictsAlike() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.trained + ["p = predict t on=few[0]", "save p to=p.safetensors", "x = features t layer=\"images\" on=few[0]", "save x to=x.safetensors", "export t.onnx model=t output=probabilities"]) == nil)
    func tensor(_ name: String) throws -> ONNXMap {
      let bytes = try #require(bench.bytes(name)), file = try Safetensors(decoding: bytes, from: name)
      let tensor = try #require(file["tensor"]), s = tensor.shape, pixels = s[1] * s[2]
      return ONNXMap(shape: [1, s[3], s[1], s[2]], values: (0..<s[3]).flatMap { c in (0..<pixels).map { tensor.values[$0 * s[3] + c] } })
    }
    let found = ONNXFile(try #require(bench.bytes("t.onnx"))).run(try tensor("x.safetensors")), expected = try tensor("p.safetensors")
    #expect(found.shape == expected.shape)
    #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
