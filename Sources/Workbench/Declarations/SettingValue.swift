public import Imaging
public import Language

/// What a setting can be.
public protocol SettingValue: Sendable {
  /// The numbers that limits are about: the value itself, both ends of a range, both sides of a size.
  associatedtype Limited: Comparable & Sendable

  /// As messages call it: `a number`.
  static var words: String { get }

  /// From a literal, or a word such as `yes`; nil where it is something else.
  init?(term: Term)

  /// From a named value; nil where it is something else.
  init?(value: any Value)

  var limited: [Limited] { get }

  /// In base units, as it is recorded and as the recipe holds it.
  var literal: Literal { get }
}

extension SettingValue {
  /// The term that is recorded.
  var term: Term { (self as? Bool).map { Term(word: $0 ? "yes" : "no") } ?? Term(literal) }
}

extension Double: SettingValue {
  public static var words: String { "a number" }
  public init?(term: Term) {
    guard let number = term.literal?.number else { return nil }
    self = number
  }
  public init?(value: any Value) {
    guard let number = value.number else { return nil }
    self = number.value
  }
  public var limited: [Double] { [self] }
  public var literal: Literal { .number(self) }
}

extension Int: SettingValue {
  public static var words: String { "a whole number" }
  public init?(term: Term) {
    guard let literal = term.literal, let number = literal.number, let whole = Int(exactly: number) else { return nil }
    if case .percent = literal { return nil }
    self = whole
  }
  public init?(value: any Value) {
    guard let number = value.number, let whole = Int(exactly: number.value) else { return nil }
    self = whole
  }
  public var limited: [Int] { [self] }
  public var literal: Literal { .number(Double(self)) }
}

extension Bool: SettingValue {
  public static var words: String { "yes or no" }
  public init?(term: Term) {
    guard term.text == "yes" || term.text == "no" else { return nil }
    self = term.text == "yes"
  }
  public init?(value: any Value) { return nil }
  public var limited: [Int] { [] }
  public var literal: Literal { .text(self ? "yes" : "no") }
}

extension String: SettingValue {
  public static var words: String { "a text" }
  public init?(term: Term) {
    guard case .text(let text)? = term.literal else { return nil }
    self = text
  }
  public init?(value: any Value) {
    guard let text = value as? String else { return nil }
    self = text
  }
  public var limited: [Int] { [count] }
  public var literal: Literal { .text(self) }
}

extension PixelSize: SettingValue {
  public static var words: String { "a size such as 512x256" }
  public init?(term: Term) {
    guard case .size(let width, let height)? = term.literal else { return nil }
    self.init(width, height)
  }
  public init?(value: any Value) {
    guard let size = value as? PixelSize else { return nil }
    self = size
  }
  public var limited: [Int] { [width, height] }
  public var literal: Literal { .size(width: width, height: height) }
}

extension ClosedRange: SettingValue where Bound == Double {
  public static var words: String { "a range such as 0.75..1.5" }
  public init?(term: Term) {
    guard case .range(let low, let high)? = term.literal else { return nil }
    self = low...high
  }
  public init?(value: any Value) {
    guard let range = value as? ClosedRange<Double> else { return nil }
    self = range
  }
  public var limited: [Double] { [lowerBound, upperBound] }
  public var literal: Literal { .range(lowerBound, upperBound) }
}
