/// How sure a model must be of a pixel before its prediction may teach.
///
/// For each class, of all pixels of the target set that were predicted as it, in ascending order of confidence `x[0] ... x[n - 1]`, the
/// threshold is `min(x[floor((1 - keep) n)], above)`: the surest `keep` of them stay, and more where more are surer than `above`. A class
/// of its own threshold keeps rare classes, of which models are never very sure, from vanishing. (FDA's text says 66 % are kept; its
/// program, and every figure made with it, keeps 34 %.)
public struct PseudoLabelRule: Sendable, Hashable {
  /// The share of each class's pixels to keep, 0...1.
  public let keep: Double
  /// The confidence that is enough whatever the share, 0...1.
  public let above: Double

  public init(keep: Double = 0.34, above: Double = 0.9) {
    precondition(0...1 ~= keep && 0...1 ~= above, "shares and confidences lie in 0...1")
    (self.keep, self.above) = (keep, above)
  }

  /// `floor((1 - keep) n)`, at most `count - 1`: the place of the threshold among `count` ascending confidences.
  ///
  /// A product that a decimal `keep` makes whole is whole here: 1 - 0.34 is a little less than 0.66 in binary, and of 100 pixels the place
  /// is 66, not 65.
  package func rank(among count: UInt64) -> UInt64 {
    let product = (1 - keep) * Double(count)
    let nearest = product.rounded()
    let whole = abs(product - nearest) <= 4 * Double(count).ulp ? nearest : product.rounded(.down)
    return min(UInt64(whole), count - 1)
  }
}
