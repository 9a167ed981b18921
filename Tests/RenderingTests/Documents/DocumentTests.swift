import Language
import Rendering
import Storage
import Testing
import Workbench

@Suite struct DocumentTests {
  private static let script = """
    ## A lesson
    # First words
    # in two lines.

    rounds = 25
    expect rounds > 2
    #> 25 > 2
    expect rounds > 90
    #! rounds (25) is not > 90
    rounds
    #> 24
    rounds = 3
    """

  private func document() throws -> (document: Document, report: Replay.Report) {
    let session = Session(Catalog([]))
    return try Document.evaluating(Script(Self.script, session.vocabulary), source: "lesson.segue", in: session)
  }

  @Test func aScriptIsEvaluatedForItsOutputs() throws {
    let (document, report) = try document()
    #expect(report.failure == nil && document.title == "A lesson")
    let cells = document.cells
    #expect(cells.map(\.text) == ["rounds = 25", "expect rounds > 2", "expect rounds > 90", "rounds", "rounds = 3"])
    #expect(cells[1].display == .text("\(Number(25)) > 2") || TranscriptLayout.lines(cells[1].display).map(\.text) == ["25 > 2"])
    #expect(cells[2].failure == "rounds (25) is not > 90")
  }

  @Test func outputsThatMovedAndStaleOnesAreMarked() throws {
    let cells = try document().document.cells
    #expect(cells[3].marks.contains(.differs([.recorded("#> 24"), .now("#> 25")])))
    #expect(cells[3].marks.contains(.stale) && cells[0].marks == [], "rounds has another value by the end, so what showed it is stale")
  }

  @Test func aFailureEndsTheDocument() throws {
    let session = Session(Catalog([]))
    let (document, report) = try Document.evaluating(Script("x = 1\nexpect x > 2\ny = 2\n", session.vocabulary), source: "x", in: session)
    #expect(report.failure != nil && document.cells.count == 2)
  }

  @Test func overridesAreShown() throws {
    let session = Session(Catalog([]))
    let (document, _) = try Document.evaluating(Script("x = 1\nx\n#> 1\n", session.vocabulary), source: "x", in: session, overrides: ["x": "7"])
    #expect(document.cells.map(\.text) == ["x = 7", "x"])
    #expect(TranscriptLayout.lines(document.cells[1].display).map(\.text) == ["7"])
  }

  @Test func recordedOutputsServeWithoutEvaluating() {
    let vocabulary = Catalog([]).vocabulary
    let document = Document(recorded: Script(Self.script, vocabulary), source: "lesson.segue", vocabulary)
    let cells = document.cells
    #expect(cells.count == 5 && cells.allSatisfy { $0.marks == [.recordedOnly] })
    #expect(TranscriptLayout.lines(cells[3].display).map(\.text) == ["24"] && cells[2].failure == "rounds (25) is not > 90")
  }

  @Test func theSessionOfAPromptIsExported() {
    let session = Session(Catalog([]))
    session.evaluate("## My notes\n# words\nrounds = 25\nexpect rounds > 2\nrounds\nrounds = 3")
    session.evaluate("expect rounds > 90")
    session.evaluate("keep")
    let document = Document(session, source: "notes.segue")
    #expect(document.title == "My notes")
    #expect(document.cells.map(\.text) == ["rounds = 25", "expect rounds > 2", "rounds", "rounds = 3", "expect rounds > 90"])
    #expect(document.cells.map { TranscriptLayout.lines($0.display).map(\.text) } == [[], ["25 > 2"], ["25"], [], []])
    #expect(document.cells[4].failure?.contains("is not > 90") == true)
    #expect(document.cells[2].marks == [.stale])
  }

  @Test(arguments: [("a.html", true), ("a.HTM", true), ("a.md", true), ("a.docx", false), ("a", false)])
  func endingsChooseTheFormat(_ name: String, _ isKnown: Bool) {
    let session = Session(Catalog([]))
    let writer = try? DocumentWriter(to: session.location(name), in: session)
    #expect((writer != nil) == isKnown)
  }

  @Test func filesAreWrittenWhereAllowed() throws {
    let session = Session(Catalog([]))
    let document = SampleDocument.all
    #expect(try DocumentWriter(to: session.location("pages/toy.md"), in: session).write(document) == "written: pages/toy.md, and 5 files in pages/toy-files")
    let files = session.surroundings.fileSystem
    #expect(try files.names(in: "/session/pages/toy-files").sorted() == ["1.png", "2.svg", "colour-0000ff.png", "colour-ff0000.png", "colour-ffffff.png"])
    #expect(try DocumentWriter(to: session.location("pages/toy.md"), in: session).write(document) == "written: pages/toy.md, and 5 files in pages/toy-files", "its own files are replaced")
    try files.write(Array("mine".utf8), to: "/session/other.html")
    #expect(throws: Diagnostic.self) { try DocumentWriter(to: session.location("other.html"), in: session) }
    #expect(throws: Diagnostic.self) { try DocumentWriter(to: session.location("../up.html"), in: session) }
  }
}
