/// How convolutions are computed where there is a choice.
///
/// Nothing here depends on timing or on the number of threads, so that the same network at the same size always gives the same bits.
public struct ConvolutionAlgorithms: Hashable, Sendable {
  public enum Algorithm: String, CaseIterable, Sendable {
    /// Winograd's minimal filtering with tiles of 4x4 outputs: fewest products, rounding some three times that of `direct`.
    case f4
    /// With tiles of 2x2 outputs: more products, rounding as `direct`.
    case f2
    /// Every product of the definition.
    case direct
  }

  /// Of the convolution itself and of its input's gradient.
  public var products: Algorithm
  /// Of the weights' gradients.
  public var weightGradients: Algorithm

  public init(products: Algorithm, weightGradients: Algorithm) {
    self.products = products
    self.weightGradients = weightGradients
  }

  /// The same everywhere.
  public init(_ algorithm: Algorithm) { self.init(products: algorithm, weightGradients: algorithm) }

  public static let standard = ConvolutionAlgorithms(.f4)
}
