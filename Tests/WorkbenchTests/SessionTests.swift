import Language
import Storage
import Testing
import Workbench

@Suite struct SessionTests {
  @Test func undoAndRedoCostNothing() {
    let log = Log()
    let session = Session(Toy.catalog) { log.events.append($0) }
    session.evaluate("load dataset\nbuild model\nx = train on=dataset1.source.train epochs=3\nseed 9")
    let steps = log.progress.count
    #expect(session.seed == 9)
    session.evaluate("undo 2")
    #expect(session.seed == 0)
    #expect(session.names.map(\.name) == ["dataset1", "model1"])
    session.evaluate("redo 2")
    #expect(session.names.map(\.name) == ["dataset1", "model1", "x"])
    #expect(session.seed == 9)
    #expect(session.evaluate("show x") == .done)
    #expect(log.progress.count == steps)
    #expect(session.evaluate("undo 100") == .done)
    #expect(session.names.isEmpty)
    #expect(session.evaluate("undo").diagnostic?.message == "there is nothing to undo")
  }

  @Test func undoGivesTheOldValueItsNameBack() throws {
    let session = Session(Toy.catalog)
    session.evaluate("n = 1\nn = 2\nundo")
    #expect(try session.value(of: Reference("n")).number?.value == 1)
    session.evaluate("m = 3")
    #expect(session.evaluate("redo").diagnostic?.message == "there is nothing to redo")
  }

  @Test func aTypedStatementThatWasUndoneIsKept() {
    let log = Log()
    let session = Session(Toy.catalog) { log.events.append($0) }
    session.evaluate("slow goal=4\nundo\nslow goal=4")
    #expect(log.progress.count == 4)
    #expect(session.history == ["slow2 = slow 4"])
  }

  @Test func staleAfterRebinding() {
    let session = Session(Toy.catalog)
    session.evaluate("n = 3\nload dataset\nbuild model\nt = train on=dataset1.source.train epochs=n\ni = iou t\nn = 4")
    #expect(session.names.filter(\.isStale).map(\.name) == ["t", "i"])
    #expect(session.evaluate("refresh") == .done)
    #expect(session.names.filter(\.isStale).map(\.name) == [])
    #expect(session.history.suffix(2) == ["t = train model1 on=dataset1.source.train epochs=n", "i = iou t on=dataset1.target.val"])
    session.evaluate("n = 5\nn = 4")
    #expect(session.names.filter(\.isStale).isEmpty, "the same value again is not another one")
  }

  @Test func ownNamesAreNotStale() {
    let session = Session(Toy.catalog)
    session.evaluate("load dataset\nd = dataset1.source\nd = augment d\nd = d\na = d\nd = a")
    #expect(session.names.filter(\.isStale).isEmpty)
  }

  @Test func anInterruptBindsNothingAndGoesOnLater() throws {
    let directory = TestDirectory()
    let interrupt = Interrupt()
    let surroundings = try Surroundings(directory: directory.path, interrupt: interrupt)
    let log = Log()
    let session = Session(Toy.catalog, surroundings) { event in
      log.events.append(event)
      if case .progressed(let progress) = event, progress.stage == "4" { interrupt.request() }
    }
    #expect(session.evaluate("slow goal=9") == .interrupted)
    #expect(session.names.isEmpty)
    #expect(session.last.diagnostic == Diagnostic("interrupted", remedy: "type the statement again to go on where it stopped"))
    interrupt.reset()
    #expect(session.evaluate("slow goal=9") == .done)
    #expect(log.notes == ["continues at 4"])
    #expect(session.history == ["slow1 = slow 9"])
    #expect(try directory.files.names(in: directory.path + "/.segue/work").filter { !$0.hasSuffix(".lock") } == [])
  }

  @Test func failuresAreLeftOutUnlessKept() {
    let session = Session(Toy.catalog)
    session.evaluate("# A mistake first.")
    session.evaluate("fda  beta=9")
    session.evaluate("shw x")
    session.evaluate("load dataset")
    #expect(session.transcript == "# A mistake first.\ndataset1 = load dataset streets\n#> streets, none\n")
    session.evaluate("fda  beta=9")
    session.evaluate("keep")
    #expect(session.transcript.hasSuffix("fda beta=9\n#! beta must lie in 0...0.5, not '9'\n"))
    #expect(session.evaluate("keep").diagnostic != nil)
  }

  @Test func valuesOfNames() throws {
    let session = Session(Toy.catalog)
    session.evaluate("n = 3\nalias = n\ns = 4x2\nr = 1..2\nt = \"x y\"\np = 34%")
    #expect(session.names.map(\.kind) == [.number, .number, .size, .range, .text, .number])
    #expect(try session.value(of: Reference("s", [.field("width")])).number?.value == 4)
    #expect(try session.value(of: Reference("p")).number?.text == "0.34")
    #expect(session.evaluate("expect alias = n = 3") == .done)
    #expect(session.evaluate("n") == .done)
    #expect(session.last.display == .text("\(Number(3))"))
    #expect(session.evaluate("quit") == .quit)
  }

  @Test func explainDoesNothing() {
    let log = Log()
    let session = Session(Toy.catalog) { log.events.append($0) }
    session.evaluate("load dataset\nbuild model")
    #expect(session.evaluate("explain train on=dataset1.source.train") == .done)
    let lines = TranscriptLayout.lines(session.last.display).map(\.text)
    #expect(lines[0] == "train1 = train model1 on=dataset1.source.train")
    #expect(lines.last?.hasSuffix("would be computed") == true)
    #expect(log.progress == [])
    #expect(session.evaluate("explain fda beta=9").diagnostic?.range == SourceRange(17, 18))
    #expect(session.names.count == 2)
  }

  @Test func writesOnlyWhatIsItsOwn() throws {
    let directory = TestDirectory()
    try directory.write("mine", "notes.txt")
    try directory.files.makeFolder(directory.path + "/out")
    let session = try directory.session()
    session.evaluate("n = 5")
    #expect(session.evaluate("show n to=out/a.txt") == .done)
    #expect(session.evaluate("show n to=out/a.txt") == .done, "its own file may be written again")
    #expect(session.evaluate("show n to=notes.txt").diagnostic?.message == "'notes.txt' exists and was not written by Segue")
    #expect(session.evaluate("show n to=../x.txt").diagnostic?.message == "'../x.txt' lies outside the working directory")
    #expect(session.evaluate("show n to=/tmp/x.txt").diagnostic?.message == "'/tmp/x.txt' lies outside the working directory")
    #expect(session.evaluate("show n to=.segue/x").diagnostic?.message == "'.segue/x' lies in Segue's own folder")
    try directory.write("changed by hand", "out/a.txt")
    #expect(session.evaluate("show n to=out/a.txt").diagnostic != nil)
    #expect(try directory.session(force: true).evaluate("n = 6\nshow n to=out/a.txt") == .done)
    #expect(directory.text("notes.txt") == "mine")
    #expect(directory.text("out/a.txt") == "6")
    #expect(session.history.last == #"show n to="out/a.txt""#)
  }

  @Test func savesScriptsAndValues() throws {
    let directory = TestDirectory()
    let session = try directory.session()
    session.evaluate("load dataset\nbuild model")
    #expect(session.evaluate("save lesson.segue") == .done)
    #expect(directory.text("lesson.segue") == session.transcript)
    session.evaluate("seed 4\nfda\nm = 3\ntrain epochs=m\nm = 4")
    #expect(session.evaluate("save slice.segue only=train1") == .done)
    #expect(directory.text("slice.segue")?.split(separator: "\n").filter { !$0.hasPrefix("#") } == [
      "dataset1 = load dataset streets", "model1 = build model bisenet", "seed 4", "fda1 = fda dataset1.source toward=dataset1.target", "m = 3",
      "train1 = train model1 on=fda1.train epochs=m",
    ])
    session.evaluate("undo 5")
    #expect(session.evaluate("save model1 to=m.json") == .done)
    #expect(directory.text("m.json")?.contains("bisenet") == true)
    #expect(session.evaluate("save model1 to=m.png").diagnostic?.remedy == "end the name in .json")
    #expect(session.evaluate("save dataset1 to=m.json").diagnostic?.message == "a dataset cannot be written to a file")
    #expect(session.history.count == 2)
  }
}
