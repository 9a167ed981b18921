public import Language

/// A choice that says what each of its words means; help shows it.
public protocol ExplainedChoice { var explanation: String { get } }

/// One of the words of an enumeration. As the first parameter it is always recorded.
///
///     @Choice("which part of the spectrum is swapped") var window = Window.square
@propertyWrapper
public struct Choice<Wrapped>: Presettable {
  let box: Box<Wrapped>
  let summary: String
  let choices: [String]
  let meanings: [String: String]
  let isRequired: Bool
  let read: (String) -> Wrapped?
  let word: (Wrapped) -> String?
  let purpose: Purpose

  public var wrappedValue: Wrapped {
    guard let content = box.content else { preconditionFailure("a choice is read before the command was bound") }
    return content
  }

  /// Where it was written, for diagnostics; nil where the default holds.
  public var projectedValue: SourceRange? { box.operands.first?.range }

  var operands: [Operand] { box.operands }
  func forgetPlace() { box.operands = [] }
  var fallback: Literal? { box.content.flatMap(word).map { .text($0) } }

  public init(wrappedValue: Wrapped, _ summary: String, for purpose: Purpose = .value) where Wrapped: RawRepresentable<String> & CaseIterable {
    self.init(content: wrappedValue, summary, purpose)
  }

  /// Without a default: it must be written.
  public init(_ summary: String, for purpose: Purpose = .value) where Wrapped: RawRepresentable<String> & CaseIterable {
    self.init(content: nil, summary, purpose)
  }

  private init(content: Wrapped?, _ summary: String, _ purpose: Purpose) where Wrapped: RawRepresentable<String> & CaseIterable {
    (box, self.summary, isRequired, self.purpose) = (Box(content), summary, content == nil, purpose)
    choices = Wrapped.allCases.map(\.rawValue)
    meanings = Self.meanings(of: Wrapped.allCases)
    read = Wrapped.init(rawValue:)
    word = { $0.rawValue }
  }

  /// Optional: nil where it is not written.
  public init<Some: RawRepresentable<String> & CaseIterable>(wrappedValue: Some? = nil, _ summary: String, for purpose: Purpose = .value) where Wrapped == Some? {
    (box, self.summary, isRequired, self.purpose) = (Box(.some(wrappedValue)), summary, false, purpose)
    choices = Some.allCases.map(\.rawValue)
    meanings = Self.meanings(of: Some.allCases)
    read = { Some(rawValue: $0).map(Optional.some) }
    word = { $0?.rawValue }
  }

  private static func meanings<Word: RawRepresentable<String>>(of words: some Sequence<Word>) -> [String: String] {
    Dictionary(words.compactMap { word in (word as? any ExplainedChoice).map { (word.rawValue, $0.explanation) } }) { $1 }
  }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(
      name: name, role: .choice(choices), summary: summary, isPositional: isFirst, isRequired: isRequired, fallback: box.content.flatMap(word), meanings: meanings)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    let argument = try binder.single(arguments)
    if let argument {
      let value = argument.value.reference.flatMap { binder.isBound($0.name) ? try? binder.lookUp($0, nil).value : nil }
      if value is Unmade, !choices.contains(argument.value.plainText) { return Resolution(written: [argument.value], ingredient: .absent, knowledge: .kind) }
      let named = value as? String
      let text = choices.contains(argument.value.plainText) ? argument.value.plainText : named ?? argument.value.plainText
      guard let content = read(text) else {
        if let meant = Habits.word(for: text), choices.contains(meant) {
          throw Diagnostic("\(binder.info.name) cannot be '\(text)'", at: argument.value.range, remedy: "write \(meant)", replacement: meant)
        }
        throw Diagnostic("\(binder.info.name) cannot be '\(text)'", at: argument.value.range, unknown: text, among: choices)
      }
      box.content = content
      box.operands = [Operand(text: text, range: argument.value.range, origin: Origin(digest: ""))]
    }
    guard let content = box.content else { throw binder.missing() }
    guard let word = word(content) else { return Resolution(written: [], ingredient: purpose == .display ? nil : .absent) }
    let isWritten = argument != nil || binder.info.isPositional
    let isNamed = argument.map { !choices.contains($0.value.plainText) } ?? false
    return Resolution(written: isWritten ? [isNamed ? argument!.value : Term(word: word)] : [], ingredient: purpose == .display ? nil : .word(word))
  }
}
