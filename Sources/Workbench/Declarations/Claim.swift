public import Language

/// A comparison with its values filled in: what `expect` checks.
public struct Comparand: Sendable {
  /// As written: `iou1.miou`.
  public var text: String
  public var number: Number
  public var range: SourceRange
}

/// The chain that a comparing command takes instead of arguments.
@propertyWrapper
public struct Claim: Parameter {
  public struct Chain: Sendable {
    public var values: [Comparand]
    public var comparators: [Comparison.Comparator]
  }

  let box = Box<Chain>(nil)
  let summary: String

  var operands: [Operand] { box.operands }

  public var wrappedValue: Chain {
    guard let content = box.content else { preconditionFailure("a comparison is read before the command was bound") }
    return content
  }

  public init(_ summary: String) { self.summary = summary }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(name: name, role: .comparison, summary: summary, isPositional: true, isRequired: true)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    precondition(arguments.isEmpty, "the parser reads a comparison in place of arguments")
    return Resolution(written: [], ingredient: nil)
  }

  /// Fills in the values, as far as they are made.
  func bind(_ comparison: Comparison, _ binder: Binder) throws -> Knowledge {
    var knowledge = Knowledge.whole
    let values = try comparison.terms.map { term in
      let value = try operandValue(term, binder).value
      if let unmade = value as? Unmade, unmade.mayBe(.number) {
        knowledge = .kind
        return Comparand(text: term.canonical, number: Number(0), range: term.range)
      }
      guard let number = value.number else {
        let fields = value.fieldNames.filter { (try? value.field($0))?.number != nil }
        throw Diagnostic("'\(term.text)' is \(value.kind.withArticle), and only numbers can be compared", at: term.range, remedy: fields.isEmpty ? nil : "its numbers are \(fields.prefix(12).map { ".\($0)" }.joined(separator: ", "))")
      }
      return Comparand(text: term.canonical, number: number, range: term.range)
    }
    box.content = Chain(values: values, comparators: comparison.comparators)
    return knowledge
  }
}
