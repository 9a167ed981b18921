internal import Kernels

/// Binary cross-entropy of sigmoid(x) against one target for the whole map.
public enum BinaryCrossEntropy {
  /// The mean over `map`; `gradient` receives the gradient of `weight` times the mean.
  public static func evaluate(_ map: FeatureMap, target: Float, weight: Float = 1, gradient: FeatureMap? = nil) -> Double {
    segue_binary_cross_entropy(map.kernel, target, weight, gradient?.kernel ?? FeatureMap.absent)
  }
}
