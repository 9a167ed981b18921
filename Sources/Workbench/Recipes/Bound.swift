import Language

/// Where a value comes from: a recipe, and the way from what it makes to the part that is meant.
public struct Origin: Hashable, Sendable, Codable {
  /// SHA-256 of the recipe, 64 hexadecimal digits.
  public var digest: String
  /// `.target.train`, or nothing for the whole.
  public var path: String
  /// Of a part that is drawn at random (``Value/isDrawn(_:)``): what it was drawn with.
  public var seed: UInt64?

  public init(digest: String, path: String = "", seed: UInt64? = nil) {
    self.digest = digest
    self.path = path
    self.seed = seed
  }
}

/// A value together with its origin.
public struct Bound: Sendable {
  public var value: any Value
  public var origin: Origin
  /// That of the statement which looks at the value: parts that are drawn at random are drawn with it.
  public var seed: UInt64

  public init(_ value: any Value, _ origin: Origin, seed: UInt64 = 0) {
    self.value = value
    self.origin = origin
    self.seed = seed
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
    func part(_ value: any Value, _ spelled: String, seed drawn: UInt64? = nil) -> Bound {
      Bound(value, Origin(digest: origin.digest, path: origin.path + spelled, seed: origin.seed ?? drawn), seed: seed)
    }
    let spelled = step.description
    if let unmade = value as? Unmade { return part(try unmade.part(step, of: whole, at: range), spelled) }
    switch step {
    case .field(let name):
      guard value.fieldNames.contains(name) else {
        let none = "\(value.kind.withArticle) has no fields"
        var diagnostic = Diagnostic("'\(whole)' has no field '\(name)'", at: range, unknown: name, among: value.fieldNames, none: none)
        diagnostic.replacement = diagnostic.replacement.map { "\(whole).\($0)" }
        throw diagnostic
      }
      do {
        return value.isDrawn(name) ? part(try value.field(name, seed: seed), spelled, seed: seed) : part(try value.field(name), spelled)
      } catch var diagnostic as Diagnostic {
        // A value knows why a part of it has no meaning, but not how it was named.
        diagnostic.message = "'\(whole)\(spelled)' is unavailable: \(diagnostic.message)"
        diagnostic.range = diagnostic.range ?? range
        throw diagnostic
      }
    case .index(let index):
      guard let count = value.count else {
        throw Diagnostic("'\(whole)' is \(value.kind.withArticle), which has no elements", at: range, remedy: value.fieldNames.isEmpty ? nil : "its fields are \(value.fieldNames.prefix(12).map { ".\($0)" }.joined(separator: ", "))")
      }
      guard index < count else {
        throw Diagnostic("'\(whole)' has no element \(index)", at: range, remedy: count == 0 ? "it is empty" : "0 to \(count - 1) exist")
      }
      return part(try value.element(index), spelled)
    case .epoch(let epoch):
      guard value.epochs.contains(epoch) else {
        let kept = value.epochs.isEmpty ? "\(value.kind.withArticle) without epochs" : "kept are \(value.epochs.map { "@\($0)" }.joined(separator: ", "))"
        throw Diagnostic("'\(whole)' has no epoch \(epoch)", at: range, remedy: kept)
      }
      // One epoch has one recipe, however it is written.
      return try value.numbered(epoch).map { part(try value.epoch($0), "@\($0)") } ?? self
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
