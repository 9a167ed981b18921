public import Language

/// A literal: a number, a count, a size, a range, a text, yes or no. Its default is in the recipe, and recorded only when it is written.
///
///     @Setting("half the window's side over the shorter image side", in: 0...0.5) var beta = 0.01
///     @Setting("width and height that images are resized to") var size: PixelSize?
@propertyWrapper
public struct Setting<Wrapped>: Presettable {
  let box: Box<Wrapped>
  let summary: String
  let unit: String?
  let words: String
  let limits: String?
  let isRequired: Bool
  /// From a term or a named value.
  let read: (Term, (any Value)?) -> Wrapped?
  let literal: (Wrapped) -> (literal: Literal, term: Term)?
  let isWithin: (Wrapped) -> Bool
  let purpose: Purpose

  public var wrappedValue: Wrapped {
    guard let content = box.content else { preconditionFailure("a setting is read before the command was bound") }
    return content
  }

  /// Where it was written, for diagnostics; nil where the default holds.
  public var projectedValue: SourceRange? { box.operands.first?.range }

  var operands: [Operand] { box.operands }
  func forgetPlace() { box.operands = [] }
  var fallback: Literal? { box.content.flatMap(literal)?.literal }

  public init(wrappedValue: Wrapped, _ summary: String, unit: String? = nil, for purpose: Purpose = .value) where Wrapped: SettingValue {
    self.init(wrappedValue, summary, unit, nil, { _ in true }, purpose)
  }

  public init(wrappedValue: Wrapped, _ summary: String, in range: some RangeExpression<Wrapped.Limited>, unit: String? = nil, for purpose: Purpose = .value) where Wrapped: SettingValue {
    self.init(wrappedValue, summary, unit, limitWords(range), { $0.limited.allSatisfy(range.contains) }, purpose)
  }

  /// Without a default: it must be written.
  public init(_ summary: String, unit: String? = nil, for purpose: Purpose = .value) where Wrapped: SettingValue { self.init(nil, summary, unit, nil, { _ in true }, purpose) }

  public init(_ summary: String, in range: some RangeExpression<Wrapped.Limited>, unit: String? = nil, for purpose: Purpose = .value) where Wrapped: SettingValue {
    self.init(nil, summary, unit, limitWords(range), { $0.limited.allSatisfy(range.contains) }, purpose)
  }

  /// Optional: nil where it is not written.
  public init<Some: SettingValue>(wrappedValue: Some? = nil, _ summary: String, unit: String? = nil, for purpose: Purpose = .value) where Wrapped == Some? {
    self.init(wrappedValue, summary, unit, nil, { _ in true }, purpose)
  }

  public init<Some: SettingValue>(wrappedValue: Some? = nil, _ summary: String, in range: some RangeExpression<Some.Limited>, unit: String? = nil, for purpose: Purpose = .value) where Wrapped == Some? {
    self.init(wrappedValue, summary, unit, limitWords(range), { $0.limited.allSatisfy(range.contains) }, purpose)
  }

  private init(_ value: Wrapped?, _ summary: String, _ unit: String?, _ limits: String?, _ isWithin: @escaping (Wrapped) -> Bool, _ purpose: Purpose) where Wrapped: SettingValue {
    (self.summary, self.unit, self.limits, self.isWithin, self.purpose) = (summary, unit, limits, isWithin, purpose)
    (box, words, isRequired) = (Box(value), Wrapped.words, value == nil)
    read = { term, value in value.map(Wrapped.init(value:)) ?? Wrapped(term: term) }
    literal = { ($0.literal, $0.term) }
  }

  private init<Some: SettingValue>(_ value: Some?, _ summary: String, _ unit: String?, _ limits: String?, _ isWithin: @escaping (Some) -> Bool, _ purpose: Purpose) where Wrapped == Some? {
    (self.summary, self.unit, self.limits, self.purpose) = (summary, unit, limits, purpose)
    (box, words, isRequired) = (Box(.some(value)), Some.words, false)
    self.isWithin = { $0.map(isWithin) ?? true }
    read = { term, value in (value.map(Some.init(value:)) ?? Some(term: term)).map(Optional.some) }
    literal = { $0.map { ($0.literal, $0.term) } }
  }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(
      name: name, role: .setting(words), summary: summary, isPositional: isFirst && words != Bool.words, isRequired: isRequired,
      fallback: box.content.flatMap(literal)?.term.canonical, limits: limits, unit: unit)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    var written: [Term] = []
    if let argument = try binder.single(arguments) {
      let term = argument.value
      var named: (any Value)?
      if let reference = term.reference, read(term, nil) == nil, words != Bool.words { named = try binder.lookUp(reference, term.range).value }
      if named is Unmade { return Resolution(written: [term], ingredient: .absent, knowledge: .kind) }
      guard let content = read(term, named) else {
        throw Diagnostic("\(binder.info.name) takes \(words), not '\(term.text)'", at: term.range, remedy: named.map { "'\(term.text)' is \($0.kind.withArticle)" } ?? (words == Bool.words ? "write \(binder.info.name)=yes or \(binder.info.name)=no" : nil),
          replacement: words == Bool.words ? Habits.word(for: term.text) : nil)
      }
      guard isWithin(content) else {
        let value = named == nil ? "" : ", which is \(literal(content)?.literal.description ?? "")"
        let lies = limits?.contains("..") == true ? "lie in" : "be"
        throw Diagnostic("\(binder.info.name) must \(lies) \(limits ?? ""), not '\(term.text)'\(value)", at: term.range)
      }
      box.content = content
      box.operands = [Operand(text: term.canonical, range: term.range, origin: Origin(digest: ""))]
      written = [named == nil ? literal(content)?.term ?? term : term]
    }
    guard let content = box.content else { throw binder.missing() }
    let ingredient = literal(content).map { Recipe.Ingredient.literal($0.literal) } ?? .absent
    return Resolution(written: written, ingredient: purpose == .display ? nil : ingredient)
  }
}

/// `0...0.5`, or words for ranges that are open on a side.
private func limitWords<Bound>(_ range: some RangeExpression<Bound>) -> String {
  func spelled(_ bound: Bound) -> String { (bound as? Double).map(Literal.spelled) ?? "\(bound)" }
  switch range {
  case let range as ClosedRange<Bound>: return "\(spelled(range.lowerBound))...\(spelled(range.upperBound))"
  case let range as Range<Bound>: return "\(spelled(range.lowerBound))..<\(spelled(range.upperBound))"
  case let range as PartialRangeFrom<Bound>: return "\(spelled(range.lowerBound)) or more"
  case let range as PartialRangeThrough<Bound>: return "\(spelled(range.upperBound)) or less"
  default: return "\(range)"
  }
}
