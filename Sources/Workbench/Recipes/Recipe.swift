public import Language
import Storage

/// Everything that a value depends on. Two statements with equal recipes make the same value; the digest names it in the store.
public struct Recipe: Hashable, Sendable, Codable {
  /// What one parameter was resolved to.
  public enum Ingredient: Hashable, Sendable, Codable {
    case literal(Literal)
    /// A choice, or yes and no.
    case word(String)
    /// Optional and not given.
    case absent
    /// Operands, by the recipes that make them.
    case made([Origin])
  }

  public var command: String
  /// Of the command's own meaning: raised when the same parameters make something else than before.
  public var version: Int
  /// All parameters that have a part in the value, defaults too, in base units: none that only asks for something to be shown.
  public var parameters: [String: Ingredient]
  /// What lies below: versions of arithmetic and networks, hashes of files.
  public var ingredients: [String: String]
  /// Nil where no random numbers are drawn.
  public var seed: UInt64?
  public let digest: String

  public init(command: String, version: Int, parameters: [String: Ingredient], ingredients: [String: String], seed: UInt64?) {
    self.command = command
    self.version = version
    self.parameters = parameters
    self.ingredients = ingredients
    self.seed = seed
    digest = Recipe.digest(command, version, parameters, ingredients, seed)
  }

  /// The recipe of a literal.
  init(_ literal: Literal) {
    self.init(command: "literal", version: 1, parameters: ["value": .literal(literal)], ingredients: [:], seed: nil)
  }

  /// The operands' origins, by parameter name.
  public var inputs: [Origin] {
    parameters.sorted { $0.key < $1.key }.flatMap { _, value -> [Origin] in
      guard case .made(let origins) = value else { return [] }
      return origins
    }
  }

  /// True if the digest is that of the rest: false where a file was changed by hand.
  var isSound: Bool { digest == Recipe.digest(command, version, parameters, ingredients, seed) }

  private static func digest(
    _ command: String, _ version: Int, _ parameters: [String: Ingredient], _ ingredients: [String: String], _ seed: UInt64?
  ) -> String {
    var bytes = CanonicalBytes()
    bytes.add("segue recipe 1")
    bytes.add(command)
    bytes.add(String(version))
    bytes.add(seed.map(String.init) ?? "no seed")
    bytes.add(String(parameters.count))
    for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
      bytes.add(name)
      switch value {
      case .absent: bytes.add("absent")
      case .word(let word): bytes.add("word", word)
      case .literal(let literal): bytes.add("literal", literal.description)
      case .made(let origins):
        bytes.add("made", String(origins.count))
        for origin in origins {
          bytes.add(origin.digest, origin.path)
          if let seed = origin.seed { bytes.add("drawn with", String(seed)) }
        }
      }
    }
    for (name, value) in ingredients.sorted(by: { $0.key < $1.key }) { bytes.add(name, value) }
    return bytes.digest()
  }
}

/// Texts one after another, each with its length before it, so that no two lists give the same bytes.
struct CanonicalBytes: ~Copyable {
  private var hash = ContentHash()

  mutating func add(_ texts: String...) {
    for text in texts { hash.add(Array("\(text.utf8.count):\(text),".utf8)) }
  }

  consuming func digest() -> String { hash.hexadecimal() }
}

/// SHA-256, 64 hexadecimal digits.
public func contentDigest(_ bytes: [UInt8]) -> String { ContentHash.hexadecimal(of: bytes) }
