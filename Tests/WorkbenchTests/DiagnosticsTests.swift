import Language
import Testing
import Workbench

@Suite struct DiagnosticsTests {
  static let before = "load dataset\nbuild model\nfda\ntrain epochs=3\niou\nn = 5\nword = \"hello\""

  /// A statement with what its diagnostic points at between `‹` and `›`.
  static let cases: [(String, String, String?)] = [
    ("show ‹cty›", "no value is named 'cty'", "there are word, n, iou1, train1, fda1, model1, dataset1"),
    (
      "x = ‹True›", "no value is named 'True'",
      "write \"True\" for a text; a number, a size (512x256), a range (0.75..1.5) or a name of a value needs no quotes"),
    ("x = ‹dataset2›", "no value is named 'dataset2'", "did you mean dataset1?"),
    ("show ‹dataset2›", "no value is named 'dataset2'", "did you mean dataset1?"),
    ("show ‹dataset1.sorce›", "'dataset1' has no field 'sorce'", "did you mean source?"),
    ("show ‹n.x›", "'n' has no field 'x'", "a number has no fields"),
    ("show ‹dataset1[9]›", "'dataset1' has no element 9", "0 to 3 exist"),
    ("show ‹n[0]›", "'n' is a number, which has no elements", nil),
    ("show ‹train1@7›", "'train1' has no epoch 7", "kept are @1, @3, @best"),
    ("fda ‹bta›=1%", "fda has no parameter 'bta'", "did you mean beta?"),
    ("fda beta=‹2›", "beta must lie in 0...0.5, not '2'", nil),
    ("fda beta=‹n›", "beta must lie in 0...0.5, not 'n', which is 5", nil),
    ("fda beta=‹much›", "no value is named 'much'", "there are word, n, iou1, train1, fda1, model1, dataset1"),
    ("fda beta=‹word›", "beta takes a number, not 'word'", "'word' is a text"),
    ("fda beta=‹4x4›", "beta takes a number, not '4x4'", nil),
    ("fda ‹model1›", "source takes a dataset; 'model1' is a model", nil),
    ("train on=‹iou1›", "on takes a dataset; 'iou1' is a table", nil),
    ("train on=‹fda1›", "train needs one part of a dataset, such as .train", nil),
    ("train epochs=‹2.5›", "epochs takes a whole number, not '2.5'", nil),
    ("train epochs=‹0›", "epochs must lie in 1...1000, not '0'", nil),
    ("train epochs=3 ‹epochs=4›", "epochs is given twice", "leave one out"),
    ("train model1 ‹fda1›", "train takes no more values without a name", "write on=fda1 or toward=fda1 or validate=fda1"),
    ("load dataset ‹street›", "format cannot be 'street'", "did you mean streets?"),
    ("load dataset size=‹9999x4›", "size must lie in 1...4096, not '9999x4'", nil),
    ("load dataset strict=‹maybe›", "strict takes yes or no, not 'maybe'", "write strict=yes or strict=no"),
    ("‹load weights›", "load weights needs from: a path", "write <file>"),
    ("‹show›", "show needs values: values", "write <values>..."),
    ("‹x› = show n", "show makes no value to name", "leave out 'x ='"),
    ("‹x› = vars", "vars makes no value to name", "leave out 'x ='"),
    ("expect ‹iou1› > 3", "'iou1' is a table, and only numbers can be compared", "its numbers are .miou, .classes"),
    ("expect ‹iou1.classes < 3›", "iou1.classes (19) is not < 3", nil),
    ("seed ‹-1›", "seed must be 0 or more, not '-1'", nil),
    ("help ‹zzzz›", "nothing is known about 'zzzz'", nil),
  ]

  @Test(arguments: cases) func pointsAtTheFault(_ marked: String, _ message: String, _ remedy: String?) throws {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(Self.before) == .done)
    let text = marked.split(separator: "‹", omittingEmptySubsequences: false).joined().split(separator: "›", omittingEmptySubsequences: false).joined()
    let open = try #require(marked.firstIndex(of: "‹")), close = try #require(marked.firstIndex(of: "›"))
    let start = marked[..<open].utf8.count
    let range = SourceRange(start, start + marked[marked.index(after: open)..<close].utf8.count)
    let names = session.names.map(\.name)
    let diagnostic = try #require(session.evaluate(text).diagnostic)
    #expect(diagnostic.message == message.replacing("seed must", with: "number must"))
    #expect(diagnostic.range == range)
    if let remedy { #expect(diagnostic.remedy == remedy) }
    #expect(session.names.map(\.name) == names, "a failed statement binds nothing")
  }

  /// A slip, and the line that Up brings back.
  @Test(arguments: [
    ("show dataset2", "show dataset1"), ("show dataset1.sorce.train", "show dataset1.source.train"), ("fda bta=1%", "fda beta=1%"),
    ("load dataset street", "load dataset streets"), ("trian epochs=3", "train epochs=3"), ("trian", "train"), ("load datset", "load dataset"),
    ("fda beta=0,01", "fda beta=0.01"), ("m=3", "m = 3"), ("fda beta = 0.01", "fda beta=0.01"), ("load dataset size=512 x 256", "load dataset size=512x256"),
    ("augment contrast=1.5..0.5", "augment contrast=0.5..1.5"), ("expect n>3", "expect n > 3"), ("expect n == 3", "expect n = 3"),
    ("show dataset3.target[0]  # why", "show dataset1.target[0]  # why"), ("train on=dataset1.target.trian", "train on=dataset1.target.train"),
    ("help trian", "help train"), ("refresh trian1", "refresh train1"), ("show été dataset2", "show été dataset1"),
  ])
  func isMended(_ slip: String, _ mended: String) throws {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(Self.before + "\nété = 1") == .done)
    #expect(try #require(session.evaluate(slip).diagnostic).corrected(slip) == mended)
  }

  @Test(arguments: ["show zzzzzzz", "fda beta=9", "train epochs=", "show", "train model1 fda1"]) func whatIsNotKnownIsNotMended(_ slip: String) throws {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(Self.before) == .done)
    #expect(try #require(session.evaluate(slip).diagnostic).corrected(slip) == nil)
  }

  @Test func theRightFieldIsOffered() {
    let session = Session(Toy.catalog)
    session.evaluate(Self.before)
    #expect(session.evaluate("fda beta=dataset1.source").diagnostic?.message == "beta takes a number, not 'dataset1.source'")
    #expect(session.evaluate("iou on=iou1.miou").diagnostic?.message == "on takes a dataset; 'iou1.miou' is a number")
  }

  @Test func aRefreshThatFailsSaysOfWhat() {
    let session = Session(Toy.catalog)
    #expect(session.evaluate("load dataset\nn = 0.2\nfda beta=n\nn = 9") == .done)
    #expect(session.evaluate("refresh").diagnostic?.message == "'fda1' could not be recomputed: beta must lie in 0...0.5, not 'n', which is 9")
  }

  @Test func whatHasNoPartsSaysSo() {
    #expect(throws: Diagnostic("a number has no fields")) { try Number(1).field("x") }
    #expect(throws: Diagnostic("a number has no elements")) { try Number(1).element(0) }
    #expect(throws: Diagnostic("a number has no epochs")) { try Number(1).epoch("1") }
  }

  @Test func aCatalogIsSane() { #expect(Toy.catalog.faults() == []) }

  @Test func everyExampleDoesWhatItSays() {
    for command in Toy.catalog.commands {
      for example in command.examples {
        let session = Session(Toy.catalog)
        var kinds: [String] = []
        for statement in example.after { session.evaluate(statement) }
        let listening = Session(Toy.catalog, session.surroundings) { if case .produced(_, let kind, _, _, _) = $0 { kinds.append(kind) } }
        for statement in example.after { listening.evaluate(statement) }
        let outcome = listening.evaluate(example.statement)
        switch example.outcome {
        case .shows(let kind): #expect(kinds.last == kind.name, "\(example.statement)")
        case .fails(let words): #expect(outcome.diagnostic?.message.contains(words) == true, "\(example.statement): \(outcome)")
        case .works: #expect(outcome == .done || outcome == .quit, "\(example.statement)")
        }
      }
    }
  }

  @Test func usageIsReadFromTheDeclaration() {
    #expect(FDA.usage == "fda [<source>] [toward=<dataset>] [beta=0.01]")
    #expect(Train.usage == "train [<model>] [on=<dataset>] [toward=<dataset>] [validate=<dataset>] [epochs=10] [lr=<a number>]")
    #expect(LoadDataset.usage == "load dataset [streets|gta5|cityscapes] [<file>] [size=<a size such as 512x256>] [strict=no]")
    #expect(IoU.parameters.map(\.fallback) == ["the latest trained model or ensemble", "the latest target's .val"])
  }

  @Test func helpFindsByWord() {
    #expect(Toy.catalog.matching("mean").map { $0.name } == ["iou", "repeat"])
    #expect(Toy.catalog.matching("fourier").map { $0.name } == ["fda"])
    #expect(Toy.catalog.matching("contrast").map { $0.name } == ["augment"], "a parameter is a word too")
  }
}
