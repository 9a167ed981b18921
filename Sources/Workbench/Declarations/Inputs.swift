import Language

/// Several operands of one kind, at least one unless `allowsNone`.
///
///     @Inputs("models to evaluate", latest: .judged) var models: [Model]
@propertyWrapper
public struct Inputs<Element>: Parameter {
  let box = Box<[Element]>(nil)
  let summary: String
  let kind: Kind?
  let atLeast: Int
  let latest: LeftOut<Element>?
  let accept: (any Value) -> Element?
  let complaint: (Element) -> String?

  public var wrappedValue: [Element] {
    guard let content = box.content else { preconditionFailure("operands are read before the command was bound") }
    return content
  }

  /// How each was written, and what made it.
  public var projectedValue: [Operand] { box.operands }

  var operands: [Operand] { box.operands }

  public init(_ summary: String, atLeast: Int = 1, latest: LeftOut<Element>? = nil, check: @escaping (Element) -> String? = { _ in nil }) where Element: Value {
    (self.summary, kind, self.atLeast, self.latest, accept, complaint) = (summary, Element.kind, atLeast, latest, { $0 as? Element }, check)
  }

  /// Operands of any kind.
  public init(_ summary: String, atLeast: Int = 1, latest: LeftOut<Element>? = nil) where Element == any Value {
    (self.summary, kind, self.atLeast, self.latest, accept, complaint) = (summary, nil, atLeast, latest, { $0 }, { _ in nil })
  }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(
      name: name, role: .operands(kind), summary: summary, isPositional: isFirst, isRequired: atLeast > 0 && latest == nil, fallback: latest?.words)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    var elements: [Element] = []
    var terms: [Term] = []
    var knowledge = Knowledge.whole
    func passOver(_ origin: Origin, _ term: Term) {
      knowledge = .kind
      terms.append(term)
      box.operands.append(Operand(text: term.canonical, range: term.range, origin: origin))
    }
    if arguments.isEmpty, let latest {
      for candidate in try latest.choose(binder.candidates) {
        if candidate.bound.knowledge == .kind { passOver(candidate.bound.origin, Term(candidate.reference)); continue }
        guard let element = accept(candidate.bound.seen) else { continue }
        if let complaint = complaint(element) { throw Diagnostic("\(latest.words) is \(candidate.reference): \(complaint)", at: binder.commandRange) }
        knowledge = min(knowledge, candidate.bound.knowledge)
        elements.append(element)
        terms.append(Term(candidate.reference))
        box.operands.append(Operand(text: candidate.reference.description, range: nil, origin: candidate.bound.origin))
      }
      if terms.isEmpty, atLeast > 0 { throw nothing(latest.words, binder) }
    }
    for argument in arguments {
      let bound = try operandValue(argument.value, binder)
      if (bound.value as? Unmade)?.mayBe(kind) == true { passOver(bound.origin, argument.value); continue }
      guard let element = accept(bound.seen) else { throw wrongKind(kind, bound.value, argument.value, binder) }
      if let complaint = complaint(element) { throw Diagnostic(complaint, at: argument.value.range) }
      knowledge = min(knowledge, bound.knowledge)
      elements.append(element)
      terms.append(argument.value)
      box.operands.append(Operand(text: argument.value.canonical, range: argument.value.range, origin: bound.origin))
    }
    guard terms.count >= atLeast else {
      if terms.isEmpty { throw binder.missing() }
      throw Diagnostic("\(binder.command) needs at least \(atLeast) \(binder.info.name), not \(terms.count)", at: arguments.last?.range ?? binder.commandRange)
    }
    box.content = elements
    return Resolution(written: terms, ingredient: .made(box.operands.map(\.origin)), knowledge: knowledge)
  }
}
