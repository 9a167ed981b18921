import Language
import Storage
import Testing
import Workbench

/// Several jobs that share out what `repeat` and `sweep` compute.
@Suite struct PartTests {
  private static let script = """
    rounds = 10
    load dataset
    net = build model
    t = train net on=dataset1.source.train epochs=rounds
    s = iou t on=dataset1.target.val
    r = repeat s seeds=4
    w = sweep rounds 5 10 20 40 of=s

    """

  private static func session(_ directory: TestDirectory, _ part: String?) throws -> Session {
    var surroundings = try directory.surroundings()
    surroundings.part = part.flatMap { Part($0) }
    return Session(Toy.catalog, surroundings)
  }

  private static func trained(_ directory: TestDirectory) throws -> Int { try directory.surroundings().store.contents().count { $0.command == "train" } }

  @Test(arguments: [("1/1", true), ("3/8", true), ("8/8", true), ("0/8", false), ("9/8", false), ("3", false), ("3/8/1", false), ("a/b", false), ("", false), ("1/0", false), ("-1/2", false)])
  func written(_ text: String, _ isRight: Bool) { #expect((Part(text) != nil) == isRight) }

  /// Whatever order parts come in, each computes its own, the last finds the table complete, and then the whole has nothing to train.
  @Test(arguments: [["1/2", "2/2"], ["2/2", "1/2"], ["3/3", "1/3", "2/3"], ["1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9"]]) func partsMakeTheWhole(_ parts: [String]) throws {
    let directory = TestDirectory(), whole = Session(Toy.catalog)
    #expect(whole.evaluate(PartTests.script) == .done)
    for (place, part) in parts.enumerated() {
      let session = try PartTests.session(directory, part)
      var left = 0
      for item in Script(PartTests.script, Toy.catalog.vocabulary).items {
        let evaluation = session.evaluate(item, of: Script(PartTests.script, Toy.catalog.vocabulary))
        if evaluation.isLeftToOthers { left += 1 } else { #expect(evaluation == .done, "\(String(describing: evaluation.diagnostic))") }
      }
      if place == 0 { #expect(left == 2) }
      if place == parts.count - 1 { #expect(left == 0) }
    }
    let trained = try PartTests.trained(directory)
    #expect(trained == 1 + 3 + 3, "each training once")
    let session = try PartTests.session(directory, nil)
    #expect(session.evaluate(PartTests.script) == .done)
    #expect(try PartTests.trained(directory) == trained)
    #expect(session.transcript == whole.transcript)
  }

  @Test func whatIsMissingIsSaid() throws {
    let log = Log(), directory = TestDirectory()
    var surroundings = try directory.surroundings()
    surroundings.part = Part("1/4")
    let session = Session(Toy.catalog, surroundings) { log.events.append($0) }
    let evaluation = session.evaluate(PartTests.script)
    #expect(evaluation.isLeftToOthers)
    #expect(log.notes.contains { $0.contains("r = repeat s seeds=4: part 1/4 is done; 2 of 3 are for other parts to compute") }, "\(log.notes)")
  }

  /// What needs the table waits for it, and so does whatever only shows; what makes other values goes on.
  @Test(arguments: [
    ("x = r.mean", true), ("y = x", true), ("show net", true), ("expect rounds > 1", true), ("seed 3", false), ("u = train net on=dataset1.source.train", false), ("n = 5", false),
    ("q = repeat s", false), ("save r to=\"r.csv\"", true),
  ]) func whatIsLeft(_ statement: String, _ isLeft: Bool) throws {
    var left = LeftStatements(Toy.catalog)
    func parsed(_ text: String) throws -> Statement { try #require(Statement.parse(text, Toy.catalog.vocabulary).statement) }
    #expect(try !left.leaves(try parsed(statement)), "nothing is left before a table is missing")
    left.leave("r = repeat s seeds=4")
    #expect(try left.leaves(try parsed("x = r.mean")))
    #expect(try left.leaves(try parsed(statement)) == isLeft)
  }

  @Test(arguments: ["repeat", "repeat seeds=3", "sweep rounds 1 2"]) func theLatestTableIsNotGuessed(_ statement: String) throws {
    var left = LeftStatements(Toy.catalog)
    left.leave("r = repeat s seeds=4")
    #expect(throws: Diagnostic.self) { try left.leaves(try #require(Statement.parse(statement, Toy.catalog.vocabulary).statement)) }
  }
}
