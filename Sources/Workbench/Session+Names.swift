public import Language

/// A name and what it holds, for lists and for completion.
public struct NamedValue: Sendable {
  public var name: String
  public var kind: Kind
  /// The statement that made it, as recorded.
  public var statement: String
  /// Its recipe's digest.
  public var digest: String
  /// True if something it was made from has another value now.
  public var isStale: Bool
  public var seconds: Double
  /// Names that were used to make it.
  public var madeFrom: [String]
}

extension Session {
  /// Everything that holds a name now, in the order of binding. Loads nothing.
  public var names: [NamedValue] {
    timeline.latestNames.reversed().compactMap { name, id in
      guard let entry = timeline[id], let kind = entry.kind else { return nil }
      return NamedValue(
        name: name, kind: kind, statement: entry.canonical, digest: entry.origin?.digest ?? "", isStale: timeline.isStale(id), seconds: entry.seconds,
        madeFrom: entry.environment.keys.sorted())
    }
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
  public func transcript(only names: [String]) -> String { timeline.slice(names).flatMap(\.lines).map { $0 + "\n" }.joined() }

  /// The statements in effect, oldest first, as recorded.
  public var history: [String] { timeline.entries.filter { !$0.isProse }.map(\.canonical) }

  /// The seed that holds now.
  public var seed: UInt64 { timeline.seed }

  func bound(_ reference: Reference, at range: SourceRange?) throws -> Bound {
    guard let id = timeline.names[reference.name] else { throw unknown(reference.name, range) }
    return try walk(reference, from: id, at: range)
  }

  func walk(_ reference: Reference, from id: Int, at range: SourceRange?) throws -> Bound {
    var bound = try materialized(id)
    var whole = reference.name
    for step in reference.steps {
      bound = try bound.taking(step, of: whole, at: range)
      whole += step.description
    }
    return bound
  }

  private func unknown(_ name: String, _ range: SourceRange?) -> Diagnostic {
    let names = timeline.latestNames.map(\.name)
    return Diagnostic("no value is named '\(name)'", at: range, remedy: suggestion(for: name, in: names, none: "nothing has a name yet"))
  }

  /// The value of an entry, loaded from the store or made again from its statement where that is cheap.
  func materialized(_ id: Int) throws -> Bound {
    guard let entry = timeline[id], let origin = entry.origin else {
      throw Diagnostic("the session's journal is damaged: a value that is needed is not in it", remedy: "`segue --new` starts afresh")
    }
    if let value = values[id] { return Bound(value, origin) }
    let value = try reproduce(entry)
    values[id] = value
    return Bound(value, origin)
  }

  /// Where the words of a recorded statement have the meaning that they had when it was made.
  func scope(of entry: Entry) -> Scope {
    Scope(seed: entry.seed, mayMakeStored: false) { [unowned self] reference, range in
      guard let id = entry.environment[reference.name] else { throw unknown(reference.name, range) }
      return try walk(reference, from: id, at: range)
    } isBound: { entry.environment[$0] != nil } candidates: { Candidates(names: [], asker: $0, ancestry: Ancestry(recipes: [:])) }
  }

  /// The session as it is now.
  var scope: Scope {
    Scope(seed: timeline.seed, mayMakeStored: true) { [unowned self] in try bound($0, at: $1) } isBound: { [unowned self] in timeline.names[$0] != nil } candidates: { [unowned self] asker in
      let names = timeline.latestNames.map { [unowned self] name, id in (name: name, kind: timeline[id]?.kind, value: { try self.materialized(id) }) }
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
  var isBound: (String) -> Bool
  var candidates: (String) -> Candidates
}
