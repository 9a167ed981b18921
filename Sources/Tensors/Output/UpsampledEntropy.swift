internal import Kernels

/// Bilinear upsampling (corners aligned), softmax and its entropy in one pass, with the gradient; probabilities at full resolution
/// are never stored.
///
/// The entropy loss of MinEnt: Vu et al., *ADVENT: Adversarial Entropy Minimization for Domain Adaptation in Semantic Segmentation*,
/// CVPR 2019, equations 1 and 2. With P the softmax of the C logits of pixel (h, w), the pixel's entropy, from 0 to 1, is
///
///     E(h, w) = -1 / log C * sum over c of P(h, w, c) log P(h, w, c)
///
/// and the loss of an image is the sum of E over its pixels. Here, as in the authors' code, it is the mean over the pixels of all images.
/// The gradient of E by logit k is -P(k) (log P(k) + H) / log C, where H = E log C is the entropy that is not normalised.
public enum UpsampledEntropy {
  /// What a pixel of entropy E adds to the mean.
  public enum Penalty: Sendable, Equatable {
    /// E itself: ADVENT's.
    case linear
    /// (E^2 + offset)^2, Charbonnier's penalty, which leaves certain pixels alone: the entropy loss of Yang and Soatto, *FDA*, CVPR 2020, with
    /// their exponent of 2. The paper's offset is 0.001^2; its code has 1e-8, and averages at the resolution of the logits.
    case robust(offset: Float = 1e-6)
  }

  /// The mean penalty of the entropies of `logits` (`[N, h, w, C]`, C at least 2), upsampled to `height` x `width`.
  ///
  /// - Parameter gradient: receives the gradient of `weight` times the mean by the logits.
  public static func evaluate(
    _ logits: FeatureMap, height: Int, width: Int, penalty: Penalty = .linear, weight: Float = 1, gradient: FeatureMap? = nil,
    accumulate: Bool = false
  ) -> Double {
    precondition(logits.shape.channels > 1, "the entropy of one class is 0 for all logits")
    precondition(height > 0 && width > 0 && logits.shape.images > 0, "a mean over no pixels")
    var (isRobust, offset) = (false, Float(0))
    if case .robust(let value) = penalty { (isRobust, offset) = (true, value) }
    return segue_upsample_entropy(
      logits.kernel, height, width, isRobust, offset, weight, gradient?.kernel ?? FeatureMap.absent, accumulate)
  }
}
