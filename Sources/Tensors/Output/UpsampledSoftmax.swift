internal import Kernels

/// Bilinear upsampling (corners aligned) and softmax in one pass.
public enum UpsampledSoftmax {
  /// `probabilities` (`[N, H, W, C]`) = or += `weight` * softmax of the upsampled `logits` (`[N, h, w, C]`).
  public static func evaluate(_ logits: FeatureMap, into probabilities: FeatureMap, weight: Float = 1, accumulate: Bool = false) {
    segue_upsample_softmax(logits.kernel, weight, probabilities.kernel, accumulate)
  }

  /// The logits' gradient from that of the probabilities, which `evaluate` made with weight 1.
  public static func propagate(_ probabilities: FeatureMap, gradient: FeatureMap, into logitsGradient: FeatureMap, accumulate: Bool = false) {
    segue_upsample_softmax_backward(probabilities.kernel, gradient.kernel, logitsGradient.kernel, accumulate)
  }

  /// The class of the largest upsampled logit, `[N, height, width]`, ties to the smaller class.
  public static func classes(_ logits: FeatureMap, height: Int, width: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: logits.shape.images * height * width) { buffer, count in
      count = logits.shape.images * height * width
      segue_upsample_argmax(logits.kernel, height, width, buffer.baseAddress!)
    }
  }

  /// The most probable class and its probability, `[N, H, W]` each.
  public static func mostProbable(_ probabilities: FeatureMap) -> (classes: [UInt8], confidence: [Float]) {
    let count = probabilities.shape.pixels
    var confidence = [Float](repeating: 0, count: count)
    let classes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      confidence.withUnsafeMutableBufferPointer { segue_argmax(probabilities.kernel, buffer.baseAddress!, $0.baseAddress!) }
    }
    return (classes, confidence)
  }
}
