/// The losses of one training step. There are none of objectives that the training does not have, and none that have no meaning, such as
/// of a batch without labelled pixels.
public struct StepLosses: Sendable, Equatable {
  /// By the ids of their terms.
  public private(set) var values: [String: Double] = [:]
  public init() {}

  public subscript(term: LossTerm) -> Double? {
    get { values[term.id] }
    set { values[term.id] = newValue }
  }

  var areFinite: Bool { values.values.allSatisfy(\.isFinite) }
}
