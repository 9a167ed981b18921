internal import Kernels

/// Bilinear upsampling (corners aligned), softmax and cross-entropy in one pass, with the gradient; the logits at full resolution
/// are never stored.
public enum UpsampledCrossEntropy {
  public struct Result: Sendable, Equatable {
    /// The mean over valid pixels; 0 where there is none: then it means nothing.
    public let mean: Double
    /// Pixels whose label is a class.
    public let validPixels: Int
  }

  /// The mean cross-entropy of `logits` (`[N, h, w, C]`), upsampled to `height` x `width`, against `labels` (`[N, height, width]`,
  /// where C or more means: ignore).
  ///
  /// - Parameter gradient: receives the gradient of `weight` times the mean by the logits.
  public static func evaluate(
    _ logits: FeatureMap, labels: [UInt8], height: Int, width: Int, weight: Float = 1, gradient: FeatureMap? = nil, accumulate: Bool = false
  ) -> Result {
    precondition(labels.count == logits.shape.images * height * width, "one label a pixel")
    var counted = 0
    let sum = segue_upsample_cross_entropy(
      logits.kernel, labels, height, width, weight, gradient?.kernel ?? FeatureMap.absent, accumulate, &counted)
    return Result(mean: counted > 0 ? sum / Double(counted) : 0, validPixels: counted)
  }
}
