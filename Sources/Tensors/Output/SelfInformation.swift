/// Weighted self-information of probabilities: -p log(p + 1e-30) / log C of each of the C classes, whose sum over the classes is the normalised
/// entropy of a pixel. Vu et al., *ADVENT*, CVPR 2019, section 3.2.
public enum SelfInformation {
  private static let offset: Float = 1e-30

  /// Replaces probabilities by their information.
  public static func evaluate(_ map: FeatureMap) {
    let scale = -1 / logarithm(Float(map.shape.channels))
    eachRow(map) { row in for i in row.indices { row[i] = scale * row[i] * logarithm(row[i] + offset) } }
  }

  /// Replaces the gradient by information by that by the probabilities.
  public static func propagate(_ probabilities: FeatureMap, gradient: FeatureMap) {
    precondition(probabilities.shape == gradient.shape && probabilities.isDense, "a gradient for each probability")
    let scale = -1 / logarithm(Float(gradient.shape.channels)), start = gradient.data
    eachRow(gradient) { row in
      let p = probabilities.data + (row.baseAddress! - start)
      for i in row.indices { row[i] *= scale * (logarithm(p[i] + offset) + p[i] / (p[i] + offset)) }
    }
  }

  private static func eachRow(_ map: FeatureMap, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    precondition(map.isDense, "a map of its own")
    let count = map.shape.width * map.shape.channels
    Threads.run(map.shape.images * map.shape.height) { row in body(UnsafeMutableBufferPointer(start: map.data + row * count, count: count)) }
  }
}

extension FeatureMap {
  fileprivate var isDense: Bool { stride == shape.channels }
}
