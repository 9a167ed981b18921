internal import Kernels

/// Bilinear upsampling (corners aligned), softmax, and cross-entropy with weights or beside reverse cross-entropy, in one pass with the gradient;
/// the logits at full resolution are never stored.
///
/// With p the probability of a pixel's label and w the label's weight, the pixel adds `w (forward * -log p + reverse * (1 - p))`, and the mean
/// is over the sum of w, as PyTorch's `weight=` has it.
public struct WeightedCrossEntropy: Sendable, Hashable {
  /// For each class; nil for 1.
  public var weights: [Float]?
  public var forward: Float
  public var reverse: Float

  public init(weights: [Float]? = nil, forward: Float = 1, reverse: Float = 0) { (self.weights, self.forward, self.reverse) = (weights, forward, reverse) }

  /// Symmetric cross-entropy: Wang et al., *Symmetric Cross Entropy for Robust Learning with Noisy Labels*, ICCV 2019, as in ProDA (Zhang et al.,
  /// CVPR 2021): the logarithm of a class that the label is not is that of 1e-4, so that the reverse is 9.21 (1 - p).
  public static let symmetric = WeightedCrossEntropy(forward: 0.1, reverse: 9.210_340_4)

  public struct Result: Sendable, Equatable {
    /// The mean over valid pixels; 0 where there is none: then it means nothing.
    public let mean: Double
    /// The sum of the weights of valid pixels.
    public let count: Double
  }

  /// The mean for `logits` (`[N, h, w, C]`), upsampled to `height` x `width`, against `labels` (`[N, height, width]`, where C or more means:
  /// ignore).
  ///
  /// - Parameter gradient: receives the gradient of `weight` times the mean by the logits.
  public func evaluate(
    _ logits: FeatureMap, labels: [UInt8], height: Int, width: Int, weight: Float = 1, gradient: FeatureMap? = nil, accumulate: Bool = false
  ) -> Result {
    precondition(labels.count == logits.shape.images * height * width, "one label a pixel")
    precondition(weights.map { $0.count == logits.shape.channels } ?? true, "one weight a class")
    var count = 0.0
    func sum(_ weights: UnsafePointer<Float>?) -> Double {
      segue_upsample_weighted_cross_entropy(
        logits.kernel, labels, height, width, weights, forward, reverse, weight, nil, gradient?.kernel ?? FeatureMap.absent, accumulate, &count)
    }
    let loss = weights.map { weights in weights.withUnsafeBufferPointer { sum($0.baseAddress) } } ?? sum(nil)
    return Result(mean: count > 0 ? loss / count : 0, count: count)
  }

  /// The cross-entropy of each pixel, `[N, height, width]`; 0 where it is ignored.
  public static func each(_ logits: FeatureMap, labels: [UInt8], height: Int, width: Int) -> [Float] {
    precondition(labels.count == logits.shape.images * height * width, "one label a pixel")
    return [Float](unsafeUninitializedCapacity: labels.count) { out, filled in
      var count = 0.0
      _ = segue_upsample_weighted_cross_entropy(logits.kernel, labels, height, width, nil, 1, 0, 1, out.baseAddress, FeatureMap.absent, false, &count)
      filled = labels.count
    }
  }
}
