import Language

/// An operand: a value that was made before. Optional operands are absent unless they are written.
///
///     @Input("images to restyle", latest: .source) var source: Dataset
///     @Input("the domain to adapt to") var toward: Dataset?
@propertyWrapper
public struct Input<Wrapped>: Parameter {
  let box = Box<Wrapped>(nil)
  let summary: String
  let kind: Kind?
  /// What it is where it is absent; nil for a required operand.
  let absent: Wrapped?
  /// Fills it in, and is recorded.
  let latest: (words: String, choose: (Candidates) throws -> [Candidate])?
  /// Fills it in, and is not recorded, but is in the recipe.
  let usually: (words: String, choose: (Candidates) throws -> [Candidate])?
  let accept: (any Value) -> Wrapped?
  let complaint: (Wrapped) -> String?

  public var wrappedValue: Wrapped {
    guard let content = box.content else { preconditionFailure("an operand is read before the command was bound") }
    return content
  }

  /// How the operand was written, and what made it; nil where it is absent.
  public var projectedValue: Operand? { box.operands.first }

  var operands: [Operand] { box.operands }

  /// A required operand. `latest` fills it in where it is left out; `check` may refuse a value, in words.
  public init(_ summary: String, latest: LeftOut<Wrapped>? = nil, check: @escaping (Wrapped) -> String? = { _ in nil }) where Wrapped: Value {
    self.init(summary, Wrapped.kind, nil, latest.map { ($0.words, $0.choose) }, nil, { $0 as? Wrapped }, check)
  }

  /// A required operand of any kind.
  public init(_ summary: String, latest: LeftOut<any Value>? = nil) where Wrapped == any Value {
    self.init(summary, nil, nil, latest.map { ($0.words, $0.choose) }, nil, { $0 }, { _ in nil })
  }

  /// An optional operand. `usually` fills it in where it can, without recording it: a default that is in the recipe.
  public init<Some: Value>(_ summary: String, usually: LeftOut<Some>? = nil, check: @escaping (Some) -> String? = { _ in nil }) where Wrapped == Some? {
    self.init(summary, Some.kind, .some(nil), nil, usually.map { ($0.words, $0.choose) }, { ($0 as? Some).map(Optional.some) }, { $0.flatMap(check) })
  }

  private init(
    _ summary: String, _ kind: Kind?, _ absent: Wrapped?, _ latest: (String, (Candidates) throws -> [Candidate])?,
    _ usually: (String, (Candidates) throws -> [Candidate])?, _ accept: @escaping (any Value) -> Wrapped?, _ complaint: @escaping (Wrapped) -> String?
  ) {
    (self.summary, self.kind, self.absent, self.accept, self.complaint) = (summary, kind, absent, accept, complaint)
    (self.latest, self.usually) = (latest, usually)
  }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(
      name: name, role: .operand(kind), summary: summary, isPositional: isFirst, isRequired: absent == nil && latest == nil,
      fallback: latest?.words ?? usually?.words)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    if let argument = try binder.single(arguments) {
      let bound = try operandValue(argument.value, binder)
      if (bound.value as? Unmade)?.mayBe(kind) == true { return Resolution(written: [argument.value], ingredient: .made([bound.origin]), knowledge: .kind) }
      guard let content = accept(bound.seen) else { throw wrongKind(kind, bound.value, argument.value, binder) }
      if let complaint = complaint(content) { throw Diagnostic(complaint, at: argument.value.range) }
      box.content = content
      box.operands = [Operand(text: argument.value.canonical, range: argument.value.range, origin: bound.origin)]
      return Resolution(written: [argument.value], ingredient: .made([bound.origin]), knowledge: bound.knowledge)
    }
    let rule = latest ?? usually
    let candidate = try rule?.choose(binder.candidates).first
    if let candidate, candidate.bound.knowledge == .kind {
      let term = Term(candidate.reference)
      return Resolution(written: latest == nil ? [] : [term], full: [term], ingredient: .made([candidate.bound.origin]), knowledge: .kind)
    }
    if let rule, let candidate, let content = accept(candidate.bound.seen) {
      if let complaint = complaint(content) { throw Diagnostic("\(rule.words) is \(candidate.reference): \(complaint)", at: binder.commandRange) }
      box.content = content
      box.operands = [Operand(text: candidate.reference.description, range: nil, origin: candidate.bound.origin)]
      let term = Term(candidate.reference)
      return Resolution(written: latest == nil ? [] : [term], full: [term], ingredient: .made([candidate.bound.origin]), knowledge: candidate.bound.knowledge)
    }
    if let absent {
      box.content = absent
      return Resolution(written: [], ingredient: .absent)
    }
    throw nothing(latest?.words, binder)
  }
}

/// The value that a term names; a literal is a value too.
func operandValue(_ term: Term, _ binder: Binder) throws -> Bound {
  switch term.form {
  case .reference(let reference): return try binder.lookUp(reference, term.range)
  case .literal(let literal): return Bound(literal.value, Origin(digest: Recipe(literal).digest))
  case .word: throw Diagnostic("'\(term.text)' names no value", at: term.range, remedy: "\(binder.info.name) takes \(binder.info.kindWords)")
  }
}

func wrongKind(_ wanted: Kind?, _ value: any Value, _ term: Term, _ binder: Binder) -> Diagnostic {
  let fields = value.fieldNames.filter { name in (try? value.field(name))?.kind == wanted }
  let meant = fields.isEmpty || term.reference == nil ? nil : "\(term.text).\(fields[0])"
  return Diagnostic("\(binder.info.name) takes \(binder.info.kindWords); '\(term.text)' is \(value.kind.withArticle)", at: term.range, remedy: meant.map { "did you mean \($0)?" }, replacement: meant)
}

/// Nothing was written, and nothing can fill it in.
func nothing(_ words: String?, _ binder: Binder) -> Diagnostic {
  guard let words else { return binder.missing() }
  return Diagnostic("\(binder.command) needs \(binder.info.name), and there is nothing to take: \(words)", at: binder.commandRange, remedy: "make one first, or write \(binder.info.written)")
}

extension ParameterInfo {
  /// `a dataset`, `models`.
  var kindWords: String {
    switch role {
    case .operand(let kind): kind?.withArticle ?? "a value"
    case .operands(let kind): kind.map { "\($0.name)s" } ?? "values"
    default: "a value"
    }
  }
}
