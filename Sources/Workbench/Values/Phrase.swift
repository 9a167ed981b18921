/// Words with numbers in them, one line or several: what renderers print and replay compares.
///
///     let line: Phrase = "kept \(Number(55.2, places: 1, .rounded))% of the pixels"
public struct Phrase: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  public enum Piece: Sendable, Hashable, Codable {
    case words(String)
    case number(Number)
    /// The first digits of a recipe's digest, written `@91c0d2aa`.
    case digest(String)
    /// What a colour of the picture stands for, whose caption this is: shown, never recorded.
    case key(PictureKey)
  }

  public var pieces: [Piece]

  public init(pieces: [Piece]) { self.pieces = pieces }
  public init(stringLiteral words: String) { pieces = [.words(words)] }
  public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  public struct Interpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ words: String) { if !words.isEmpty { pieces.append(.words(words)) } }
    public mutating func appendInterpolation(_ number: Number) { pieces.append(.number(number)) }
    public mutating func appendInterpolation(_ count: Int) { pieces.append(.number(Number(Double(count)))) }
    public mutating func appendInterpolation(_ phrase: Phrase) { pieces += phrase.pieces }
    public mutating func appendInterpolation(_ words: some StringProtocol) { pieces.append(.words(String(words))) }
    public mutating func appendInterpolation(digest: String) { pieces.append(.digest(digest)) }
  }
}
