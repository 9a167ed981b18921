/// How sure a model must be of a pixel before its prediction may teach.
///
/// For each class, of all pixels of the target set that were predicted as it, in ascending order of confidence `x[0] ... x[n - 1]`, the
/// threshold is `min(x[floor((1 - keep) n)], above)`: the surest `keep` of them stay, and more where more are surer than `above`. A class
/// of its own threshold keeps rare classes, of which models are never very sure, from vanishing. (FDA's text says 66 % are kept; its
/// program, and every figure made with it, keeps 34 %.)
///
/// Two other ways to set thresholds stand beside it, and no threshold is below ``floor``.
public struct PseudoLabelRule: Sendable, Hashable {
  public enum Way: Sendable, Hashable, CaseIterable {
    /// By rank within the class, capped: FDA's.
    case ranked
    /// The same for every class: ``above``.
    case fixed
    /// By rank within the class: the surest ``keep`` of n pixels, rounded down, are above the class's threshold t. A pixel's label is the class
    /// of the largest p / t, whatever has the largest p, and there is none where that is below 1: class-balanced self-training (Zou et al.,
    /// *CRST*, ICCV 2019, whose rounds take 20 %, 25 % and so on).
    case portions
  }

  public let way: Way
  /// The share of each class's pixels to keep, 0...1.
  public let keep: Double
  /// The confidence that is enough whatever the share, 0...1.
  public let above: Double
  /// The least that a threshold may be, 0...1.
  public let floor: Double

  public init(_ way: Way = .ranked, keep: Double = 0.34, above: Double = 0.9, floor: Double = 0) {
    precondition(0...1 ~= keep && 0...1 ~= above && 0...1 ~= floor, "shares and confidences lie in 0...1")
    (self.way, self.keep, self.above, self.floor) = (way, keep, above, floor)
  }

  /// `floor((1 - keep) n)`, at most `count - 1`: the place of the threshold among `count` ascending confidences.
  package func rank(among count: UInt64) -> UInt64 { min(Self.whole((1 - keep) * Double(count), of: count), count - 1) }

  /// The place of a class's threshold among its ascending confidences; nil where the threshold is the ``cap``.
  func place(among count: UInt64) -> UInt64? {
    switch way {
    case .ranked: return rank(among: count)
    case .fixed: return nil
    case .portions:
      let kept = Self.whole(keep * Double(count), of: count)
      return kept == 0 ? nil : count - kept
    }
  }

  /// The most that a threshold may be.
  var cap: Float { way == .portions ? 1 : Float(above) }

  /// A product rounded down. One that a decimal share makes whole is whole here: 1 - 0.34 is a little less than 0.66 in binary, and of 100 pixels
  /// the place is 66, not 65.
  private static func whole(_ product: Double, of count: UInt64) -> UInt64 {
    let nearest = product.rounded()
    return UInt64(abs(product - nearest) <= 4 * Double(count).ulp ? nearest : product.rounded(.down))
  }
}
