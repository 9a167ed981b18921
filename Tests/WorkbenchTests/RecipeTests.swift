import Language
import Testing
import Workbench

@Suite struct RecipeTests {
  /// The digest of `name` after these statements.
  func digest(_ name: String, _ text: String) throws -> String {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(text) == .done)
    return try #require(session.names.first { $0.name == name }).digest
  }

  static let base = "load dataset\nm = build model\nf = fda\nt = train\ni = iou"

  /// Statements that differ from the base, and whether `i` at their end is something else.
  @Test(arguments: [
    ("load dataset\nm = build model\nf = fda\nt = train\ni = iou", false),
    ("d = load dataset streets\nq = build model bisenet\nz = fda beta=1%\nw = train epochs=10\ni = iou w", false),
    ("load dataset\nm = build model\nf = fda\nt = train epochs=n\ni = iou", true),
    ("load dataset\nm = build model\nf = fda\nx = dataset1.target\nt = train m on=f.train validate=x.val\ni = iou t on=x.val", false),
    ("load dataset\nm = build model\nf = fda beta=0.02\nt = train\ni = iou", true),
    ("load dataset\nm = build model width=1/2\nf = fda\nt = train\ni = iou", true),
    ("load dataset\nm = build model\nf = fda\nt = train lr=0.1\ni = iou", true),
    ("load dataset\nm = build model\nf = fda\nt = train toward=dataset1.target.train\ni = iou", true),
    ("seed 1\nload dataset\nm = build model\nf = fda\nt = train\ni = iou", true),
    ("load dataset\nm = build model\nf = fda\nt = train\nseed 3\ni = iou", false),
    ("load dataset\nm = build model\nf = fda\nt = train\ni = iou on=dataset1.source.val", true),
    ("load dataset size=4x4\nm = build model\nf = fda\nt = train\ni = iou", true),
  ])
  func changesIffSomethingBelowChanges(_ text: String, _ isChanged: Bool) throws {
    let other = try digest("i", "n = 3\n" + text)
    #expect((try digest("i", Self.base) != other) == isChanged)
  }

  @Test func filesAreThereByContent() throws {
    let directory = TestDirectory()
    try directory.write("weights", "a.bin")
    try directory.write("weights", "b.bin")
    try directory.write("others", "c.bin")
    let session = try directory.session()
    session.evaluate("load weights a.bin\nload weights b.bin\nload weights c.bin\nname = \"a.bin\"\nload weights name")
    let digests = session.names.filter { $0.kind == .model }.map(\.digest)
    #expect(digests[0] == digests[1])
    #expect(digests[0] != digests[2])
    #expect(digests[0] == digests[3])
    #expect(session.history.prefix(1) + session.history.suffix(1) == [#"weights1 = load weights "a.bin""#, "weights4 = load weights name"])
  }

  @Test func aChangedFileChangesTheRecipe() throws {
    let directory = TestDirectory()
    func digest() throws -> String {
      let session = try directory.session()
      #expect(session.evaluate("w = load weights a.bin") == .done)
      return try #require(session.names.first).digest
    }
    try directory.write("one", "a.bin")
    let first = try digest()
    #expect(try digest() == first)
    try directory.write("two", "a.bin")
    #expect(try digest() != first)
  }

  @Test func noTwoListsOfPartsGiveTheSameBytes() {
    func recipe(_ ingredients: [String: String]) -> String { Recipe(command: "x", version: 1, parameters: [:], ingredients: ingredients, seed: 0).digest }
    let all = [[:], ["a": "b"], ["a": "bc"], ["ab": "c"], ["a": "b", "c": "d"], ["a": "b1:c", "c": ""]]
    #expect(Set(all.map(recipe)).count == all.count)
    #expect(Recipe(command: "x", version: 2, parameters: [:], ingredients: [:], seed: 0).digest != recipe([:]))
    #expect(Recipe(command: "x", version: 1, parameters: [:], ingredients: [:], seed: nil).digest != recipe([:]))
  }

  @Test func theDigestIsSHA256() { #expect(contentDigest(Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea414140de5dae2223")) }
}
