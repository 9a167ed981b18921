import Commands
import Language
import Scenes
import Testing
import Workbench

@Suite struct CatalogTests {
  static let names = DomainCommands.all.map { $0.name }

  @Test func declarationsAreSane() { #expect(DomainCommands.catalog.faults() == []) }

  @Test func commandsAreListedInTheOrderOfTheDesign() {
    #expect(Self.names == [
      "load dataset", "describe", "diagnose", "augment", "fda", "lab", "pseudolabel", "join", "take", "build model", "load weights", "train", "adapt", "ensemble", "iou", "tabulate", "confusion", "predict", "segment",
      "load batch", "features", "spectrum", "combine", "show", "plot", "export",
    ])
  }

  @Test func loadDatasetKnowsEveryFormat() throws {
    let format = try #require(DomainCommands.catalog["load dataset"]?.parameters.first)
    #expect(format.role == .choice(FormatCatalog.all.map { $0.name }))
  }

  /// Help shows what is declared: usage, summary, every parameter, examples.
  @Test(arguments: DomainCommands.catalog.commands.map { $0.name }) func helpRenders(_ name: String) throws {
    let command = try #require(DomainCommands.catalog[name])
    let session = Session(DomainCommands.catalog)
    #expect(session.evaluate("help \(name)") == .done)
    let page = session.shown.joined(separator: "\n")
    #expect(page.hasPrefix(name))
    let flat = page.replacing("\n  ", with: " ")
    #expect(flat.contains(command.summary.prefix(60)))
    for parameter in command.parameters { #expect(page.contains("\n  \(parameter.name) "), "\(parameter.name)") }
    #expect(!command.examples.isEmpty)
  }

  @Test func helpListsEveryCommand() {
    let session = Session(DomainCommands.catalog)
    session.evaluate("help")
    // Each line is a category, a gap, and the names.
    let lists = session.shown.prefix { !$0.hasPrefix("`") }.map { $0.drop { $0 != " " }.drop { $0 == " " } }
    let names = Set(lists.flatMap { list in list.split(separator: ", ").map(String.init) })
    #expect(names == Set(DomainCommands.catalog.commands.map { $0.name }))
  }

  static let examples = DomainCommands.catalog.commands.flatMap { command in
    command.examples.indices.map { (command.name, $0) }
  }

  @Test(arguments: examples) func examplesDoWhatTheySay(_ name: String, _ index: Int) throws {
    let example = try #require(DomainCommands.catalog[name]).examples[index]
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(example.after) == nil)
    if case .fails = example.outcome {} else {
      let history = session.history
      #expect(session.evaluate("explain \(example.statement.replacing("explain ", with: ""))") == .done)
      #expect(session.history == history, "explain does nothing")
    }
    let before = bench.events.count
    let outcome = session.evaluate(example.statement)
    let kinds = bench.events[before...].compactMap { if case .produced(_, let kind, _, _, _) = $0 { kind } else { nil } }
    switch example.outcome {
    case .shows(let kind): #expect(kinds.last == kind.name && outcome == .done, "\(outcome)")
    case .fails(let words): #expect(outcome.diagnostic?.message.contains(words) == true || outcome.diagnostic?.remedy?.contains(words) == true, "\(outcome)")
    case .works: #expect(outcome == .done || outcome == .quit, "\(outcome)")
    }
  }

  /// Parts that a command's page lists are there, at least in one of its examples.
  @Test(arguments: DomainCommands.catalog.commands.filter { !$0.fields.isEmpty }.map { $0.name }) func fieldsThatHelpListsAreThere(_ name: String) throws {
    let command = try #require(DomainCommands.catalog[name])
    var found: Set<String> = []
    for example in command.examples {
      guard case .shows = example.outcome else { continue }
      let bench = Bench(), session = try bench.open()
      #expect(session.perform(example.after + ["value = \(example.statement)"]) == nil)
      found.formUnion(try session.value(of: Reference("value")).fieldNames)
      found.formUnion((try? session.value(of: Reference("value", [.index(0)])).fieldNames) ?? [])
    }
    for field in command.fields { #expect(found.contains(field.name), "\(name) makes nothing with .\(field.name)") }
  }

  /// `help verify` finds what gives numbers to verify Segue by.
  @Test func helpFindsWhatVerifies() {
    let session = Session(DomainCommands.catalog)
    #expect(session.evaluate("help verify") == .done)
    for name in ["train", "pseudolabel", "load batch", "predict", "features", "save", "show", "iou"] { #expect(session.shown.contains { $0.hasPrefix("  \(name) ") }, "\(name)") }
    #expect(session.evaluate("help train") == .done)
    #expect(session.shown.contains { $0.contains(".discriminator") })
  }
}
