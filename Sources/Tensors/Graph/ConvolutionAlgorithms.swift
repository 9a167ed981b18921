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

  /// What the factors of products are rounded to where every product of the definition is computed. Sums are float32 always, as are maps,
  /// weights and gradients, and minimal filtering, which would amplify such rounding. (3x3 convolutions of stride 2, which gain least by
  /// filtering, are rounded instead.)
  public enum Precision: String, CaseIterable, Sendable, Codable {
    case float32 = "f32"
    /// The upper half of a float32: half the bytes, twice the products in a step where the processor multiplies it. For convolutions of an even
    /// number of channels, `leastChannels` or more, to such a number.
    case bfloat16 = "bf16"

    static let leastChannels = 16
  }

  /// Of the convolution itself and of its input's gradient.
  public var products: Algorithm
  public var weightGradients: WeightGradients
  public var precision: Precision

  public init(products: Algorithm, weightGradients: WeightGradients, precision: Precision = .float32) {
    self.products = products
    self.weightGradients = weightGradients
    self.precision = precision
  }

  /// The same everywhere; `f4` for weights' gradients beside `f6`.
  public init(_ algorithm: Algorithm, precision: Precision = .float32) {
    self.init(products: algorithm, weightGradients: WeightGradients(rawValue: algorithm.rawValue) ?? .f4, precision: precision)
  }

  /// The same at another precision.
  public func with(_ precision: Precision) -> ConvolutionAlgorithms {
    ConvolutionAlgorithms(products: products, weightGradients: weightGradients, precision: precision)
  }

  public static let standard = ConvolutionAlgorithms(.f4)
  /// Where nothing is trained: what rounds a little more is cheaper, and no step amplifies it.
  public static let inference = ConvolutionAlgorithms(.f6)
}
