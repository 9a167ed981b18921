/// What is in effect in a session, what was undone, and what both say about names.
struct Timeline {
  private(set) var entries: [Entry] = []
  private(set) var undone: [Entry] = []
  private(set) var names: [String: Int] = [:]
  private var byID: [Int: Entry] = [:]
  private(set) var numbering = Numbering()
  private(set) var ancestry = Ancestry(recipes: [:])
  private(set) var nextID = 1

  subscript(id: Int) -> Entry? { byID[id] }

  /// Names from the last bound to the first.
  var latestNames: [(name: String, id: Int)] { names.map { (name: $0.key, id: $0.value) }.sorted { $0.id > $1.id } }

  /// The seed for the next statement.
  var seed: UInt64 {
    for entry in entries.reversed() { if case .seed(let seed) = entry.effect { return seed } }
    return 0
  }

  mutating func add(_ entry: Entry) {
    byID[entry.id] = entry
    nextID = max(nextID, entry.id + 1)
    entries.append(entry)
    if !entry.isProse { undone = [] }
    if let name = entry.name { numbering.take(name) }
    if let recipe = entry.recipe { ancestry.recipes[recipe.digest] = recipe }
    if let name = entry.name, entry.effect == .binding { names[name] = entry.id }
  }

  /// A recipe that an entry does not carry itself: that of a literal operand.
  mutating func learn(_ recipe: Recipe) { ancestry.recipes[recipe.digest] = recipe }

  /// Takes the last statement out of effect; nil where there is none.
  mutating func undo() -> Entry? {
    guard let index = entries.lastIndex(where: { !$0.isProse }) else { return nil }
    let entry = entries.remove(at: index)
    undone.append(entry)
    recountNames()
    return entry
  }

  /// Puts the statement that was undone last back into effect; nil where there is none.
  mutating func redo() -> Entry? {
    guard let entry = undone.popLast() else { return nil }
    entries.append(entry)
    recountNames()
    return entry
  }

  private mutating func recountNames() {
    names = [:]
    for entry in entries { if let name = entry.name, entry.effect == .binding { names[name] = entry.id } }
  }

  /// True if what the entry was made from has other values under its names now, or is stale itself.
  /// A statement that gives its own operand's name to its result, `x = augment x`, does not make itself stale.
  func isStale(_ id: Int) -> Bool {
    var known: [Int: Bool] = [:]
    return isStale(id, &known)
  }

  /// Which of the names' entries are, each looked at once.
  var staleEntries: Set<Int> {
    var known: [Int: Bool] = [:]
    for id in names.values.sorted() { _ = isStale(id, &known) }
    return Set(known.filter(\.value).keys)
  }

  private func isStale(_ id: Int, _ known: inout [Int: Bool]) -> Bool {
    if let known = known[id] { return known }
    guard let entry = byID[id] else { return false }
    known[id] = false
    for (name, input) in entry.environment where name != entry.name {
      let current = names[name]
      let isOther = current.map { $0 != input && byID[$0]?.origin != byID[input]?.origin } ?? true
      if isOther || isStale(current ?? input, &known) {
        known[id] = true
        return true
      }
    }
    return false
  }

  /// The statements in effect that these names need, oldest first: what made them and what that was made from, the seeds that held for
  /// them, the prose right above them, and the headings that they stand under.
  func slice(_ wanted: [String]) -> [Entry] {
    var needed: Set<Int> = []
    var open = wanted.compactMap { names[$0] }
    while let next = open.popLast() {
      if needed.insert(next).inserted { open += byID[next]?.environment.values.map(\.self) ?? [] }
    }
    var slice: [Entry] = []
    var headings: [Entry] = [], prose: [Entry] = [], seed: [Entry] = []
    for entry in entries {
      switch entry.effect {
      case .prose:
        if let level = entry.headingLevel {
          headings.removeAll { ($0.headingLevel ?? 0) >= level }
          headings.append(entry)
          prose = []
        } else {
          prose.append(entry)
        }
      case .seed: (seed, prose) = (headings + prose + [entry], [])
      default:
        if needed.contains(entry.id) {
          let above = Set(seed.map(\.id))
          slice += seed + headings.filter { !above.contains($0.id) } + prose + [entry]
          (headings, seed) = ([], [])
        }
        prose = []
      }
    }
    return slice
  }
}
