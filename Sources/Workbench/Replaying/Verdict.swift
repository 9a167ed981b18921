/// How a replay compares with what was recorded.
public enum Verdict: String, Sendable, Hashable, Comparable, Codable {
  /// Everything agrees to the precision that was written.
  case same
  /// Only trained numbers are off, within their tolerance.
  case close
  /// Anything else.
  case differs

  private var rank: Int { self == .same ? 0 : self == .close ? 1 : 2 }
  public static func < (a: Verdict, b: Verdict) -> Bool { a.rank < b.rank }
}
