/// How an op computes where there is a choice, in words, and what its weights take in the form in which its products read them.
public struct OpMethods: Hashable, Sendable {
  /// `f6`, `f4`, `f2`, `direct`, `direct bf16` or `im2col`.
  public var forward: String
  /// Likewise; with the parts that are computed one after another: `direct, 4 phases`.
  public var inputGradient: String
  public var weightGradient: String
  /// Floats of the packed weights of the forward pass, which inference keeps.
  public var packedFloats: Int
  /// The most floats at once of the packed weights of the input's gradient.
  public var transposedFloats: Int
}
