import Commands
import Language
import Testing
import Workbench

/// `tabulate`: tables of `iou` in rows, beside what the paper printed.
@Suite struct TabulateTests {
  static let evaluated = Small.trained + ["b = iou t m on=few.val", "c = iou t on=d.target.val"]

  private let bench = Bench()

  private func session(_ statements: [String] = evaluated) throws -> Session {
    let session = try bench.open()
    #expect(session.perform(statements) == nil)
    return session
  }

  private func table(_ session: Session) throws -> DisplayTable {
    guard case .table(let table) = session.last.display else { throw Diagnostic("no table was shown") }
    return table
  }

  @Test func rowsHoldTheNumbersOfTheirColumns() throws {
    let session = try session()
    #expect(session.perform(["b"]) == nil)
    let columns = try table(session)
    #expect(session.perform(["r = tabulate b"]) == nil)
    let rows = try table(session)
    #expect(rows.columns.map(\.heading) == [
      "", "road", "sidewalk", "building", "wall", "fence", "pole", "light", "sign", "veg", "terrain", "sky", "person", "rider", "car", "truck", "bus", "train", "moto", "bicycle", "mIoU",
    ])
    #expect(rows.rows.map(\.count) == [21, 21])
    for (row, model) in ["t", "m"].enumerated() {
      #expect(rows.rows[row][0].text == model)
      // 19 classes, then the mean.
      for place in 0..<20 { #expect(rows.rows[row][1 + place] == columns.rows[place][1 + row]) }
    }
    #expect(rows.remarks.first?.text.hasPrefix("1 image of few.val, ") == true)
    #expect(session.perform(["expect r.miou = b.miou", "expect r.m = b.m", "expect r[1].accuracy = b[1].accuracy"]) == nil)
  }

  @Test func nothingIsEvaluatedAgain() throws {
    let session = try session()
    let steps = bench.steps
    #expect(session.perform(["tabulate b c paper=1", "tabulate"]) == nil)
    #expect(bench.steps == steps)
    #expect(session.history.last?.contains("tabulate b c") == true, "what was filled in is recorded: \(session.history.last ?? "")")
  }

  @Test func rowsOfSeveralProtocolsSayWhichIsWhose() throws {
    let session = try session()
    #expect(session.perform(["e = iou m t on=few.val", "tabulate b c e"]) == nil)
    let rows = try table(session)
    #expect(rows.rows.map { $0[0].text } == ["t", "m", "t (2)"], "what is there already is not repeated")
    #expect(rows.remarks[0].text.hasPrefix("t, m: 1 image of few.val") && rows.remarks[1].text.hasPrefix("t (2): 50 images of d.target.val"), "\(rows.remarks)")
  }

  @Test(arguments: [("1", ["Adv + FDA, 0.01", "Adv + FDA, 0.05", "MBT"]), ("2", ["Cityscapes", "GTA5", "GTA5 + augm.", "Adversarial", "Adv + FDA", "Adv + FDA + SSL"])])
  func thePapersRowsStandBelow(_ number: String, _ names: [String]) throws {
    let session = try session()
    #expect(session.perform(["r = tabulate b paper=\(number)"]) == nil)
    let rows = try table(session)
    #expect(rows.rows.dropFirst(2).map { $0[0].text } == names.map { "paper: \($0)" })
    #expect(rows.remarks.last?.text.contains("Table \(number)") == true && rows.remarks.last?.text.contains("another protocol") == true)
    for row in rows.rows.dropFirst(2) {
      let numbers = row.dropFirst().compactMap { Double($0.text) }
      guard numbers.count == 20 else {
        #expect(row[0].text == "paper: Adv + FDA + SSL" && row.dropFirst().map(\.text) == Array(repeating: "-", count: 19) + ["23.3"])
        continue
      }
      #expect(abs(numbers.prefix(19).reduce(0, +) / 19 - numbers[19]) < 0.1, "the mean of what was copied is what was printed: \(row[0].text)")
    }
    // They are seen, and computed with nowhere.
    #expect(try session.value(of: Reference("r")).fieldNames == ["miou", "accuracy", "t", "m"])
    #expect(session.evaluate("r[2]").diagnostic?.remedy == "0 to 1 exist")
    let plain = try #require(try session.value(of: Reference("r")) as? any Measured).measures.columns
    #expect(plain == ["t", "m"])
    #expect(session.perform(["save r to=r.csv"]) == nil)
    let lines = String(decoding: bench.bytes("r.csv") ?? [], as: UTF8.self).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 3 + names.count && lines[0].first == "model" && lines[0].suffix(2) == ["mean", "protocol"])
  }

  /// Over fewer classes there are fewer columns, and the paper has no such mean.
  @Test func fewerClasses() throws {
    let session = try session()
    #expect(session.perform(["s = iou t on=few.val classes=13", "r = tabulate s paper=1", "expect r.miou = s.miou"]) == nil)
    #expect(session.perform(["r"]) == nil)
    let rows = try table(session)
    #expect(rows.columns.count == 15 && rows.columns.last?.heading == "mIoU13")
    #expect(rows.rows.dropFirst().allSatisfy { $0.last?.text == "-" })
  }

  @Test(arguments: [
    ("tabulate d", "d is a dataset that `iou` did not make", "`iou MODELS on=IMAGES` makes one"),
    ("tabulate b t.history", "t.history is a table that `iou` did not make", "`iou MODELS on=IMAGES` makes one"),
    ("tabulate r", "r is in rows already", "name the tables of `iou` that they are made of"),
    ("tabulate b paper=3", "paper cannot be '3'", "there are 1, 2"),
    ("tabulate b s", "s has its mean over 16 classes, and b over 19", "give both `iou` statements the same classes=; nothing is evaluated again for that"),
  ]) func whatCannotStandInRows(_ statement: String, _ message: String, _ remedy: String) throws {
    let session = try session(Self.evaluated + ["s = iou t on=few.val classes=16", "r = tabulate b"])
    let diagnostic = session.evaluate(statement).diagnostic
    #expect(diagnostic?.message == message && diagnostic?.remedy == remedy && diagnostic?.range != nil, "\(String(describing: diagnostic))")
  }

  /// A script that is only checked knows the tables by what they will hold.
  @Test func isCheckedBeforeAnythingIsEvaluated() {
    let script = Script((Small.trained + ["b = iou t m on=few.val", "r = tabulate b paper=1", "expect r.m > 0", "expect r.x > 0"]).joined(separator: "\n") + "\n", DomainCommands.catalog.vocabulary)
    let found = Session.check(script, DomainCommands.catalog, .memory())
    #expect(found.map(\.message) == ["'r' has no field 'x'"])
  }
}
