/// A half-open range of UTF-8 offsets in a source text.
public struct SourceRange: Sendable, Hashable, Codable {
  public var start: Int
  public var end: Int
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Number of bytes.
  public var length: Int { end - start }

  /// From the start of this one to the end of `other`.
  public func joined(to other: SourceRange) -> SourceRange { SourceRange(min(start, other.start), max(end, other.end)) }

  public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
}
