import Language
import Testing
import Workbench

/// What runs leave for programs, and what many of them come to.
@Suite struct ResultFileTests {
  private static func file(_ settings: [String: String], _ numbers: [[Double?]], rows: [String] = ["road", "mIoU"], columns: [String] = ["a", "b"], script: String = "x.segue") -> ResultFile {
    let measures = Measures(main: "mIoU", unit: "per cent", rows: rows, columns: columns, numbers: numbers.map { $0.map { $0.map { Number($0, places: 1, .rounded) } } })
    return ResultFile(script: script, settings: settings, tables: ["s": ResultFile.Table(measures)])
  }

  private static func lines(_ files: [ResultFile], row: String? = nil, over: String = "seed") throws -> [String] {
    let collected = try CollectedResults(files.enumerated().map { ("\($0).json", $1) }, table: nil, row: row, over: over)
    return TranscriptLayout.lines(collected.display).map { $0.text.split(separator: " ").joined(separator: " ") }
  }

  /// A name for every table and number, in full precision; read back, the same.
  @Test func ofASession() throws {
    let session = Session(Toy.catalog)
    #expect(session.evaluate("rounds = 10\nload dataset\nnet = build model\nt = train net on=dataset1.source.train epochs=rounds\ns = iou t on=dataset1.target.val") == .done)
    let results = try session.results(of: "toy.segue", settings: ["rounds": "10"])
    #expect(results.tables.keys.sorted() == ["rounds", "s"])
    #expect(results.tables["rounds"]?.numbers == [[10]])
    let score = try #require(try session.value(of: Reference("s")) as? Scores)
    #expect(results.tables["s"]?.numbers.joined().contains(score.miou) == true)
    #expect(results.tables["s"]?.numbers.joined().contains { $0 == nil } == true, "a number without a meaning is none")
    #expect(try ResultFile(bytes: results.bytes(), name: "r.json") == results)
  }

  @Test(arguments: ["", "{}", "[1]", "{\"segueResults\": 2, \"script\": \"\", \"settings\": {}, \"tables\": {}}"]) func whatIsNone(_ text: String) {
    #expect(throws: Diagnostic.self) { try ResultFile(bytes: Array(text.utf8), name: "r.json") }
  }

  @Test func damaged() throws {
    var file = ResultFileTests.file([:], [[1, 2], [3, 4]])
    file.tables["s"]!.numbers[0] = [1]
    let bytes = try file.bytes()
    #expect(throws: Diagnostic("r.json is damaged: a table's numbers do not fit its rows and columns")) { try ResultFile(bytes: bytes, name: "r.json") }
  }

  /// Means 2 and 5, standard deviations 1, Student's t 4.3027 for two degrees of freedom: 4.3027 / sqrt(3) = 2.484.
  @Test func repetitions() throws {
    let lines = try ResultFileTests.lines([1.0, 2, 3].map { ResultFileTests.file(["seed": "\(Int($0))"], [[0, nil], [$0, $0 + 3]]) })
    #expect(lines.contains("a 3 2.0 -0.5 to 4.5 1.0 3.0"), "\(lines)")
    #expect(lines.contains("b 3 5.0 2.5 to 7.5 4.0 6.0"), "\(lines)")
    #expect(lines.contains("b 3 +3.0 3.0 to 3.0 higher"), "\(lines)")
    let other = try ResultFileTests.lines([1.0, 2].map { ResultFileTests.file(["seed": "\(Int($0))"], [[0, nil], [$0, $0]]) }, row: "road")
    #expect(other.contains("b 2 - - - -") && other.contains("b 0 - -"), "\(other)")
  }

  /// Differences are taken between runs of the same seed, whatever order they come in; a seed that one lacks is left out.
  @Test func groups() throws {
    func file(_ beta: String, _ seed: Int, _ value: Double) -> ResultFile { ResultFileTests.file(["beta": beta, "seed": "\(seed)", "epochs": "3"], [[0], [value]], columns: ["m"]) }
    let lines = try ResultFileTests.lines([file("0.01", 1, 10), file("0.01", 2, 20), file("0.05", 2, 21), file("0.05", 1, 11), file("0.05", 3, 90)])
    #expect(lines.contains { $0.hasPrefix("beta=0.01 2 15.0") } && lines.contains { $0.hasPrefix("beta=0.05 3 40.7") }, "\(lines)")
    #expect(lines.contains("beta=0.05 2 +1.0 1.0 to 1.0 higher"), "\(lines)")
  }

  @Test func scriptsAreGroups() throws {
    let lines = try ResultFileTests.lines(["plain.segue", "far.segue"].map { ResultFileTests.file(["seed": "1"], [[0], [5]], columns: ["m"], script: $0) })
    #expect(lines.contains { $0.hasPrefix("plain.segue 1 5.0 - 5.0 5.0") } && lines.contains("far.segue 1 0.0 -"), "\(lines)")
  }

  @Test(arguments: [
    ([["seed": "1"], ["seed": "1"]], "0.json and 1.json are results of the same settings"), ([["seed": "1"], [:]], "1.json does not say which seed it was computed with"),
  ] as [([[String: String]], String)]) func refusals(_ settings: [[String: String]], _ words: String) {
    #expect { try ResultFileTests.lines(settings.map { ResultFileTests.file($0, [[0, 0], [1, 1]]) }) } throws: { ($0 as? Diagnostic)?.message == words }
  }

  @Test func otherTablesAreNotMixed() {
    let files = [ResultFileTests.file(["seed": "1"], [[0], [1]], columns: ["m"]), ResultFileTests.file(["seed": "2"], [[0], [1]], columns: ["n"])]
    #expect { try ResultFileTests.lines(files) } throws: { ($0 as? Diagnostic)?.message == "'s' of 1.json has other rows or columns than that of 0.json" }
  }

  @Test func commaSeparated() throws {
    let collected = try CollectedResults([("a", ResultFileTests.file(["seed": "1", "n": "2"], [[0.5, nil], [1, 2]]))], table: "s", row: nil, over: "seed")
    #expect(collected.commaSeparated == "script,n,seed,column,row,value\nx.segue,2,1,a,road,0.5\nx.segue,2,1,b,road,\nx.segue,2,1,a,mIoU,1.0\nx.segue,2,1,b,mIoU,2.0\n")
  }
}
