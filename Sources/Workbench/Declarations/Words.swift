public import Language

/// Words that are taken as they stand: `help train`, `save lesson.segue`.
@propertyWrapper
public struct Words: Parameter {
  let box = Box<[Word]>([])
  let summary: String
  let isRequired: Bool

  /// In the order written, quotes removed.
  var operands: [Operand] { box.operands }

  public var wrappedValue: [Word] { box.content ?? [] }

  public init(_ summary: String, isRequired: Bool = false) { (self.summary, self.isRequired) = (summary, isRequired) }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(name: name, role: .words, summary: summary, isPositional: isFirst, isRequired: isRequired)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    if arguments.isEmpty, isRequired { throw binder.missing() }
    box.content = arguments.map { Word($0.value.plainText, $0.value.range) }
    return Resolution(written: arguments.map(\.value), ingredient: .word(arguments.map(\.value.canonical).joined(separator: " ")))
  }
}
