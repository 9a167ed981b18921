import Commands
import Language
import Synchronization
import Testing
import Workbench

/// What a statement needs in memory is known before it runs, and refused in words where the machine does not have it.
@Suite struct MemoryTests {
  /// Statements that take memory, after those that they stand on.
  static let cases: [(String, [String])] = [
    ("predict t on=‹few[0]›", Small.trained), ("features t on=‹few[0]›", Small.trained), ("iou t on=‹few.val›", Small.trained), ("confusion t on=‹few.val›", Small.trained),
    ("pseudolabel t on=‹few.train›", Small.trained), ("train m on=few.train batch=‹2› epochs=1", Small.built), ("spectrum ‹few[0]›", Small.data),
    ("show ‹few›", Small.data), ("show t on=‹few›", Small.trained), ("combine amplitude=‹a› phase=p", Small.data + ["a = spectrum few[0]", "p = spectrum few[0] part=phase"]),
    ("join ‹few few›", Small.data),
  ]

  /// What surroundings hold on to, and tests change or read.
  private final class Shared<Content: Sendable>: Sendable {
    private let content: Mutex<Content>
    init(_ content: sending Content) { self.content = Mutex(content) }
    var left: Content {
      get { content.withLock { $0 } }
      set { content.withLock { $0 = newValue } }
    }
  }

  private typealias Memory = Shared<Int64?>

  private func surroundings(_ bench: Bench, _ memory: Memory) throws -> Surroundings {
    var surroundings = try Surroundings(directory: bench.path, fileSystem: bench.files)
    surroundings.memory = { memory.left }
    return surroundings
  }

  @Test(arguments: cases) func isRefusedBeforeAnyWork(_ statement: String, _ before: [String]) throws {
    let bench = Bench(), marked = Marked(statement)
    do {
      // Values that the store keeps, so that the statement alone is to be made.
      let session = try bench.open()
      #expect(session.perform(before) == nil)
    }
    let memory = Memory(nil), session = Session(Bench.catalog, try surroundings(bench, memory))
    #expect(session.perform(before) == nil)
    memory.left = 100
    let diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message.hasPrefix("this needs ") && diagnostic.message.hasSuffix(" of memory, and 0.1 kB are available"), "\(diagnostic.message)")
    #expect(diagnostic.remedy != nil)
    #expect(diagnostic.range == marked.range)
    #expect(session.evaluate("explain \(marked.text)") == .done)
    // Checked before it runs, as in a script: the question passes, the statement does not.
    func faults(_ statements: [String]) throws -> Int {
      try Session.check(Script(statements.joined(separator: "\n"), Bench.catalog.vocabulary), Bench.catalog, surroundings(bench, memory)).count
    }
    #expect(try faults(before + ["explain \(marked.text)"]) == faults(before))
    let shown = session.shown.joined(separator: " ")
    #expect(shown.contains("; only 0.1 kB are available (\(diagnostic.remedy ?? ""))") && shown.contains(" would be refused: there is not enough memory"), "\(shown)")
  }

  /// What the store keeps is not read where that would take too much; it stays, and is there when there is memory again.
  @Test(arguments: ["predict t on=few[0]", "pseudolabel t on=few.train", "train m on=few.train batch=2 epochs=1"])
  func aStoredValueIsRefusedAndStays(_ statement: String) throws {
    let bench = Bench()
    do {
      let session = try bench.open()
      #expect(session.perform(Small.trained + [statement]) == nil)
    }
    let stored = bench.contents(".segue/store"), memory = Memory(nil)
    let session = Session(Bench.catalog, try surroundings(bench, memory)) { bench.events.append($0) }
    #expect(session.perform(Small.trained) == nil)
    memory.left = 100
    let diagnostic = try #require(session.evaluate("x = \(statement)").diagnostic)
    #expect(diagnostic.message.hasPrefix("the stored value @") && diagnostic.message.contains("' is not read: this needs "), "\(diagnostic.message)")
    #expect(diagnostic.remedy == MemoryNeed.moreMemory)
    #expect(bench.contents(".segue/store") == stored)
    memory.left = nil
    #expect(session.perform(["x = \(statement)"]) == nil)
    #expect(bench.kept.last == true)
  }

  @Test(arguments: [
    ("save ‹p› to=p.safetensors", ["p = predict t on=few[0]"]), ("save ‹t› to=t.safetensors", []), ("save ‹t.state› to=t.safetensors", []), ("save ‹few[0].image› to=x.png", []),
    ("save ‹b› to=b.safetensors", ["b = load batch t step=1"]),
  ]) func savingIsRefused(_ statement: String, _ before: [String]) throws {
    let bench = Bench(), memory = Memory(nil), session = Session(Bench.catalog, try surroundings(bench, memory)), marked = Marked(statement)
    #expect(session.perform(Small.trained + before) == nil)
    memory.left = 100
    let files = bench.contents(), diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message.hasPrefix("this needs ") && diagnostic.remedy == MemoryNeed.moreMemory && diagnostic.range == marked.range, "\(diagnostic)")
    #expect(bench.contents() == files)
    memory.left = nil
    #expect(session.perform([marked.text]) == nil)
  }

  /// What is said where memory runs out all the same is what the statement's refusal would say.
  @Test func theAdviceIsTheStatementsOwn() throws {
    let bench = Bench(), advice = Shared<[String?]>([])
    var surroundings = try surroundings(bench, Memory(nil))
    surroundings.memoryAdvice = { words in advice.left += [words] }
    #expect(Session(Bench.catalog, surroundings).perform(Small.trained + ["predict t on=few[0]"]) == nil)
    #expect(advice.left.compactMap(\.self) == ["a smaller width= needs less", "a smaller crop=, batch= or width= needs less", "load the dataset with a smaller size="])
    #expect(advice.left.count > 2)
  }

  /// Where what it stands on takes none.
  @Test(arguments: cases.filter { $0.1 == Small.data || $0.1 == Small.built }) func aCheckRefusesItToo(_ statement: String, _ before: [String]) throws {
    let bench = Bench(), marked = Marked(statement)
    let found = Session.check(Script((before + [marked.text]).joined(separator: "\n"), Bench.catalog.vocabulary), Bench.catalog, try surroundings(bench, Memory(100)))
    #expect(found.count == 1 && found.last?.message.contains("of memory, and 0.1 kB are available") == true, "\(found)")
    #expect(Session.check(Script((before + [marked.text]).joined(separator: "\n"), Bench.catalog.vocabulary), Bench.catalog, try surroundings(bench, Memory(nil))) == [])
  }

  /// Large images are refused by what they take; nothing is allocated for them.
  @Test func anImageThatIsTooLargeIsRefused() throws {
    let bench = Bench(), session = Session(Bench.catalog, try surroundings(bench, Memory(8 << 30)))
    #expect(session.perform(["m = build model width=1/8", "d = load dataset streets size=8192x8192"]) == nil)
    let diagnostic = try #require(session.evaluate("predict m on=d.source[0]").diagnostic)
    #expect(diagnostic.message.hasSuffix("of memory, and 8.6 GB are available"))
    #expect(diagnostic.remedy == "load the dataset with a smaller size=")
  }

  /// A dataset joined with itself over and over grows twofold each time.
  @Test func joiningIsBounded() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.data) == nil)
    var joins = 0, name = "few", last: Diagnostic?
    while last == nil, joins < 30 {
      joins += 1
      last = session.evaluate("x\(joins) = join \(name) \(name)").diagnostic
      name = "x\(joins)"
    }
    #expect(joins == 18)  // 5 times 2 to the 18th is above a million
    #expect(last?.message == "these have 1310720 images together, and a joined dataset has at most 1000000")
    let script = Small.data.joined(separator: "\n") + "\nx = join few few\n" + String(repeating: "x = join x x\n", count: 26)
    let found = Session.check(Script(script, Bench.catalog.vocabulary), Bench.catalog, .memory())
    #expect(found.first?.message == last?.message)
    #expect(session.perform(["show x17[655359] what=image", "graph x17", "y = take x17 count=3"]) == nil)
  }
}
