import Language

/// Stands for a value that a check does not make: of a known kind, or of none.
struct Unmade: Value {
  static let kind: Kind = "value"

  /// Nil where it may be anything.
  var expected: Kind?
  /// What is known of it before it is made (``Command/outline(_:)``); nil where that is its kind alone.
  var outline: (any Value)?

  init(expected: Kind?, outline: (any Value)? = nil) { (self.expected, self.outline) = (expected, outline) }

  var kind: Kind { expected ?? Unmade.kind }
  var display: Display { .nothing }
  var fieldNames: [String] { outline?.fieldNames ?? [] }
  func field(_ name: String) throws -> any Value { try part(.field(name), of: "", at: nil) }

  /// Whether nothing but its kind is known, and that may turn out to be this one; nil takes any.
  func mayBe(_ wanted: Kind?) -> Bool { outline == nil && (expected == nil || wanted == nil || expected == wanted) }

  /// The part that a step leads to, an error where the outline shows that there is none. Without an outline an element and an epoch are
  /// what the whole is, and a field may be anything.
  func part(_ step: Reference.Step, of whole: String, at range: SourceRange?) throws -> Unmade {
    guard let outline else {
      if case .field = step { return Unmade(expected: nil) }
      return self
    }
    let part = try Bound(outline, Origin(digest: "")).taking(step, of: whole, at: range).value
    // What an outline has of numbers means nothing.
    return Unmade(expected: part.kind, outline: part.number == nil ? part : nil)
  }
}

extension Bound {
  /// What may be looked at: the value, or what is known of one that a check does not make.
  var seen: any Value { (value as? Unmade)?.outline ?? value }

  /// How much is known of the value.
  var knowledge: Knowledge { (value as? Unmade).map { $0.outline == nil ? .kind : .outline } ?? .whole }
}

/// How much a check knows of a value, or of all that a command is given.
enum Knowledge: Comparable {
  /// At most what kind it is; a parameter of it must not be read.
  case kind
  /// What it will look like; a parameter of it may be read, and its numbers mean nothing.
  case outline
  case whole
}
