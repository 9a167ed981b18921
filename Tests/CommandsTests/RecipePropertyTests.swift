import Commands
import FoundationEssentials
import Glibc
import Language
import Tensors
import Testing
import Workbench

/// A value depends on its recipe and on nothing else: statements drawn from the whole catalog, each evaluated alone in an empty directory and
/// among others in one that was used before, give the same recipe, the same content and the same words.
///
/// `scripts/recipes` draws more of them, and in other environments. `SEGUE_RECIPES` says how many pairs, `SEGUE_RECIPES_SEED` which, and
/// `SEGUE_RECIPES_LOG` a file that takes a line for each, to be compared with that of another process.
@Suite struct RecipePropertyTests {
  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
  private static let count = variable("SEGUE_RECIPES").flatMap(Int.init) ?? 50
  private static let seed = variable("SEGUE_RECIPES_SEED").flatMap(UInt64.init) ?? 1

  @Test func aValueDependsOnItsRecipeAlone() throws {
    var drawer = StatementDrawer(random: Dice(Self.seed))
    var used = UsedDirectory()
    var made = 0, commands: Set<String> = [], log: [String] = []
    for number in 0..<Self.count {
      if number % 100 == 99 { used = UsedDirectory() }  // its store grows
      let (text, isFilledIn) = drawer.statement()
      let seed = UInt64(1 + drawer.random.below(3)), other = seed + UInt64(1 + drawer.random.below(5)), order = Dice(UInt64(drawer.random.below(1 << 20)))
      var alone = Outcome(), differences: [String] = []
      // Tests of kernels that run at the same time switch the instruction set for a moment, which does change bits; not three times.
      for _ in 0..<3 {
        alone = try Surrounding.alone(text, seed, isFilledIn)
        differences = try used.evaluate(alone, seed, other, order, threads: 1 + number % 2).compactMap { place, outcome in
          outcome.isSame(as: alone) ? nil : "\(place):\n  \(outcome)"
        }
        if differences.isEmpty { break }
      }
      for difference in differences {
        Issue.record("pair \(number) of SEGUE_RECIPES_SEED=\(Self.seed), with the seed \(seed): \(text)\nalone:\n  \(alone)\n\(difference)")
      }
      if alone.isMade {
        made += 1
        commands.insert(String(text.prefix { $0 != " " }))
      }
      log.append("\(seed) \(text)\t\(alone.recipe)\t\(alone.content)\t\(alone.shown.joined(separator: " / "))")
    }
    #expect(made * 3 > Self.count * 2, "most statements are valid: \(made)")
    #expect(commands.count >= min(Self.count / 4, 12), "every command is drawn: \(commands.sorted())")
    if let file = Self.variable("SEGUE_RECIPES_LOG") { try Data(log.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: file)) }
  }
}

/// What came of a statement.
private struct Outcome: CustomStringConvertible {
  /// As it was recorded, with what was filled in; where it failed, as it was written.
  var canonical = ""
  var isMade = false
  /// Empty where nothing has a name.
  var recipe = ""
  var content = ""
  var shown: [String] = []

  var description: String { (["recipe \(recipe)", "content \(content)"] + shown).joined(separator: "\n  ") }

  /// Failures are alike: which of several faults is named may depend on the names that there are.
  func isSame(as other: Outcome) -> Bool {
    isMade == other.isMade && (!isMade || (recipe, content, shown) == (other.recipe, other.content, other.shown))
  }

  /// Evaluates it under the name `xx`, or without where it makes nothing to name.
  init(of text: String, in session: Session) throws {
    let statement = session.catalog[text.prefix { $0 != " " }.description].flatMap { ($0 as? any Command.Type)?.naming } == Naming.none ? text : "xx = " + text
    let outcome = session.evaluate(statement)
    canonical = (session.last.canonical ?? statement).replacing("xx = ", with: "", maxReplacements: 1)
    guard outcome == .done else {
      (canonical, shown) = (text, [outcome.diagnostic?.description ?? "\(outcome)"])
      return
    }
    (isMade, shown) = (true, session.shown)
    guard statement != text, let origin = session.names.last?.origin else { return }
    recipe = "\(origin.digest)\(origin.path)\(origin.seed.map { " \($0)" } ?? "")"
    content = try session.value(of: Reference("xx")).fingerprint()
  }

  init() {}
}

/// What a statement is evaluated after.
private enum Surrounding {
  /// Files and statements that one needs, in the order of the stock or another that serves.
  static func prologue(_ text: String, _ order: Dice? = nil) -> [String] {
    let isSaved = text.contains("tr.safetensors")
    var open = StatementDrawer.needed(by: isSaved ? text + " tr mo" : text), done: Set<String> = [], lines: [String] = []
    var order = order
    while !open.isEmpty {
      let ready = open.indices.filter { place in open[place].needs.allSatisfy(done.contains) }
      let item = open.remove(at: ready[order?.below(ready.count) ?? 0])
      done.insert(item.name)
      lines.append("\(item.name) = \(item.statement)")
    }
    return isSaved ? lines + ["save tr to=tr.safetensors"] : lines
  }

  static func files(_ bench: Bench) throws {
    for i in 0..<5 {
      try bench.image("files/images/\(i).png")
      try bench.label("files/labels/\(i).png", [7, 8, UInt8(20 + i)])
    }
  }

  /// In an empty directory, after what it needs and nothing else.
  static func alone(_ text: String, _ seed: UInt64, _ isFilledIn: Bool) throws -> Outcome {
    let bench = Bench()
    try files(bench)
    let session = try bench.open()
    #expect(session.perform(prologue(isFilledIn ? text + " fe ta tr" : text) + ["seed \(seed)"]) == nil)
    return try Outcome(of: text, in: session)
  }
}

/// A directory where everything was evaluated before: under other names, with other seeds, in another order, with other numbers of threads.
private final class UsedDirectory {
  private let bench = Bench()
  private var isPrepared = false

  func evaluate(_ alone: Outcome, _ seed: UInt64, _ other: UInt64, _ order: Dice, threads: Int) throws -> [(place: String, outcome: Outcome)] {
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = threads
    if !isPrepared { try Surrounding.files(bench) }
    isPrepared = true
    // What was filled in is written now, so that the order of the others does not matter.
    let text = alone.canonical, renamed = Self.replaced(text) { $0.uppercased() }
    let session = try bench.open(new: true)
    let names = StatementDrawer.needed(by: text + (text.contains("tr.safetensors") ? " tr" : "")).map(\.name)
    #expect(session.perform(["seed \(other)"] + Self.seeded(Surrounding.prologue(text, order), other)) == nil)
    #expect(session.perform(names.map { "\($0.uppercased()) = \($0)" }) == nil)
    _ = try Outcome(of: renamed, in: session)
    #expect(session.perform(["seed \(seed)"]) == nil)
    var aliased = try Outcome(of: renamed, in: session)
    aliased.shown = aliased.shown.map { Self.replaced($0) { $0.lowercased() } }
    let known = try Outcome(of: text, in: session)
    let fresh = try bench.open(new: true)
    #expect(fresh.perform(Surrounding.prologue(text) + ["seed \(seed)"]) == nil)
    let stored = try Outcome(of: text, in: fresh)
    return [("under other names", aliased), ("in a session that knows it under other names", known), ("in a store that was filled under other names", stored)]
  }

  /// The stock is made with the seed 0, whatever holds before and afterwards.
  private static func seeded(_ prologue: [String], _ other: UInt64) -> [String] { ["seed 0"] + prologue + ["seed \(other)"] }

  private static let words = Set(StatementDrawer.stock.flatMap { [$0.name, $0.name.uppercased()] })

  /// With other names for the stock, wherever they stand as words.
  private static func replaced(_ text: String, _ change: (String) -> String) -> String {
    var out = "", word = ""
    for character in text + "\n" {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        out += (words.contains(word) && character != "=" && !out.hasSuffix("\"") ? change(word) : word) + String(character)
        word = ""
      }
    }
    return String(out.dropLast())
  }
}
