import Language

/// Where a value comes from: a recipe, and the way from what it makes to the part that is meant.
public struct Origin: Hashable, Sendable, Codable {
  /// SHA-256 of the recipe, 64 hexadecimal digits.
  public var digest: String
  /// `.target.train`, or nothing for the whole.
  public var path: String

  public init(digest: String, path: String = "") {
    self.digest = digest
    self.path = path
  }
}

/// A value together with its origin.
public struct Bound: Sendable {
  public var value: any Value
  public var origin: Origin

  public init(_ value: any Value, _ origin: Origin) {
    self.value = value
    self.origin = origin
  }

  /// The part that a reference to this value leads to; an error lists what there is.
  func walking(_ reference: Reference, at range: SourceRange?) throws -> Bound {
    var bound = self
    var whole = reference.name
    for (index, step) in reference.steps.enumerated() {
      do {
        bound = try bound.taking(step, of: whole, at: range)
      } catch var diagnostic as Diagnostic {
        let rest = reference.steps[(index + 1)...].map(\.description).joined()
        diagnostic.replacement = diagnostic.replacement.map { $0 + rest }
        throw diagnostic
      }
      whole += step.description
    }
    return bound
  }

  /// The part that `step` leads to; an error lists what there is.
  func taking(_ step: Reference.Step, of whole: String, at range: SourceRange?) throws -> Bound {
    var origin = origin
    origin.path += step.description
    if let unmade = value as? Unmade { return Bound(try unmade.part(step, of: whole, at: range), origin) }
    switch step {
    case .field(let name):
      guard value.fieldNames.contains(name) else {
        let none = "\(value.kind.withArticle) has no fields"
        var diagnostic = Diagnostic("'\(whole)' has no field '\(name)'", at: range, unknown: name, among: value.fieldNames, none: none)
        diagnostic.replacement = diagnostic.replacement.map { "\(whole).\($0)" }
        throw diagnostic
      }
      return Bound(try value.field(name), origin)
    case .index(let index):
      guard let count = value.count else {
        throw Diagnostic("'\(whole)' is \(value.kind.withArticle), which has no elements", at: range, remedy: value.fieldNames.isEmpty ? nil : "its fields are \(value.fieldNames.prefix(12).map { ".\($0)" }.joined(separator: ", "))")
      }
      guard index < count else {
        throw Diagnostic("'\(whole)' has no element \(index)", at: range, remedy: count == 0 ? "it is empty" : "0 to \(count - 1) exist")
      }
      return Bound(try value.element(index), origin)
    case .epoch(let epoch):
      guard value.epochs.contains(epoch) else {
        let kept = value.epochs.isEmpty ? "\(value.kind.withArticle) without epochs" : "kept are \(value.epochs.map { "@\($0)" }.joined(separator: ", "))"
        throw Diagnostic("'\(whole)' has no epoch \(epoch)", at: range, remedy: kept)
      }
      return Bound(try value.epoch(epoch), origin)
    }
  }
}

extension Diagnostic {
  /// A name that nothing has.
  init(unknown reference: Reference, among names: [String], at range: SourceRange?) {
    self.init("no value is named '\(reference.name)'", at: range, unknown: reference.name, among: names, none: "nothing has a name yet")
    replacement = replacement.map { $0 + reference.path }
  }
}
