import Console
import Language
import Rendering
import Testing
import Workbench

@Suite struct PromptTests {
  /// Types keys at a prompt whose session holds a dataset `city` and a model `net`.
  static func conversation(_ keys: String, palette: Palette = .none, columns: Int = 80) -> ScriptedTerminal {
    let terminal = ScriptedTerminal(typing: keys, size: TerminalSize(columns: columns, rows: 40), palette: palette)
    let (session, printer) = toySession(terminal)
    Prompt(session: session, terminal: terminal, printer: printer).run()
    return terminal
  }

  @Test func statementsAreEvaluatedUntilOneQuits() {
    #expect(Self.conversation("fda city.source toward=city.target\rquit\r").lines == [
      "segue> fda city.source toward=city.target",
      "  fda1 = fda city.source toward=city.target",
      "50 images restyled",
      "segue> quit",
    ])
  }

  @Test(arguments: [
    // keys, what the line becomes
    ("lo\t", "load "), ("load d\t", "load dataset "), ("load dataset s\t", "load dataset streets "),
    ("b\t", "build model "), ("x = b\t", "x = build model "), ("explain b\t", "explain build model "),
    ("fda c\t", "fda city "), ("fda city.s\t", "fda city.source "), ("fda city.source[4\t", "fda city.source[4] "),
    ("fda city.source.tr\t", "fda city.source.train "),
    ("fda city t\t", "fda city toward="), ("fda city toward=c\t", "fda city toward=city "), ("fda city toward=city b\t", "fda city toward=city beta="),
    ("fda city beta=\t", "fda city beta=0.01 "), ("train n\t", "train net "), ("train c\t", "train c"), ("train net@b\t", "train net@best "),
    ("train net augment=y\t", "train net augment=yes "), ("train net epochs=5 e\t", "train net epochs=5 e"), ("load dataset streets f\t", "load dataset streets from="),
    ("help tr\t", "help train "), ("expect ci\t", "expect city "), ("iou # ci\t", "iou # ci"), ("zz\t", "zz"),
    // Texts that the operand knows: a part of a name at a time, and what has no choice at once.
    ("features net layer=h\t", "features net layer=\"head\" "), ("features net layer=c\t", "features net layer=\"cp.deep.a."),
    ("features net layer=\"ffm.o\t", "features net layer=\"ffm.out\" "), ("features net layer=f\t", "features net layer=\"ffm."),
    ("features net layer=\"cp.deep.a.y\t", "features net layer=\"cp.deep.a.y\" "), ("features layer=h\t", "features layer=h"),
  ])
  func completionKnowsKinds(_ keys: String, _ line: String) {
    let terminal = ScriptedTerminal(typing: keys + "\r")
    let (session, _) = toySession(terminal)
    #expect(terminal.readLine(prompt: "> ", aids: LineAids(completer: StatementCompleter(session))) == .line(line))
  }

  /// After a slip Up brings the line back as it was probably meant, and once more as it was typed.
  @Test func upMendsASlip() {
    let up = "\u{1B}[A"
    let lines = Self.conversation("fda cty.source toward=city.target\r\(up)\r\(up)\(up)\rquit\r").lines
    #expect(lines.contains("did you mean city?"))
    #expect(lines.contains("segue> fda city.source toward=city.target"))
    #expect(lines.count { $0 == "segue> fda cty.source toward=city.target" } == 2)
    #expect(lines.contains("50 images restyled"))
  }

  @Test(arguments: ["quit\r", "exit\r", "\u{4}"]) func thereAreSeveralWaysOut(_ keys: String) {
    let terminal = Self.conversation(keys + "x = 1\r")
    #expect(!terminal.written.contains("x = 1"))
  }

  /// Ctrl-D on a continued line gives up the statement and not the session.
  @Test func controlDOnAContinuationGivesUpTheStatement() {
    let lines = Self.conversation("load dataset \\\r\u{4}x = 5\rquit\r").lines
    #expect(lines.suffix(2) == ["segue> x = 5", "segue> quit"], "\(lines)")
  }

  @Test func aNameThatIsAParameterSetsNothing() {
    #expect(Self.conversation("epochs = 5\rquit\r").lines.contains("epochs is a name now; train takes it as epochs=epochs"))
    #expect(Self.conversation("rounds = 5\rquit\r").lines == ["segue> rounds = 5", "segue> quit"])
  }

  /// What stands in a name, a comment or a failure cannot move the cursor.
  @Test func nothingThatIsSaidSteersTheScreen() {
    let terminal = ScriptedTerminal(typing: "x = 5 # \u{202E}b\rshow \u{9B}31m\rquit\r", palette: .sixteen)
    let (session, printer) = toySession(terminal)
    printer.say(StyledText("greeting \u{1B}]0;title\u{7} x", .dim))
    Prompt(session: session, terminal: terminal, printer: printer).run()
    #expect(!terminal.written.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{9B}" || $0 == "\u{7}" })
    #expect(!terminal.written.contains("\u{1B}]"))
    #expect(terminal.written.contains("greeting \\u{1b}]0;title\\u{7} x"))
  }

  @Test func tiesAreToldApartByTheirHelp() {
    let terminal = ScriptedTerminal(typing: "load \t")
    let (session, _) = toySession(terminal)
    _ = terminal.readLine(prompt: "> ", aids: LineAids(completer: StatementCompleter(session)))
    #expect(terminal.written.contains("load dataset  Read labelled images."))
    #expect(terminal.written.contains("load weights  Read a network's weights."))
  }

  @Test func whatATextMayBeIsToldWithItsHelp() {
    let terminal = ScriptedTerminal(typing: "features net layer=\t\t")
    let (session, _) = toySession(terminal)
    _ = terminal.readLine(prompt: "> ", aids: LineAids(completer: StatementCompleter(session)))
    for line in [#""cp.    2 of these"#, #""ffm.   2 of these"#, #""head"  of a network"#] { #expect(terminal.written.contains(line), "\(line)") }
  }

  @Test(arguments: [
    // A line, and the same with every coloured stretch marked by its style.
    ("fda city", "<command:fda> <name:city>"),
    ("fda nowhere", "<command:fda> <unknownName:nowhere>"),
    ("fda ci", "<command:fda> ci"),
    ("x = load dataset gta5", "<name:x> = <command:load> <command:dataset> <choice:gta5>"),
    ("load dataset gtx", "<command:load> <command:dataset> <unknownName:gtx>"),
    ("train net epochs=25 # long", "<command:train> <name:net> <parameter:epochs>=<number:25> <comment:# long>"),
    ("load dataset streets from=a/b", "<command:load> <command:dataset> <choice:streets> <parameter:from>=a/b"),
    ("train net ep", "<command:train> <name:net> ep"), ("train net epp", "<command:train> <name:net> <unknownName:epp>"),
    ("train net ep=2", "<command:train> <name:net> <unknownName:ep>=<number:2>"), ("explain train net epochs=2", "<command:explain> <command:train> <name:net> <parameter:epochs>=<number:2>"),
    ("fda city.source", "<command:fda> <name:city.source>"), ("fda city.so", "<command:fda> <name:city.so>"),
    ("fda city.sorce", "<command:fda> <name:city><unknownName:.sorce>"), ("fda city.source.train", "<command:fda> <name:city.source.train>"),
    ("fda city.source.trn", "<command:fda> <name:city.source><unknownName:.trn>"), ("fda city.source[49", "<command:fda> <name:city.source[49>"),
    ("fda city.source[50]", "<command:fda> <name:city.source><unknownName:[50]>"), ("train net@best", "<command:train> <name:net@best>"),
    ("train net@7", "<command:train> <name:net><unknownName:@7>"), ("load dat", "<command:load> dat"), ("load dax", "<command:load> <unknownName:dax>"),
    ("train net augment=ye", "<command:train> <name:net> <parameter:augment>=<choice:ye>"),
    ("train net augment=maybe", "<command:train> <name:net> <parameter:augment>=<unknownName:maybe>"),
    ("tra", "tra"), ("trx", "<unknownName:trx>"), ("# prose", "<comment:# prose>"), ("city", "<name:city>"),
  ])
  func coloursSayWhatThePartsAre(_ line: String, _ marked: String) {
    let (session, _) = toySession(ScriptedTerminal(typing: ""))
    let bytes = Array(line.utf8)
    var out = ""
    var at = 0
    for highlight in StatementHighlighter(session).highlights(line) where highlight.style != .path {
      out += String(decoding: bytes[at..<highlight.range.start], as: UTF8.self)
      out += "<\(highlight.style):\(String(decoding: bytes[highlight.range.start..<highlight.range.end], as: UTF8.self))>"
      at = highlight.range.end
    }
    #expect(out + String(decoding: bytes[at...], as: UTF8.self) == marked)
  }

  @Test(arguments: [
    ("fda city toward=city.target\u{1B}[C\r", "fda city toward=city.target beta=0.01"), ("tr\u{1B}[C\r", "tr"),
    ("train net\u{1B}[C\r", "train net epochs=3"), ("net = b\u{1B}[C\r", "net = build model"),
    ("fda cit\u{1B}[C\r", "fda cit"), ("fda cxty\u{1B}[C\r", "fda cxty"), ("fda city[0\u{1B}[C\r", "fda city[0"),
  ])
  func hintsAreEarlierLinesOrTheNextDefault(_ keys: String, _ line: String) {
    let terminal = Self.conversation(keys)
    #expect(terminal.lines.contains("segue> " + line))
  }

  @Test func errorsPointIntoTheLineThatWasTyped() {
    #expect(Self.conversation("fda cty toward=city.target\r").lines.prefix(3) == [
      "segue> fda cty toward=city.target",
      "           ^~~",
      "error: no value is named 'cty'",
    ])
  }

  @Test func aBackslashContinues() {
    let lines = Self.conversation("fda city.source \\\rtoward=city.target\rquit\r").lines
    #expect(lines.prefix(3) == ["segue> fda city.source \\", "     > toward=city.target", "  fda1 = fda city.source toward=city.target"])
  }

  @Test func aContinuedLineIsCompletedAndColouredToo() {
    let lines = Self.conversation("fda city.source \\\rtow\tc\tbeta=0.02\rquit\r").lines
    #expect(lines.prefix(3) == ["segue> fda city.source \\", "     > toward=city beta=0.02", "  fda1 = fda city.source toward=city beta=0.02"])
    let coloured = Self.conversation("fda city.source \\\rtoward=city", palette: .sixteen).written
    #expect(coloured.contains("\u{1B}[35mtoward\u{1B}[0m=\u{1B}[34mcity\u{1B}[0m"))
  }

  @Test func whatWasPastedBehindAFailureIsNotRun() {
    let lines = Self.conversation("\u{1B}[200~x = 5\nfda cty\ntrain net\n# words\ntrain net\n\u{1B}[201~quit\r").lines
    #expect(lines.contains("the 2 statements pasted after it were not run") && !lines.contains("8334304 parameters"))
    #expect(lines.last == "segue> quit")
  }

  @Test func aFailureThatTheTranscriptRecordsGoesOn() {
    let lines = Self.conversation("\u{1B}[200~fda cty\n#! no value is named 'cty'\ntrain net\n\u{1B}[201~quit\r").lines
    #expect(lines.contains("8334304 parameters"))
  }

  @Test func outputsAreNotInTheHistory() {
    let lines = Self.conversation("\u{1B}[200~train net\n#> 8334304 parameters\n\u{1B}[201~\u{1B}[A\rquit\r").lines
    #expect(lines.filter { $0 == "segue> train net" }.count == 2)
  }

  @Test func controlCGivesUpTheLineAndAQuestionMarkAsksForHelp() {
    let lines = Self.conversation("nonsense\u{3}fda?\rquit\r").lines
    #expect(lines.prefix(3) == ["segue> nonsense^C", "segue> fda?", "fda <source> toward=<dataset> [beta=0.01]"])
    #expect(lines.contains { $0.contains("half the window's side") })
  }

  @Test func progressGoesAwayWhenTheWorkIsDone() {
    let terminal = Self.conversation("train net epochs=2\rquit\r")
    #expect(terminal.written.contains("epoch 2/2"))
    #expect(terminal.lines == ["segue> train net epochs=2", "  train1 = train net epochs=2", "8334304 parameters", "segue> quit"])
  }

  @Test func aPastedTranscriptRuns() {
    let lines = Self.conversation("\u{1B}[200~## A lesson\nx = fda city.source\n  toward=city.target\n#> 50 images restyled\nquit\n\u{1B}[201~").lines
    #expect(lines == [
      "segue> ## A lesson", "segue> x = fda city.source toward=city.target", "50 images restyled", "segue> #> 50 images restyled", "segue> quit",
    ])
  }
}
