import Language

/// The values of a session as they would be under a variation. What the variation does not reach is the session's own value; the rest is
/// evaluated from its recorded statements, each once, and comes from the store where the same recipe was computed before.
final class VariedSession {
  private unowned let session: Session
  let variation: Variation
  /// Whether values that take long are computed where the store does not have them.
  var computes = true
  /// What a repetition adds to a seed.
  private let seedStep: UInt64
  private var bounds: [Int: Bound] = [:]
  private var reached: [Int: Bool] = [:]

  init(_ session: Session, _ variation: Variation, seedStep: UInt64) {
    (self.session, self.variation, self.seedStep) = (session, variation, seedStep)
  }

  func bound(_ reference: Reference, from id: Int, seed: UInt64, at range: SourceRange? = nil) throws -> Bound {
    var bound = try bound(id)
    bound.seed = seed
    return try bound.walking(reference, at: range)
  }

  /// Whether an entry's value may be another one than recorded.
  func reaches(_ id: Int) -> Bool {
    if let known = reached[id] { return known }
    guard let entry = session.timeline[id] else { return false }
    reached[id] = false
    let isReached = variation.literals[id] != nil || variation.repetition != 0 && session.draws(entry) || entry.environment.values.contains { reaches($0) }
    reached[id] = isReached
    return isReached
  }

  private func bound(_ id: Int) throws -> Bound {
    if let known = bounds[id] { return known }
    let made = reaches(id) ? try evaluated(id) : try session.materialized(id)
    bounds[id] = made
    return made
  }

  private func evaluated(_ id: Int) throws -> Bound {
    if let literal = variation.literals[id] { return Bound(literal.value, Origin(digest: Recipe(literal).digest)) }
    guard let entry = session.timeline[id] else { throw Diagnostic("the session's journal is damaged") }
    do {
      return try session.meaning(of: entry, in: scope(of: entry)) { [session] command, bound, scope in
        try session.during(entry.name ?? entry.canonical) { try session.obtained(command, bound, scope) }
      }
    } catch var diagnostic as Diagnostic {
      // Where the words stand in their own statement means nothing here.
      diagnostic.range = nil
      diagnostic.message = "'\(entry.canonical)': \(diagnostic.message)"
      throw diagnostic
    }
  }

  private func scope(of entry: Entry) -> Scope {
    var scope = session.scope(of: entry)
    scope.mayMakeStored = computes
    scope.variation = variation
    if session.draws(entry) { scope.seed = entry.seed &+ UInt64(variation.repetition) &* seedStep }
    let seed = scope.seed
    scope.lookUp = { [self] reference, range in
      guard let id = entry.environment[reference.name] else { throw Diagnostic(unknown: reference, among: entry.environment.keys.sorted(), at: range) }
      return try bound(reference, from: id, seed: seed, at: range)
    }
    return scope
  }
}

extension Session {
  /// Whether an entry drew random numbers that a repetition draws again: not where they decide which data there are.
  func draws(_ entry: Entry) -> Bool {
    guard let recipe = entry.recipe else { return entry.origin?.seed != nil }
    let isData = (catalog[recipe.command] as? any Command.Type)?.drawsData ?? false
    return recipe.seed != nil && !isData || recipe.inputs.contains { $0.seed != nil }
  }

  /// The whole value of a bound command in a scope; nothing is written that it names by `to=`.
  func obtained<C: Command>(_ command: C, _ bound: BoundCall, _ scope: Scope) throws -> Bound {
    let made = try obtain(command, bound, scope, delivers: false)
    timeline.learn(made.recipe)
    return Bound(made.value, Origin(digest: made.recipe.digest))
  }
}
