public import Language
import Storage

/// A name and what it holds, for lists and for completion.
public struct NamedValue: Sendable {
  public var name: String
  public var kind: Kind
  /// The statement that made it, as recorded.
  public var statement: String
  /// Its recipe's digest.
  public var digest: String
  /// What makes the value, down to the part that the name holds.
  public var origin: Origin
  /// True if something it was made from has another value now.
  public var isStale: Bool
  public var seconds: Double
  /// Names that were used to make it.
  public var madeFrom: [String]
  /// Names that hold something that was made from it.
  public var usedBy: [String]
}

extension Session {
  /// Everything that holds a name now, in the order of binding. Loads nothing.
  public var names: [NamedValue] {
    let latest = timeline.latestNames.reversed()
    var users: [Int: [String]] = [:]
    for (name, id) in latest { for used in Set(timeline[id]?.environment.values.map(\.self) ?? []) { users[used, default: []].append(name) } }
    let stale = timeline.staleEntries
    return latest.compactMap { name, id in
      guard let entry = timeline[id], let kind = entry.kind else { return nil }
      return NamedValue(
        name: name, kind: kind, statement: entry.canonical, digest: entry.origin?.digest ?? "", origin: entry.origin ?? Origin(digest: ""),
        isStale: stale.contains(id), seconds: entry.seconds, madeFrom: entry.environment.keys.sorted(), usedBy: users[id] ?? [])
    }
  }

  /// The names alone, for what asks at every key: in no order, and nothing is said of their values.
  public var boundNames: Set<String> { Set(timeline.names.keys) }

  /// Bytes in the store of what a name holds; nil where it is not kept there.
  public func storedSize(of name: String) -> Int64? {
    guard let entry = timeline.names[name].flatMap({ timeline[$0] }), entry.isStored else { return nil }
    return entry.origin.flatMap { surroundings.store.size(of: $0.digest) }
  }

  /// What changed in this version of Segue since the value of a name was computed; empty for nearly all.
  public func changesOfVersion(of name: String) -> [String] { timeline.names[name].flatMap { timeline[$0] }.map(changesOfVersion) ?? [] }

  /// What changed since an entry's value was computed, as far as declarations tell it.
  func changesOfVersion(_ entry: Entry) -> [String] {
    guard let recipe = entry.recipe, let command = catalog[recipe.command] as? any Command.Type else { return [] }
    var now = recipe.ingredients.merging(command.foundations) { $1 }
    now = now.filter { recipe.ingredients[$0.key] != nil || command.foundations[$0.key] != nil }
    return recipe.changes(
      to: Recipe(command: recipe.command, version: command.version, parameters: recipe.parameters, ingredients: now, seed: recipe.seed))
  }

  /// The same for the whole session: each change with the names that it concerns.
  var changesOfVersion: [String] {
    var names: [(change: String, names: [String])] = []
    for (name, id) in timeline.latestNames.reversed() {
      for change in timeline[id].map(changesOfVersion) ?? [] {
        if let index = names.firstIndex(where: { $0.change == change }) { names[index].names.append(name) } else { names.append((change, [name])) }
      }
    }
    return names.map { "\($0.change): \($0.names.joined(separator: ", "))" }
  }

  /// The value of a reference such as `streets.target`; a diagnostic where there is none.
  public func value(of reference: Reference, at range: SourceRange? = nil) throws -> any Value { try bound(reference, at: range).value }

  /// The value that a name holds, if it is in memory: nothing is read and nothing is made, so it may be asked at every key.
  public func valueInMemory(named name: String) -> (any Value)? { timeline.names[name].flatMap { values[$0] } }

  /// The value that a name holds, if it can be had without making anything; for completion.
  public func value(named name: String) -> (any Value)? { try? value(of: Reference(name)) }

  /// The recipe of what a reference leads to, or is a part of.
  public func recipe(of reference: Reference) throws -> Recipe? { timeline.ancestry.recipes[try bound(reference, at: nil).origin.digest] }

  /// Any recipe that was met in this session.
  public func recipe(_ digest: String) -> Recipe? { timeline.ancestry.recipes[digest] }

  /// The statements in effect as a script with their outputs: what the session file holds.
  public var transcript: String { timeline.entries.flatMap(\.lines).map { $0 + "\n" }.joined() }

  /// Just the statements that these names need, as a script with its outputs.
  public func transcript(only names: [String]) -> String { timeline.slice(names).flatMap(\.lines).drop { $0.isEmpty }.map { $0 + "\n" }.joined() }

  /// The statements in effect, oldest first, as recorded.
  public var history: [String] { timeline.entries.filter { !$0.isProse }.map(\.canonical) }

  /// The seed that holds now.
  public var seed: UInt64 { timeline.seed }

  func bound(_ reference: Reference, at range: SourceRange?) throws -> Bound {
    guard let id = timeline.names[reference.name] else { throw unknown(reference, range) }
    return try walk(reference, from: id, seed: timeline.seed, at: range)
  }

  func walk(_ reference: Reference, from id: Int, seed: UInt64, at range: SourceRange?) throws -> Bound {
    var bound = try materialized(id)
    bound.seed = seed
    return try bound.walking(reference, at: range)
  }

  private func unknown(_ reference: Reference, _ range: SourceRange?) -> Diagnostic {
    Diagnostic(unknown: reference, among: timeline.latestNames.map(\.name), at: range)
  }

  /// The value of an entry, loaded from the store or made again from its statement where that is cheap.
  func materialized(_ id: Int) throws -> Bound {
    guard let entry = timeline[id], let origin = entry.origin else {
      throw Diagnostic("the session's journal is damaged: a value that is needed is not in it", remedy: "`segue --new` starts afresh")
    }
    let value = try values[id] ?? reproduce(entry)
    values[id] = value
    return Bound(value, remade[id] ?? origin)
  }

  /// Where the words of a recorded statement have the meaning that they had when it was made.
  func scope(of entry: Entry) -> Scope {
    Scope(seed: entry.seed, mayMakeStored: false) { [unowned self] reference, range in
      guard let id = entry.environment[reference.name] else { throw unknown(reference, range) }
      return try walk(reference, from: id, seed: entry.seed, at: range)
    } entry: { entry.environment[$0] } candidates: { Candidates(names: [], asker: $0, ancestry: Ancestry(recipes: [:])) }
  }

  /// The session as it is now.
  var scope: Scope {
    Scope(seed: timeline.seed, mayMakeStored: true) { [unowned self] in try bound($0, at: $1) } entry: { [unowned self] in timeline.names[$0] } candidates: { [unowned self] asker in
      let names = timeline.latestNames.map { [unowned self] name, id in
        (name: name, kind: timeline[id]?.kind, value: { try self.walk(Reference(name), from: id, seed: self.timeline.seed, at: nil) })
      }
      return Candidates(names: names, asker: asker, ancestry: timeline.ancestry)
    }
  }
}

/// What the words of a statement mean.
struct Scope {
  var seed: UInt64
  /// False where only what is cheap may be made.
  var mayMakeStored: Bool
  var lookUp: (Reference, SourceRange?) throws -> Bound
  /// What a name was bound by.
  var entry: (String) -> Int?
  var candidates: (String) -> Candidates
  /// How its statement is evaluated otherwise than it was recorded.
  var variation = Variation()
}
