public import Language

/// A value that may stand in for an operand that was left out: a named value or one of its fields.
public struct Candidate: Sendable {
  public let reference: Reference
  public let bound: Bound
  /// The command whose operand is being filled in.
  public let asker: String
  let ancestry: Ancestry

  public var value: any Value { bound.value }

  /// True if this command made the value or anything that it was made from.
  public func isMade(by command: String) -> Bool { ancestry.contains(command, below: bound.origin.digest) }

  /// True if the asking command is in the value's own history.
  public var isMadeByAsker: Bool { isMade(by: asker) }

  /// The field of that name, where there is one.
  public func field(_ name: String) throws -> Candidate? {
    guard value.fieldNames.contains(name) else { return nil }
    let step = Reference.Step.field(name)
    let part = try bound.taking(step, of: reference.description, at: nil)
    return Candidate(reference: Reference(reference.name, reference.steps + [step]), bound: part, asker: asker, ancestry: ancestry)
  }
}

/// The recipes below recipes.
struct Ancestry: Sendable {
  var recipes: [String: Recipe]

  /// True if a recipe at or below `digest` is of this command.
  func contains(_ command: String, below digest: String) -> Bool { any(below: digest) { recipes[$0]?.command == command } }

  /// True if `wanted` is `digest` or one of those that it was made from.
  func holds(_ wanted: String, below digest: String) -> Bool { any(below: digest) { $0 == wanted } }

  private func any(below digest: String, where holds: (String) -> Bool) -> Bool {
    var open = [digest]
    var seen: Set<String> = []
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      if holds(next) { return true }
      open += recipes[next]?.inputs.map(\.digest) ?? []
    }
    return false
  }
}

/// All values that hold a name, the latest first.
public struct Candidates {
  let names: [(name: String, kind: Kind?, value: () throws -> Bound)]
  let asker: String
  let ancestry: Ancestry

  /// Each named value, without its fields, the latest first. A value that is no longer available is an error for those that ask for its
  /// kind, and nil for others.
  func whole(_ index: Int, for wanted: Kind?) throws -> Candidate? {
    let (name, kind, value) = names[index]
    do {
      return Candidate(reference: Reference(name), bound: try value(), asker: asker, ancestry: ancestry)
    } catch where wanted != nil && kind != wanted {
      return nil
    }
  }
}
