import Language
import Testing
import Workbench

/// What was made from what: slices, graphs, differences, lists.
@Suite struct ProvenanceTests {
  func session(_ text: String) -> Session {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(text) == .done)
    return session
  }

  func shown(_ session: Session, _ statement: String) -> [String] {
    #expect(session.evaluate(statement) == .done)
    return TranscriptLayout.lines(session.last.display).map(\.text)
  }

  static let story = """
    ## A story
    # It begins.
    seed 1
    unused = 9
    ## Data
    # Two worlds.
    # They differ.
    load dataset
    ### A detail
    # Not needed.
    show dataset1
    ### Another
    seed 2
    # About the network.
    build model
    ## Training
    rounds = 3
    t = train on=dataset1.source.train epochs=rounds
    seed 3
    # Again.
    u = train on=dataset1.source.train epochs=5
    rounds = 4
    ## Judging
    iou t
    """

  @Test func aSliceKeepsWhatItsStatementsNeed() {
    let session = session(Self.story)
    func slice(_ names: String...) -> [String] { session.transcript(only: names).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#>") } }
    #expect(slice("t") == [
      "## A story", "# It begins.", "seed 1", "## Data", "# Two worlds.", "# They differ.", "dataset1 = load dataset streets", "### Another", "seed 2",
      "# About the network.", "model1 = build model bisenet", "## Training", "rounds = 3", "t = train model1 on=dataset1.source.train epochs=rounds",
    ])
    #expect(slice("rounds").last == "rounds = 4")
    #expect(slice("u").contains("seed 3") && !slice("u").contains("rounds = 3"))
    #expect(slice("u").suffix(2) == ["# Again.", "u = train model1 on=dataset1.source.train epochs=5"])
  }

  /// A slice replays to the same values: recipes are the same.
  @Test(arguments: ["t", "u", "iou1", "model1"]) func aSliceMakesTheSameValues(_ name: String) throws {
    let session = session(Self.story), again = Session(Toy.catalog)
    #expect(again.evaluate(session.transcript(only: [name])) == .done)
    #expect(try again.recipe(of: Reference(name)) == session.recipe(of: Reference(name)))
  }

  @Test func graphsShowRecipes() throws {
    let session = session("load dataset\nbuild model\nfda beta=0.05\ntrain epochs=3\ntrain on=dataset1.source.train epochs=3\nensemble\nundo\ne = ensemble train1 train2")
    let lines = shown(session, "graph e").map { String($0.prefix { $0 != "@" }).trimmingSpaces }
    #expect(lines == [
      "e = ensemble train1 train2", "├─ models: train1 = train model1 on=fda1.train epochs=3", "│  ├─ model: model1 = build model bisenet",
      "│  ├─ on (.train): fda1 = fda dataset1.source toward=dataset1.target beta=0.05", "│  │  ├─ source (.source): dataset1 = load dataset streets",
      "│  │  └─ toward (.target): dataset1 (above)", "│  └─ validate (.target.val): dataset1 (above)",
      "└─ models: train2 = train model1 on=dataset1.source.train epochs=3", "   ├─ model: model1 (above)", "   ├─ on (.source.train): dataset1 (above)",
      "   └─ validate (.target.val): dataset1 (above)",
    ])
    #expect(shown(session, "graph").first?.hasPrefix("e = ensemble") == true, "alone it begins with what nothing else is made from")
    #expect(session.evaluate("graph e to=x.png").diagnostic?.message == "a graph is written as .dot or .gv, not 'x.png'")
  }

  @Test func drawings() throws {
    let directory = TestDirectory()
    let session = try directory.session()
    session.evaluate("load dataset\nfda")
    #expect(shown(session, "graph fda1 to=out.dot") == ["written: out.dot, 2 recipes"])
    #expect(directory.text("out.dot") == """
      digraph recipes {
        rankdir=LR;
        node [shape=box, fontname="Helvetica"];
        edge [fontname="Helvetica", fontsize=10];
        n0 [label="dataset1 = load dataset streets", tooltip="@\(session.names[0].digest.prefix(8))"];
        n1 [label="fda1 = fda dataset1.source toward=dataset1.target", tooltip="@\(session.names[1].digest.prefix(8))"];
        n0 -> n1 [label="source.source"];
        n0 -> n1 [label="toward.target"];
      }

      """)
  }

  @Test func differencesOfRecipes() {
    let session = session("load dataset\nbuild model\nnear = fda beta=0.01\nfar = fda beta=0.05\na = train on=near.train epochs=3\nb = train on=far.train epochs=4\nseed 2\nc = train on=far.train epochs=4\nd = augment")
    #expect(shown(session, "diff a b") == ["made differently  a     b", "on › beta         0.01  0.05", "epochs            3     4"])
    #expect(shown(session, "diff b c") == ["made differently  b  c", "seed              0  2"])
    #expect(shown(session, "diff near d") == ["made differently  near  d", "command           near  d"])
    #expect(shown(session, "diff near near.train") == ["made differently  near  near.train", "part              near  near.train"])
    #expect(shown(session, "diff near near") == ["near and near are the same value"])
    #expect(session.history.last == "diff near near", "a comparison is part of the script")
    #expect(session.evaluate("diff near far d").diagnostic?.message == "diff compares two values, not 3")
  }

  @Test func differencesOfTables() {
    let session = session("load dataset\nbuild model\na = train on=dataset1.source.train epochs=2\nb = train on=dataset1.source.train epochs=4\ni = iou a\nj = iou b\nk = iou a b")
    #expect(shown(session, "diff i j") == ["made differently  i  j", "models › epochs   2  4"], "no row is in both")
    let lines = shown(session, "diff i k")
    #expect(lines.first == "model     i     k  change")
    #expect(lines[1] == "a      40.5  40.5     0.0")
  }

  @Test func varsTellsWhoUsesWhat() {
    let session = session("load dataset\nbuild model\nn = 3\nt = train on=dataset1.source.train epochs=n\niou t\nn = 4")
    let names = Dictionary(uniqueKeysWithValues: session.names.map { ($0.name, $0) })
    #expect(names["dataset1"]?.usedBy == ["t", "iou1"] && names["t"]?.usedBy == ["iou1"] && names["iou1"]?.usedBy == [])
    #expect(session.storedSize(of: "dataset1") == nil && session.storedSize(of: "t") ?? 0 > 100)
    #expect(names["t"]?.isStale == true && session.changesOfVersion(of: "t") == [])
    let lines = shown(session, "vars")
    #expect(lines.contains { $0.hasPrefix("name ") && $0.contains("used by") && $0.contains("made by") })
    #expect(lines.last == "stale: what it was made from has changed; `refresh` recomputes it")
  }

  @Test func refreshLeavesWhatIsMadeFromItself() {
    let session = session("p = 0.2\nload dataset\nd = dataset1.source\nd = augment d flip=p\np = 0.3")
    #expect(session.names.first { $0.name == "d" }?.isStale == true)
    #expect(shown(session, "refresh").joined().hasPrefix("d: left as it is"))
    #expect(session.evaluate("show d") == .done)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
