public import Imaging
import Language

extension Number: Value {
  public static var kind: Kind { .number }
  public var display: Display { .text("\(self)") }
  public var summary: Phrase { "\(self)" }
}

extension String: Value {
  public static var kind: Kind { .text }
  public var display: Display { .text("\(self)") }
  public var summary: Phrase { count <= 40 ? "\(Literal.quoted(self))" : "\(Literal.quoted(String(prefix(38))))…" }
}

extension PixelSize: Value {
  public static var kind: Kind { .size }
  public var display: Display { .text("\(description)") }
  public var summary: Phrase { "\(description)" }
  public var fieldNames: [String] { ["width", "height"] }
  public func field(_ name: String) throws -> any Value { Number(Double(name == "width" ? width : height)) }
}

extension ClosedRange: Value where Bound == Double {
  public static var kind: Kind { .range }
  public var display: Display { .text(summary) }
  public var summary: Phrase { "\(Literal.range(lowerBound, upperBound).description)" }
  public var fieldNames: [String] { ["low", "high"] }
  public func field(_ name: String) throws -> any Value { Number(settingValue: name == "low" ? lowerBound : upperBound) }
}

extension Number {
  /// A number that a person wrote: exact, with as many places as its shortest spelling has.
  init(settingValue value: Double) {
    let spelled = Literal.spelled(value)
    let places = spelled.contains("e") ? 12 : spelled.split(separator: ".").dropFirst().first?.count ?? 0
    self.init(value, places: places)
  }
}

extension Literal {
  /// The value that a name gets by `rounds = 25`.
  var value: any Value {
    switch self {
    case .number(let number): Number(settingValue: number)
    case .percent, .fraction: Number(settingValue: number!)
    case .size(let width, let height): PixelSize(width, height)
    case .range(let low, let high): low...high
    case .text(let text): text
    }
  }
}
