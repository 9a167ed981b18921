import Language

/// Stands for a value that a check does not make: of a known kind, or of none. Its parts are not known either.
struct Unmade: Value {
  static let kind: Kind = "value"

  /// Nil where it may be anything.
  var expected: Kind?

  var kind: Kind { expected ?? Unmade.kind }
  var display: Display { .nothing }

  /// Whether it may turn out to be of this kind; nil takes any.
  func mayBe(_ wanted: Kind?) -> Bool { expected == nil || wanted == nil || expected == wanted }

  /// An element and an epoch are what the whole is; a field may be anything.
  func part(_ step: Reference.Step) -> Unmade {
    if case .field = step { return Unmade(expected: nil) }
    return self
  }
}
