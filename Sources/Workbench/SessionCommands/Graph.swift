import Language

/// `graph`, `graph mbt`, `graph mbt to=mbt.dot`
struct Graph: SessionCommand {
  static let summary = "Show what values are made from, recipe by recipe; to= writes a drawing for Graphviz."
  static let searchTerms = ["recipe", "provenance", "lineage", "dependencies", "tree", "dot", "graphviz", "made from"]
  static let seeAlso = ["vars", "diff", "explain"]
  static let examples = [
    Example("graph rounds", after: ["rounds = 25"]), Example("graph rounds to=rounds.dot", after: ["rounds = 25"]),
    Example("graph rounds to=rounds.png", fails: "is written as .dot", after: ["rounds = 25"]),
  ]

  @Inputs("values; by default all that nothing else is made from", atLeast: 0) var values: [any Value]
  @Path("a file that ends in .dot or .gv", .writing) var to: Location?

  func check(in session: Session) throws {
    guard let to else { return }
    guard [".dot", ".gv"].contains(to.fileExtension) else {
      throw Diagnostic("a graph is written as .dot or .gv, not '\(to.text)'", at: $to, remedy: "`dot -Tsvg` of Graphviz draws it")
    }
    try session.checkWritable(to, at: $to)
  }

  func run(in session: Session) throws -> Display {
    let roots = values.isEmpty ? Graph.ends(session) : $values.map(\.origin.digest)
    if roots.isEmpty { return .text("nothing has a name yet") }
    let graph = RecipeGraph(roots, in: session)
    guard let to else { return .stack(graph.text.map { .text($0) }) }
    try session.write(Array(graph.dot.utf8), to: to, at: $to)
    return .text("written: \(to.text), \(counted(graph.nodes.count, "recipe"))")
  }

  /// What names hold that nothing else is made from.
  private static func ends(_ session: Session) -> [String] {
    let digests = session.names.map(\.digest).filter { !$0.isEmpty }
    let used = Set(digests.flatMap { session.recipe($0)?.inputs.map(\.digest) ?? [] })
    return digests.filter { !used.contains($0) && session.recipe($0)?.command != "literal" }
  }
}
