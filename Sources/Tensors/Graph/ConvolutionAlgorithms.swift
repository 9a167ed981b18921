/// How convolutions are computed where there is a choice.
///
/// Nothing here depends on timing or on the number of threads, so that the same network at the same size always gives the same bits.
public struct ConvolutionAlgorithms: Hashable, Sendable {
  public enum Algorithm: String, CaseIterable, Sendable {
    /// Winograd's minimal filtering with tiles of 6x6 outputs where maps are large enough for them to pay: fewest products, rounding some four
    /// times that of `f4`. Else `f4`, and on maps of a few pixels `f2` or `direct`, which read fewer weights.
    case f6
    /// With tiles of 4x4 outputs: rounding some three times that of `direct`.
    case f4
    /// With tiles of 2x2 outputs: more products, rounding as `direct`.
    case f2
    /// Every product of the definition.
    case direct
  }

  /// Those that weights' gradients have.
  public enum WeightGradients: String, CaseIterable, Sendable {
    case f4, f2, direct

    var algorithm: Algorithm {
      switch self {
      case .f4: .f4
      case .f2: .f2
      case .direct: .direct
      }
    }
  }

  /// Of the convolution itself and of its input's gradient.
  public var products: Algorithm
  public var weightGradients: WeightGradients

  public init(products: Algorithm, weightGradients: WeightGradients) {
    self.products = products
    self.weightGradients = weightGradients
  }

  /// The same everywhere; `f4` for weights' gradients beside `f6`.
  public init(_ algorithm: Algorithm) {
    self.init(products: algorithm, weightGradients: WeightGradients(rawValue: algorithm.rawValue) ?? .f4)
  }

  public static let standard = ConvolutionAlgorithms(.f4)
  /// Where nothing is trained: what rounds a little more is cheaper, and no step amplifies it.
  public static let inference = ConvolutionAlgorithms(.f6)
}
