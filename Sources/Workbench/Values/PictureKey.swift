/// A colour of a picture and what it stands for: a class of a label map, a value of a map of numbers. Part of a picture's caption that is shown
/// with the picture and never recorded.
public struct PictureKey: Sendable, Hashable, Codable {
  public var red, green, blue: UInt8
  public var name: String
  /// Whether it begins a line of its own: the first of the colours of another map.
  public var beginsLine: Bool

  public init(_ colour: (red: UInt8, green: UInt8, blue: UInt8), _ name: String, beginsLine: Bool = false) {
    (red, green, blue, self.name, self.beginsLine) = (colour.red, colour.green, colour.blue, name, beginsLine)
  }
}

extension Phrase {
  /// What the colours of the picture stand for, whose caption this is.
  public var keys: [PictureKey] { pieces.compactMap { if case .key(let key) = $0 { key } else { nil } } }
}
