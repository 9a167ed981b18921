import Language
import Storage

/// What a command that evaluates statements again needs of its session: `repeat` and `sweep`.
struct Study {
  unowned let session: Session
  private let scope: Scope

  /// What help shows a study of: small, and in words that any catalog of this field has.
  static let example = [
    "d = load dataset streets size=64x32", "net = build model bisenet width=1/4", "n = 1", "t = train net on=d.source.train epochs=n", "i = iou t on=d.target.val",
  ]

  init(_ session: Session, _ scope: Scope) { (self.session, self.scope) = (session, scope) }

  /// An operand's value under a variation.
  ///
  /// - Parameter computes: whether what is not in the store is computed.
  /// - Throws: a diagnostic where it is needed and must not be.
  func value(of operand: Operand, as piece: Piece, computes: Bool = true) throws -> any Value {
    guard let (reference, id) = root(of: operand) else { throw Diagnostic("'\(operand.text)' was not computed by a statement", at: operand.range) }
    let varied = varied(piece.variation, below: id)
    varied.computes = computes
    do {
      return try session.during(piece.stage) { try varied.bound(reference, from: id, seed: scope.seed, at: operand.range).value }
    } catch var interrupted as Interrupted {
      // What was computed for it lies in the store.
      interrupted.goesOn = true
      throw interrupted
    }
  }

  /// The statements that a variation evaluates again for an operand, oldest first.
  func reached(for operand: Operand, by variation: Variation) -> [Entry] {
    guard let (_, id) = root(of: operand) else { return [] }
    let varied = varied(variation, below: id)
    return session.timeline.below(id).filter(varied.reaches).sorted().compactMap { session.timeline[$0] }
  }

  /// The seed of each repetition, in the statement that has the least one.
  func seeds(of operand: Operand, repetitions: Int) -> [UInt64] {
    guard let (_, id) = root(of: operand) else { return [] }
    let drawn = seedsDrawn(below: id)
    return (0..<repetitions).map { (drawn.min() ?? 0) &+ UInt64($0) &* step(drawn) }
  }

  /// The entry that gave the name its literal, through other names of it; nil where the name holds something else.
  func literal(named operand: Operand) -> (id: Int, literal: Literal)? {
    guard let (reference, start) = root(of: operand), reference.steps.isEmpty else { return nil }
    var id = start
    while let entry = session.timeline[id], let term = entry.term(session.vocabulary) {
      if let literal = term.literal { return (id, literal) }
      guard let next = term.reference, next.steps.isEmpty, let below = entry.environment[next.name] else { return nil }
      id = below
    }
    return nil
  }

  /// What a parameter of this name was given in the statements that an operand was made by; nil stands for those that could have had it
  /// and had not.
  func words(_ parameter: String, below operand: Operand) -> Set<String?> {
    guard let (_, root) = root(of: operand) else { return [] }
    var found: Set<String?> = []
    for entry in session.timeline.below(root).compactMap({ session.timeline[$0] }) {
      guard let call = entry.call(session.vocabulary), session.catalog[call.command]?.parameters.contains(where: { $0.name == parameter }) == true else { continue }
      let term = call.arguments.first { $0.parameter?.text == parameter }?.value
      found.insert(term.map { text($0, in: entry) })
    }
    return found
  }

  /// A word, or the text that a name stands for.
  private func text(_ term: Term, in entry: Entry) -> String {
    guard let id = term.reference.flatMap({ entry.environment[$0.name] }) else { return term.plainText }
    var next: Int? = id
    while let entry = next.flatMap({ session.timeline[$0] }), let term = entry.term(session.vocabulary) {
      if case .text(let text)? = term.literal { return text }
      next = term.reference.flatMap { entry.environment[$0.name] }
    }
    return term.plainText
  }

  /// How many seconds statements took when they were computed; nil where that is not known of one that the store keeps.
  func seconds(of entries: [Entry]) -> Double? {
    let stored = entries.filter(\.isStored)
    let known = stored.compactMap { $0.origin.flatMap { session.surroundings.store.label($0.digest)?.seconds } }
    return known.count == stored.count ? known.reduce(0, +) : nil
  }

  /// Which parameters of which recipes take the literal of an entry, so that a recipe says what was varied whatever its name is.
  func places(of literal: Int, below operand: Operand) -> [String] {
    guard let (_, root) = root(of: operand) else { return [] }
    return session.timeline.below(root).sorted().flatMap { id -> [String] in
      guard let entry = session.timeline[id], let recipe = entry.recipe, let call = entry.call(session.vocabulary) else { return [] }
      return call.arguments.enumerated().compactMap { place, argument in
        guard let reference = argument.value.reference, let id = entry.environment[reference.name], stands(id, for: literal) else { return nil }
        return "\(recipe.digest) \(argument.parameter?.text ?? String(place))"
      }
    }
  }

  private func stands(_ id: Int, for literal: Int) -> Bool {
    if id == literal { return true }
    guard let entry = session.timeline[id], let next = entry.term(session.vocabulary)?.reference, next.steps.isEmpty else { return false }
    return entry.environment[next.name].map { stands($0, for: literal) } ?? false
  }

  private func root(of operand: Operand) -> (reference: Reference, id: Int)? {
    guard let reference = Reference(operand.text), let id = scope.entry(reference.name) else { return nil }
    return (reference, id)
  }

  private func varied(_ variation: Variation, below id: Int) -> VariedSession {
    VariedSession(session, variation.within(scope.variation), seedStep: step(seedsDrawn(below: id)))
  }

  private func seedsDrawn(below id: Int) -> Set<UInt64> {
    Set(session.timeline.below(id).compactMap { session.timeline[$0] }.filter(session.draws).map(\.seed))
  }

  /// Far enough that no two repetitions share a seed, also where statements were given several.
  private func step(_ seeds: Set<UInt64>) -> UInt64 { (seeds.max() ?? 0) &- (seeds.min() ?? 0) &+ 1 }
}

extension Timeline {
  /// An entry and all that it was made from.
  func below(_ id: Int) -> Set<Int> {
    var found: Set<Int> = [], open = [id]
    while let next = open.popLast() {
      if found.insert(next).inserted { open += self[next]?.environment.values.map(\.self) ?? [] }
    }
    return found
  }
}

extension Entry {
  private func statement(_ vocabulary: Vocabulary) -> Statement? { try? Statement.parse(full, vocabulary).checked() }

  /// What its statement names, where it is no command.
  func term(_ vocabulary: Vocabulary) -> Term? {
    guard recipe == nil || recipe?.command == "literal", case .value(let term)? = statement(vocabulary)?.body else { return nil }
    return term
  }

  func call(_ vocabulary: Vocabulary) -> Call? { statement(vocabulary)?.call }
}
