import Language

extension Recipe {
  /// How `now` differs from this recipe, in words: `epochs was 25 and is 50`, `the data changed`. What lies further up is only named.
  func changes(to now: Recipe) -> [String] {
    guard command == now.command else { return ["it was made by \(command) and is made by \(now.command)"] }
    var changes: [String] = []
    if version != now.version { changes.append("\(command) works otherwise in this version of Segue (\(version), now \(now.version))") }
    for name in Set(ingredients.keys).union(now.ingredients.keys).sorted() where ingredients[name] != now.ingredients[name] {
      changes.append(Recipe.change(of: name, ingredients[name], now.ingredients[name]))
    }
    for name in Set(parameters.keys).union(now.parameters.keys).sorted() where parameters[name] != now.parameters[name] {
      switch (parameters[name], now.parameters[name]) {
      case (.made?, .made?): changes.append("\(name)= is another value")
      case (let old, let new): changes.append("\(name) was \(old?.words ?? "not there") and is \(new?.words ?? "not there")")
      }
    }
    if seed != now.seed { changes.append("the seed was \(seed.map(String.init) ?? "none") and is \(now.seed.map(String.init) ?? "none")") }
    return changes
  }

  /// A hash of files is data; anything short is the version of something below.
  private static func change(of name: String, _ old: String?, _ new: String?) -> String {
    if [old, new].contains(where: { ($0?.utf8.count ?? 0) == 64 }) { return "the data changed" }
    return "\(name) was \(old ?? "not there") and is \(new ?? "not there")"
  }
}
