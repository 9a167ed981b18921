import Language

extension Recipe {
  /// How `now` differs from this recipe, in words: `epochs was 25 and is 50`, `the data changed`. What lies further up is only named.
  /// `inputs` words what operands that are other values come to.
  func changes(to now: Recipe, inputs: (String, [Origin], [Origin]) -> [String] = { name, _, _ in ["\(name)= is a different value"] }) -> [String] {
    guard command == now.command else { return ["it was made by \(command) and is made by \(now.command)"] }
    var changes: [String] = []
    if version != now.version { changes.append("\(command) changed in this version of Segue (version \(version), now \(now.version))") }
    for name in Set(ingredients.keys).union(now.ingredients.keys).sorted() where ingredients[name] != now.ingredients[name] {
      changes.append(Recipe.change(of: name, ingredients[name], now.ingredients[name]))
    }
    for name in Set(parameters.keys).union(now.parameters.keys).sorted() where parameters[name] != now.parameters[name] {
      switch (parameters[name], now.parameters[name]) {
      case (.made(let before)?, .made(let after)?): changes += inputs(name, before, after)
      case (let old, let new): changes.append("\(name) was \(old?.words ?? "absent") and is \(new?.words ?? "absent")")
      }
    }
    if seed != now.seed { changes.append("the seed was \(seed.map(String.init) ?? "none") and is \(now.seed.map(String.init) ?? "none")") }
    return changes
  }

  /// The same, down to what changed first: for operands that are other values, why they are, as far as `known` and `current` have the
  /// recipes of then and now. `seen` holds the pairs that were told already.
  func causes(of now: Recipe, known: (String) -> Recipe?, current: (String) -> Recipe?, _ seen: inout Set<[String]>) -> [String] {
    guard digest != now.digest, seen.insert([digest, now.digest]).inserted else { return [] }
    let causes = changes(to: now) { name, before, after in
      var words: [String] = [], isExplained = false
      for (one, other) in zip(before, after) where one != other && before.count == after.count && one.path == other.path {
        guard let one = known(one.digest), let other = current(other.digest) else { continue }
        isExplained = true
        words += one.causes(of: other, known: known, current: current, &seen).map { $0.hasPrefix("in ") ? $0 : "in \(one.command): \($0)" }
      }
      return isExplained ? words : ["\(name)= is a different value"]
    }
    return causes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A hash of files is data; anything short is the version of something below.
  private static func change(of name: String, _ old: String?, _ new: String?) -> String {
    if [old, new].contains(where: { ($0?.utf8.count ?? 0) == 64 }) { return "the data changed" }
    return "\(name) was \(old ?? "absent") and is \(new ?? "absent")"
  }
}
