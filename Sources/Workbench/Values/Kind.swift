/// What sort of thing a value is: parameters ask for kinds, completion offers only the right ones.
public struct Kind: Hashable, Sendable, Codable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let name: String

  public init(_ name: String) { self.name = name }
  public init(stringLiteral name: String) { self.init(name) }

  public static let dataset: Kind = "dataset"
  public static let model: Kind = "model"
  public static let tensor: Kind = "tensor"
  public static let table: Kind = "table"
  public static let image: Kind = "image"
  public static let number: Kind = "number"
  public static let size: Kind = "size"
  public static let range: Kind = "range"
  public static let text: Kind = "text"

  public var description: String { name }

  /// `a dataset`, `an image`.
  public var withArticle: String { ("aeiou".contains(name.first ?? "x") ? "an " : "a ") + name }

  public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
