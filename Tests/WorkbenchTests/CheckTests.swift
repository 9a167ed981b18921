import Language
import Storage
import Testing
import Workbench

/// `segue check`: what is wrong with a script, told without running it.
@Suite struct CheckTests {
  static func check(_ text: String, _ surroundings: Surroundings = .memory()) -> [Diagnostic] {
    Session.check(Script(text, Toy.catalog.vocabulary), Toy.catalog, surroundings)
  }

  static let trained = "load dataset\nbuild model\nt = train on=dataset1.source.train epochs=3\n"

  /// A script with the fault between `‹` and `›`, and the message.
  static let cases: [(String, String)] = [
    ("‹trian› x", "no command is named 'trian'"),
    ("load dataset\nfda ‹bta›=1%", "fda has no parameter 'bta'"),
    ("load dataset\nfda beta=‹2›", "beta must lie in 0...0.5, not '2'"),
    ("n = 2\nload dataset\nfda beta=‹n›", "beta must lie in 0...0.5, not 'n', which is 2"),
    ("load dataset\n# prose\n\nshow dataset1 ‹dataset2›", "no value is named 'dataset2'"),
    ("load dataset\nshow ‹dataset1.sorce.train›", "'dataset1' has no field 'sorce'"),
    ("load dataset\nx = ‹dataset1.source[9]›", "'dataset1.source' has no element 9"),
    ("load dataset\nbuild model\n‹train› on=dataset1.source", "train takes no model"),
    ("‹train› epochs=3", "train needs model, and there is nothing to take: the latest built model"),
    ("load dataset\nbuild model\ntrain on=‹dataset1.source›", "train needs one part of a dataset, such as .train"),
    (trained + "fda ‹t›", "source takes a dataset; 't' is a model"),
    (trained + "iou ‹u›", "no value is named 'u'"),
    (trained + "iou ‹dataset1›", "models takes models; 'dataset1' is a dataset"),
    (trained + "iou\nexpect iou1.miou > 3\nexpect ‹t› > 3", "'t' is a model, and only numbers can be compared"),
    (trained + "‹x› = show t", "show makes no value to name"),
    (trained + "‹x› = vars", "vars makes no value to name"),
    ("load weights ‹nothing.bin›", "there is no file or folder 'nothing.bin'"),
    ("load dataset\nshow dataset1 to=‹../x.txt›", "'../x.txt' lies outside the working directory"),
    ("explain show ‹zz›", "no value is named 'zz'"),
    ("n = 1\nundo\nshow ‹n›", "no value is named 'n'"),
    ("w = \"half\"\nbuild model width=‹w›", "width cannot be 'half'"),
    ("load dataset\nf = fda beta=‹9›\nshow f f.train\nfda f", "beta must lie in 0...0.5, not '9'"),
    ("‹x-y› = iou", "'x-y' is not a name"),
  ].filter { $0.1 != "train takes no model" }

  @Test(arguments: cases) func pointsAtTheFault(_ marked: String, _ message: String) throws {
    let (text, range) = try marks(marked)
    let found = Self.check(text)
    #expect(found.map(\.message) == [message])
    #expect(found.first?.range == range)
  }

  private func marks(_ marked: String) throws -> (String, SourceRange) {
    let open = try #require(marked.firstIndex(of: "‹")), close = try #require(marked.firstIndex(of: "›"))
    let start = marked[..<open].utf8.count
    return (marked.filter { $0 != "‹" && $0 != "›" }, SourceRange(start, start + marked[marked.index(after: open)..<close].utf8.count))
  }

  @Test(arguments: [
    ReplayTests.script, trained + "ensemble\npseudolabel\niou\nexpect iou1.miou > iou1.classes\nshow t@best t@7 iou1.miou pseudolabel1.train",
    trained + "n = t.loss\nfda beta=n", "seed 3\nload dataset\nfda\naugment\nx = fda1.train\nexplain show x", "quit\nshow zz", "fda beta=9\n#! beta must lie in 0...0.5",
    "shw x\n#! no command is named 'shw'", trained + "save t to=w.json\nload weights w.json", "#!/usr/bin/env segue\nload dataset\nundo\nredo\nshow dataset1", "",
    trained + "e = ensemble t\nt = train epochs=4\nensemble\nu = train on=dataset1.source.train",
  ])
  func findsNothingInSoundScripts(_ script: String) { #expect(Self.check(script) == []) }

  @Test func aSlipIsToldOnceAndTheRestIsChecked() {
    let found = Self.check("load dataset\nx = fda beta=9\nshow x\ny = fda x beta=0.1\nbuild model tny\ntrain x.train\nshow nobody")
    #expect(found.map(\.message) == [
      "beta must lie in 0...0.5, not '9'", "network cannot be 'tny'", "no value is named 'nobody'",
    ])
  }

  /// What was plainly meant is gone on with.
  @Test func whatCannotBeReadStandsForWhatWasMeant() {
    let found = Self.check("n=0.2\nlaod dataset\nfda beta=n\nfda beta=dataset1.sorce\nm=9\nfda beta=m\nx = ,\nshow x")
    #expect(found.map(\.message) == [
      "a name and its '=' need a space between them", "no command is named 'laod'", "'dataset1' has no field 'sorce'", "a name and its '=' need a space between them",
      "beta must lie in 0...0.5, not 'm', which is 9", "no command is named ','", "no value is named 'x'",
    ])
  }

  @Test func nothingIsMadeAndNothingIsWritten() throws {
    let directory = TestDirectory()
    #expect(Self.check(Self.trained + "iou\nshow t to=x.txt", try directory.surroundings()) == [])
    #expect(try directory.files.names(in: directory.path) == [])
  }
}
