import Console
import Language
import Rendering
import Storage
import Testing
import Workbench

@Suite struct LessonWalkTests {
  private static let lesson = """
    ## Lesson 1. A city
    # A city has **two** sides, and `fda` makes
    # one look like the other.

    city = load dataset
    #> 50 images

    # Now restyle it.
    fda1 = fda city.source toward=city.target
    fda city.nowhere toward=city.target
    #! a dataset has no field
    # ## Exercises come last.
    """

  /// Walks with these keys; the session starts empty.
  private static func walk(_ keys: String, columns: Int = 80, lesson: String = lesson) -> (terminal: ScriptedTerminal, session: Session, ending: LessonWalk.Ending) {
    let terminal = ScriptedTerminal(typing: keys, size: TerminalSize(columns: columns, rows: 60))
    let (session, printer) = toySession(terminal, statements: [])
    let walk = LessonWalk(Script(lesson, session.vocabulary), in: session, terminal: terminal, printer: printer)
    let ending = walk.run()
    return (terminal, session, ending)
  }

  private static let keys = "Enter runs, e edits, ? explains, s skips, q leaves >"

  @Test func enterRunsEachStatement() {
    let (terminal, session, ending) = Self.walk("\r\r\r")
    #expect(ending == .finished)
    #expect(session.history == ["city = load dataset streets", "fda1 = fda city.source toward=city.target"])
    let shown = terminal.everything
    #expect(shown.prefix(8) == [
      "", "Lesson 1. A city", "", "A city has two sides, and fda makes one look like the other.", "", "  city = load dataset",
      "[1/3] \(Self.keys)", "  city = load dataset streets",
    ], "\(shown)")
    let filled = shown.reversed().drop { $0.isEmpty }
    #expect(!zip(filled, filled.dropFirst()).contains { $0.isEmpty && $1.isEmpty }, "empty lines part, but not twice")
    #expect(shown.contains("50 images restyled") && shown.contains("Now restyle it."))
    #expect(shown.contains("This failure is part of the lesson."))
  }

  /// The learner's session reads as a lesson of their own: headings and prose are in it, recorded outputs are new.
  @Test func whatIsDoneIsRecorded() {
    let (_, session, _) = Self.walk("\rtrain = 1\rrounds = 3\rq\r")
    #expect(session.transcript.hasPrefix("## Lesson 1. A city\n# A city has **two** sides"))
    #expect(session.history == ["city = load dataset streets", "rounds = 3"], "a command's name cannot be taken; what failed leaves no trace")
  }

  @Test func eLetsAStatementBeChanged() {
    let (terminal, session, ending) = Self.walk("\re\rfda1 = fda city.source toward=city.target beta=0.3\rs\r")
    #expect(ending == .finished)
    #expect(session.history.last == "fda1 = fda city.source toward=city.target beta=0.3")
    #expect(terminal.everything.contains { $0.hasPrefix("edit> fda1") })
  }

  /// The right arrow brings the statement, which can then be added to; Up brings it as well.
  @Test(arguments: ["\u{1B}[C beta=0.2\r", "\u{1B}[A beta=0.2\r"]) func theStatementNeedNotBeTypedAgain(_ keys: String) {
    let (_, session, _) = Self.walk("\re\r" + keys + "q\r")
    #expect(session.history.last == "fda1 = fda city.source toward=city.target beta=0.2")
  }

  /// After a slip Up brings the line as it was probably meant.
  @Test func upBringsTheMendedLine() {
    let (_, session, _) = Self.walk("\rfda cty.source toward=city.target\r\u{1B}[A\rq\r")
    #expect(session.history.last == "fda1 = fda city.source toward=city.target")
  }

  /// The learner goes on behind what was done, without its prose.
  @Test func itGoesOnWhereTheLearnerStopped() {
    let terminal = ScriptedTerminal(typing: "\rq\r", size: TerminalSize(columns: 80, rows: 60))
    let (session, printer) = toySession(terminal, statements: ["city = load dataset"])
    var reached: [Int] = []
    let walk = LessonWalk(Script(Self.lesson, session.vocabulary), in: session, terminal: terminal, printer: printer, after: 1) { reached.append($0) }
    #expect(walk.run() == .left && reached == [2])
    #expect(session.history.suffix(1) == ["fda1 = fda city.source toward=city.target"])
    let shown = terminal.everything
    #expect(!shown.contains("Lesson 1. A city") && shown.contains("Now restyle it.") && shown.contains { $0.hasPrefix("[2/3]") }, "\(shown)")
  }

  /// A picture is looked at before prose or a heading takes it off the screen.
  @Test(arguments: ["# Prose.", "## Prose.", "## Prose.\n# More."]) func aPictureIsNotScrolledAway(_ words: String) {
    let lesson = "picture city\n\n\(words)\n\npicture city\nx = 1\n"
    let (terminal, session, ending) = Self.walk("city = load dataset\r\r" + "\r" + "\r" + "\r", lesson: lesson)
    #expect(ending == .finished && session.history.last == "x = 1")
    let shown = terminal.everything
    #expect(shown.count { $0.hasPrefix("Enter goes on >") } == 1, "\(shown)")
    let pause = shown.firstIndex { $0.hasPrefix("Enter goes on >") } ?? 0
    #expect(shown[pause...].contains("Prose."))
  }

  @Test func anEmptyEditGoesBack() {
    let (_, session, _) = Self.walk("e\r\rq\r")
    #expect(session.history == [])
  }

  @Test func aQuestionMarkExplainsAndRunsNothing() {
    let (terminal, session, ending) = Self.walk("\r?\rq\r")
    #expect(ending == .left && session.history == ["city = load dataset streets"])
    #expect(terminal.everything.contains { $0.contains("Give images the target's style.") })
  }

  /// A statement that fails waits: mended, or passed over.
  @Test func aFailureStaysWhereItIs() {
    let (terminal, session, ending) = Self.walk("s\r\re\rcity = load dataset\r\r\r\r")
    #expect(ending == .finished && session.history.first == "city = load dataset streets")
    #expect(terminal.everything.contains { $0.hasPrefix("error: no value is named 'city'") })
  }

  @Test(arguments: ["q\r", "\u{4}", "quit\r", ""]) func itCanBeLeft(_ keys: String) {
    let (_, session, ending) = Self.walk(keys)
    #expect(ending == .left && session.history == [])
  }

  @Test func ownStatementsAreRunInBetween() {
    let (terminal, session, _) = Self.walk("\rcity\rother = load dataset gta5\rvars\r\rq\r")
    #expect(session.history == ["city = load dataset streets", "city", "other = load dataset gta5", "fda1 = fda city.source toward=city.target"])
    #expect(terminal.everything.contains { $0.contains("other") && $0.contains("dataset") })
  }

  @Test func linesAreNoWiderThanTheScreen() {
    let (terminal, _, _) = Self.walk("\r\r\r", columns: 44)
    #expect(terminal.everything.allSatisfy { TextWidth.of($0) <= 44 })
  }

  @Test func lessonsAreFoundByNumberNameAndPath() throws {
    let files = MemoryFileSystem()
    try files.makeFolder("/home/sessions/lessons")
    try files.makeFolder("/home/work/deep")
    for name in ["02-network", "01-segmentation", "notes"] {
      try files.write(Array("## Title of \(name)\nx = 1\n".utf8), to: "/home/sessions/lessons/\(name).segue")
    }
    try files.write([], to: "/home/work/own.segue")
    let lessons = Lesson.all(near: ["/nowhere", "/home/work/deep"], files)
    #expect(lessons.map(\.name) == ["01-segmentation", "02-network"])
    #expect(lessons[1].title(files) == "Title of 02-network")
    func found(_ words: String) throws -> String { try Lesson.meant(by: words, among: lessons, in: "/home/work", files).path }
    for words in ["2", "02", "02-network"] { #expect(try found(words) == "/home/sessions/lessons/02-network.segue") }
    #expect(try found("own.segue") == "/home/work/own.segue")
    #expect(throws: Diagnostic("there is no lesson and no file '9'", remedy: "the lessons are 01-segmentation, 02-network")) { try found("9") }
  }
}
