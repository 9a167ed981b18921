/// The squared difference of every number of a map from one target.
public enum LeastSquares {
  /// The mean over `map`; `gradient` receives the gradient of `weight` times the mean.
  public static func evaluate(_ map: FeatureMap, target: Float, weight: Float = 1, gradient: FeatureMap? = nil) -> Double {
    let shape = map.shape, factor = 2 * weight / Float(shape.count)
    var sum = 0.0
    for pixel in 0..<shape.pixels {
      for channel in 0..<shape.channels {
        let difference = map.data[pixel * map.stride + channel] - target
        sum += Double(difference) * Double(difference)
        if let gradient { gradient.data[pixel * gradient.stride + channel] = factor * difference }
      }
    }
    return sum / Double(shape.count)
  }
}
