import Language

/// How statements are evaluated otherwise than they were recorded.
struct Variation: Sendable, Hashable {
  /// Each repetition draws other random numbers; the one that was recorded is 0.
  var repetition = 0
  /// Literals in place of those that names hold, by the entries that gave them.
  var literals: [Int: Literal] = [:]

  /// This variation of what is a variation already.
  func within(_ outer: Variation) -> Variation {
    Variation(repetition: repetition + outer.repetition, literals: outer.literals.merging(literals) { $1 })
  }
}
