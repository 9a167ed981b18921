import Language
import Storage
import Testing
import Workbench

/// A directory's session goes on where it was left.
@Suite struct PersistenceTests {
  @Test func namesNumbersAndUndoGoOn() throws {
    let bench = Bench()
    var transcript = ""
    do {
      let session = try bench.open()
      #expect(session.perform(Small.trained + ["fda few", "seed 3", "iou t on=few.val", "augment few", "undo"]) == nil)
      transcript = session.transcript
    }
    let session = try bench.open()
    bench.events = []
    #expect(session.transcript == transcript)
    #expect(session.names.map(\.name) == ["d", "few", "m", "t", "fda1", "iou1"])
    #expect(session.seed == 3)
    #expect(session.evaluate("fda few beta=0.05") == .done)
    #expect(session.last.canonical == "fda2 = fda few toward=d.target beta=0.05")
    #expect(session.evaluate("augment few") == .done)
    #expect(session.last.canonical == "augment2 = augment few", "a number is never used twice")
    #expect(session.perform(["undo 5"]) == nil)
    #expect(session.names.map(\.name) == ["d", "few", "m", "t"])
    #expect(session.perform(["redo 3", "iou1"]) == nil)
    #expect(bench.steps == 0, "nothing was trained or judged again")
  }

  /// The store serves every session of its directory, and no other directory's.
  @Test func storedValuesAreMadeOnce() throws {
    let bench = Bench(), other = Bench()
    let statements = Small.trained + ["i = iou t on=few.val", "p = pseudolabel t on=few.train"]
    #expect(try bench.open().perform(statements) == nil)
    bench.events = []
    let again = try bench.open(new: true)
    #expect(again.perform(statements) == nil)
    #expect(bench.steps == 0)
    #expect(bench.kept == [false, false, false, true, true, true], "what is cheap is made, what is stored is kept")
    let elsewhere = try other.open()
    #expect(elsewhere.perform(statements) == nil)
    #expect(other.kept.allSatisfy { !$0 })
    #expect(elsewhere.transcript == again.transcript)
  }

  @Test func theStoreIsListedInWords() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["store"]) == nil)
    let last = try #require(session.shown.last)
    #expect(last.hasPrefix("1 value, ") && last.hasSuffix(" MB of at most 20.0 GB"))
    // A half-written file that a kill left does not come into the store.
    let work = ".segue/work/" + (try #require(session.names.last).digest)
    try bench.files.remove(bench.path + "/.segue/store")
    try bench.write(work + "/.writing-1-1", text: "half")
    #expect(try bench.open(new: true).perform(Small.trained) == nil)
    #expect(!bench.files.exists(bench.path + "/" + work.replacing("/work/", with: "/store/") + "/.writing-1-1"))
  }

  /// Data is known by what its files hold, not by where they lie or when they were written.
  @Test func movedDataIsTheSameData() throws {
    let bench = Bench()
    try bench.gta("a", 5)
    try bench.gta("b", 5)
    let session = try bench.open()
    #expect(session.perform(["a = load dataset gta5 a", "b = load dataset gta5 b", "m = build model width=1/8", "t = train on=a.train batch=2 epochs=1"]) == nil)
    bench.events = []
    #expect(session.perform(["t2 = train on=b.train batch=2 epochs=1"]) == nil)
    #expect(bench.kept == [true])
    try bench.label("b/labels/3.png", [7])
    #expect(session.perform(["b = load dataset gta5 b", "t3 = train on=b.train batch=2 epochs=1"]) == nil)
    #expect(bench.kept == [true, false, false])
    #expect(session.names.first { $0.name == "t2" }?.isStale == true)
  }

  /// Pictures are written where the value was kept, too; a file of Segue's own is replaced.
  @Test func filesAreWrittenEveryTime() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.data + ["show few to=x.png"]) == nil)
    let first = bench.bytes("x.png")
    try bench.files.remove(bench.path + "/x.png")
    #expect(session.perform(["show few to=x.png"]) == nil)
    #expect(bench.bytes("x.png") == first)
    #expect(session.perform(["show few count=1 to=x.png"]) == nil)
    #expect(bench.bytes("x.png") != first)
  }
}
