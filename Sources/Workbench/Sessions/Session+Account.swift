/// What an editor shows beside a name.
extension Session {
  /// The statement that a name holds, what came of it and its recipe; nil where nothing has the name. Nothing is computed or read for it.
  public func account(of name: String) -> Display? {
    guard let named = names.first(where: { $0.name == name }) else { return nil }
    var parts: [Display] = [.text("\(named.statement)")]
    parts.append(.text(valueInMemory(named: name).map { "\(named.kind.name): \($0.summary)" } ?? "\(named.kind.name)"))
    let recipe = named.digest.isEmpty ? nil : recipe(named.digest)
    let rows: [[Phrase]] = (recipe?.parameters ?? [:]).sorted { $0.key < $1.key }.compactMap { parameter, ingredient in
      ingredient == .absent ? nil : ["  \(parameter)", "\(ingredient.words)"]
    }
    if let recipe { parts.append(.text("\(digest: named.digest) \(recipe.command), version \(recipe.version)\(recipe.seed.map { ", seed \($0)" } ?? "")")) }
    if !rows.isEmpty { parts.append(.table(DisplayTable(columns: [.init("", .left), .init("", .left)], rows: rows))) }
    if !named.usedBy.isEmpty { parts.append(.text("used by \(named.usedBy.joined(separator: ", "))")) }
    if named.isStale { parts.append(.text("stale: what it was made from has changed; `refresh` recomputes it")) }
    return .stack(parts)
  }
}
