internal import Glibc
public import Tensors

/// How sure a model is of each pixel, from its class probabilities `[1, H, W, classes]`.
public enum Certainty {
  /// The entropy over the classes in units of its largest value, log(classes): 0 where one class is certain, 1 where all are equally
  /// probable. `[H, W]`
  public static func entropy(_ probabilities: FeatureMap) -> [Float] {
    let classes = probabilities.shape.channels, values = probabilities.tensor.values
    let scale = -1 / log(Float(classes))
    return (0..<probabilities.shape.pixels).map { pixel in
      var sum: Float = 0
      for value in values[pixel * classes..<(pixel + 1) * classes] where value > 0 { sum += value * log(value) }
      return max(sum * scale, 0)
    }
  }
}
