import Commands
import Imaging
import Language
import Testing
import Workbench

/// The seed is in a recipe exactly where something is drawn: whoever looks at data that is drawn looks with the session's seed.
@Suite struct DrawnTests {
  /// Data with a style and a random change, and the same without either.
  static let drawn = Small.trained + ["f = fda few beta=0.1", "w = augment few p=1"]
  static let plain = Small.trained + ["f = take few count=5", "w = take few count=5"]

  /// Statements that look at data, and whether what they make depends on the seed where `f` has a style and `w` random changes.
  static let looks: [(statement: String, isDrawn: Bool)] = [
    ("x = iou t on=f.val", true), ("x = iou t on=f", true), ("x = confusion t on=f.val", true), ("x = predict t on=f[0]", true),
    ("x = features t on=f[0] layer=\"sp.conv1.bn\"", true), ("x = spectrum f[0]", true), ("x = spectrum f[0] part=phase", true),
    ("x = pseudolabel t on=f.train", true), ("x = show f count=1", true), ("x = show f[0] what=image", true), ("x = show t on=f.val[0]", true),
    ("x = f[0].image", true), ("y = f[0]\nx = y.image", true), ("j = join few f\nx = iou t on=j", true), ("q = take f count=2\nx = iou t on=q", true),
    ("p = pseudolabel t on=f.train\nx = iou t on=p.train", true), ("y = f[0].image\nx = spectrum y", true),
    ("x = adapt t on=f.train", true), ("a = adapt t on=f.train\nx = iou a on=few.val", true),
    ("x = adapt t on=w.train", false), ("x = w[0].image", true), ("x = show w count=1", true),
    // Random changes are for training alone; a label has no style, and a part that lies beside drawn ones is not drawn.
    ("x = iou t on=w.val", false), ("x = show t on=w.val[0]", false), ("x = predict t on=w[0]", false),
    ("j = join few f\nx = iou t on=few.val", false), ("x = take f count=2", false),
  ]

  private func made(_ session: Session) throws -> (digest: String, content: String) {
    let named = try #require(session.names.last)
    #expect(named.name == "x")
    let origin = named.origin
    return ("\(origin.digest)\(origin.path) \(origin.seed.map(String.init) ?? "")", try session.value(of: Reference("x")).fingerprint())
  }

  @Test(arguments: looks.indices) func theSeedIsInTheRecipeWhereSomethingIsDrawn(_ index: Int) throws {
    let (statement, isDrawn) = Self.looks[index]
    let used = Bench(), fresh = Bench()
    let session = try used.open()
    #expect(session.perform(Self.drawn + ["seed 1", statement]) == nil)
    let first = try made(session)
    #expect(session.perform(["seed 5"] + statement.split(separator: "\n").map(String.init)) == nil)
    let second = try made(session)
    #expect((first.digest != second.digest) == isDrawn)
    // The store that was filled with the other seed, and the session that remembers it, give what an empty one gives.
    let alone = try fresh.open()
    #expect(alone.perform(Self.drawn + ["seed 5", statement]) == nil)
    #expect(try made(alone) == second)
    #expect(alone.shown == session.shown)
  }

  @Test(arguments: looks.map(\.statement)) func whatIsNotDrawnDoesNotDependOnTheSeed(_ statement: String) throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Self.plain + ["seed 1", statement]) == nil)
    let first = try made(session)
    #expect(session.perform(["seed 5"] + statement.split(separator: "\n").map(String.init)) == nil)
    #expect(try made(session) == first)
  }

  /// Files are divided by the seed only where their folders leave it open.
  @Test(arguments: [(["images", "labels"], true), (["images/train", "labels/train", "images/val", "labels/val"], false)])
  func aSplitByFoldersDoesNotDependOnTheSeed(_ folders: [String], _ isDrawn: Bool) throws {
    let bench = Bench(), session = try bench.open()
    for folder in folders { for i in 0..<6 { if folder.hasPrefix("images") { try bench.image("g/\(folder)/\(i).png") } else { try bench.label("g/\(folder)/\(i).png") } } }
    #expect(session.perform(["a = load dataset gta5 g", "seed 5", "b = load dataset gta5 g"]) == nil)
    let digests = session.names.map(\.digest)
    #expect(digests.count == 2 && (digests[0] != digests[1]) == isDrawn)
  }

  /// A style's partner, in numbers: under some seeds it is another image.
  @Test func whatIsShownIsWhatIsEvaluated() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Self.drawn) == nil)
    var seen: Set<String> = []
    for seed in 1...4 {
      #expect(session.perform(["seed \(seed)", "a = f[0].image", "b = show f[0] what=image", "c = spectrum f[0]", "d1 = spectrum a"]) == nil)
      let field = try #require(try session.value(of: Reference("a")) as? any SavableValue).bytes(forFileWithExtension: ".png")
      let shown = try session.value(of: Reference("b"))
      #expect(try PNG.decodeImage(field) == picture(shown.display))
      #expect(try session.value(of: Reference("a")).fingerprint() == shown.fingerprint())
      seen.insert(try shown.fingerprint())
    }
    #expect(seen.count > 1, "partners are drawn")
  }

  private func picture(_ display: Display) -> Image? { if case .picture(let image, _) = display { image } else { nil } }

  /// After reopening, a drawn part is what it was, whatever the seed is now.
  @Test func drawnPartsStayWhatTheyWere() throws {
    let bench = Bench()
    var before: [String] = []
    do {
      let session = try bench.open()
      #expect(session.perform(Self.drawn + ["seed 3", "a = f[0].image", "seed 4", "b = f[0].image", "seed 8"]) == nil)
      before = try ["a", "b"].map { try session.value(of: Reference($0)).fingerprint() }
    }
    let session = try bench.open()
    #expect(try ["a", "b"].map { try session.value(of: Reference($0)).fingerprint() } == before)
  }

  /// What draws nothing has no seed: `load dataset streets`, `take`, `load weights`.
  @Test func onlyDrawnValuesHaveASeed() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["save t to=t.safetensors", "seed 7", "d2 = load dataset streets size=64x32", "few2 = take d2.source count=5"]) == nil)
    #expect(session.perform(["l = load weights \"t.safetensors\" into=m", "seed 8", "l2 = load weights \"t.safetensors\" into=m", "r = take d.source count=5 random=yes"]) == nil)
    func digest(_ name: String) -> String? { session.names.first { $0.name == name }?.digest }
    for (one, other) in [("d", "d2"), ("few", "few2"), ("l", "l2")] { #expect(digest(one) == digest(other), "\(one)") }
    #expect(try session.recipe(of: Reference("r"))?.seed == 8)
    #expect(try session.recipe(of: Reference("m"))?.seed == 0)
  }
}
