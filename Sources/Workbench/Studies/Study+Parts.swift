import Language
import Storage

extension Study {
  /// What a study computes, each with the words of its progress: `seed 2, 3 of 5`.
  typealias Piece = (variation: Variation, stage: String)

  /// Does this job's share of a study where several jobs share it out. Afterwards the store has everything, or it is not this job that makes the
  /// table.
  ///
  /// - Throws: ``PartDone`` where other jobs have not done theirs.
  func share(_ pieces: [Piece], of operand: Operand) throws {
    guard let part = session.surroundings.part else { return }
    // What no variation reaches is the session's own value, which every job has.
    let shared = pieces.filter { !reached(for: operand, by: $0.variation).isEmpty }
    for (turn, piece) in shared.enumerated() where part.holds(turn) { _ = try value(of: operand, as: piece) }
    let missing = try shared.count { try !isStored(operand, under: $0.variation) }
    if missing > 0 { throw PartDone(part: part, missing: (missing, shared.count)) }
  }

  /// Whether a value is there without computing anything that takes long.
  private func isStored(_ operand: Operand, under variation: Variation) throws -> Bool {
    do {
      _ = try value(of: operand, as: (variation, ""), computes: false)
      return true
    } catch is Diagnostic {
      // Whatever else is wrong is reported by the job whose part it is.
      return false
    }
  }
}
