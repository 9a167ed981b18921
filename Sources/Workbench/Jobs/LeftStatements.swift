public import Language

/// Which statements of a script a job leaves to whoever runs the whole: those that need a table whose other parts are not there, and, from then
/// on, those that show or write something.
public struct LeftStatements {
  private let catalog: Catalog
  /// Names that nothing holds here.
  private var missing: Set<String> = []
  public private(set) var count = 0

  public init(_ catalog: Catalog) { self.catalog = catalog }

  /// The statement of a study, as it was recorded, has no table.
  public mutating func leave(_ canonical: String) {
    guard let statement = Statement.parse(canonical, catalog.vocabulary).statement else { return }
    count += 1
    if let name = statement.name?.text { missing.insert(name) }
  }

  /// Whether a later statement is left as well.
  ///
  /// - Throws: a diagnostic where it takes the latest table, which would be another one here.
  public mutating func leaves(_ statement: Statement) throws(Diagnostic) -> Bool {
    guard count > 0 else { return false }
    let isNeeded: Bool
    switch statement.body {
    case .value: isNeeded = false
    case .command(let call):
      let type = catalog[call.command]
      isNeeded = call.command != SetSeed.name && (type as? any Command.Type)?.naming != .counted
      let isStudy = type is Repeat.Type && call.arguments.allSatisfy { $0.parameter != nil && $0.parameter?.text != "of" } || type is Sweep.Type && call.arguments.allSatisfy { $0.parameter?.text != "of" }
      if isStudy {
        throw Diagnostic("an earlier table is not there yet, so the latest one may be another than in a whole run", at: call.commandRange, remedy: "name the table: of=NAME")
      }
    }
    guard isNeeded || !statement.names.isDisjoint(with: missing) else { return false }
    count += 1
    if let name = statement.name?.text { missing.insert(name) }
    return true
  }
}

extension Statement {
  /// The names whose values it takes, as far as its words tell.
  fileprivate var names: Set<String> {
    switch body {
    case .value(let term): Set([term.reference?.name].compactMap(\.self))
    case .command(let call): Set(call.arguments.compactMap { $0.value.reference?.name })
    }
  }
}
