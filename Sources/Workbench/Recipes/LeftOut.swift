import Language

/// A rule that fills in an operand that was left out.
///
///     extension LeftOut<Dataset> {
///       static var source: Self { .latest("the latest source") { dataset, candidate in dataset.role == .source && !candidate.isMadeByAsker } }
///     }
public struct LeftOut<Wanted>: Sendable {
  /// As help and messages call it: `the latest source`.
  public let words: String
  let choose: @Sendable (Candidates) throws -> [Candidate]

  /// Nil where any kind is wanted.
  private static var kind: Kind? { (Wanted.self as? any Value.Type)?.kind }

  /// The last bound value that `accepts`, or the first of its fields that does; with `field`, that part of it, and what lacks the part is passed over.
  public static func latest(
    _ words: String, field: String? = nil, where accepts: @escaping @Sendable (Wanted, Candidate) -> Bool = { _, _ in true }
  ) -> LeftOut {
    LeftOut(words: words) { candidates in
      for index in candidates.names.indices {
        guard let whole = try candidates.whole(index, for: kind) else { continue }
        if let unmade = whole.value as? Unmade, unmade.outline == nil { if unmade.mayBe(kind) { return [whole] } else { continue } }
        // A part that is unavailable, such as the mean of nothing, is no candidate.
        for candidate in [whole] + whole.value.fieldNames.compactMap({ (try? whole.field($0)) ?? nil }) {
          guard let wanted = candidate.bound.seen as? Wanted, accepts(wanted, candidate) else { continue }
          guard let field else { return [candidate] }
          if let part = try candidate.field(field) { return [part] }
        }
      }
      return []
    }
  }

  /// Every value that a name holds now and that `accepts`, the first bound first, and each once.
  public static func every(
    _ words: String, where accepts: @escaping @Sendable (Wanted, Candidate) -> Bool = { _, _ in true }
  ) -> LeftOut {
    LeftOut(words: words) { candidates in
      var seen: Set<Origin> = []
      return try candidates.names.indices.reversed().compactMap { index in
        guard let candidate = try candidates.whole(index, for: kind) else { return nil }
        if let unmade = candidate.value as? Unmade, unmade.outline == nil { return unmade.mayBe(kind) ? candidate : nil }
        guard let wanted = candidate.bound.seen as? Wanted, accepts(wanted, candidate), seen.insert(candidate.bound.origin).inserted else { return nil }
        return candidate
      }
    }
  }
}
