/// Outlines of flat shapes, as corners in metres.
enum Outline {
  static func rectangle(_ left: Float, _ bottom: Float, _ right: Float, _ top: Float) -> [SIMD2<Float>] {
    [.init(left, bottom), .init(right, bottom), .init(right, top), .init(left, top)]
  }

  /// A regular polygon or, with two radii, an ellipse; the first corner stands at `turn`, in turns from the right towards the top.
  static func ring(_ x: Float, _ y: Float, _ across: Float, _ up: Float, corners: Int = 10, turn: Float = 0) -> [SIMD2<Float>] {
    (0..<corners).map {
      let angle = turn + Float($0) / Float(corners)
      return .init(x + across * Turn.cosine(angle), y + up * Turn.sine(angle))
    }
  }

  /// A straight bar of this width between two points.
  static func bar(_ from: SIMD2<Float>, _ to: SIMD2<Float>, width: Float) -> [SIMD2<Float>] {
    let along = to - from
    let length = max((along.x * along.x + along.y * along.y).squareRoot(), 1e-6)
    let across = SIMD2(-along.y, along.x) * (width / 2 / length)
    return [from - across, from + across, to + across, to - across]
  }

  static func scaled(_ outline: [SIMD2<Float>], about centre: SIMD2<Float>, by factor: Float) -> [SIMD2<Float>] {
    outline.map { centre + ($0 - centre) * factor }
  }

  /// The convex hull of points, by Andrew's monotone chain.
  static func hull(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func chain(_ points: some Sequence<SIMD2<Float>>) -> [SIMD2<Float>] {
      var hull: [SIMD2<Float>] = []
      for point in points {
        while hull.count > 1 {
          let (a, b) = (hull[hull.count - 1] - hull[hull.count - 2], point - hull[hull.count - 2])
          if a.x * b.y - a.y * b.x > 0 { break }
          hull.removeLast()
        }
        hull.append(point)
      }
      return hull
    }
    return chain(sorted).dropLast() + chain(sorted.reversed()).dropLast()
  }
}

/// Sine and cosine of angles in turns, within 0.0012: parabolas, so that every machine draws the same shapes to the bit.
enum Turn {
  static func sine(_ turns: Float) -> Float {
    let half = 2 * (turns - turns.rounded())
    let parabola = 4 * half * (1 - abs(half))
    return 0.775 * parabola + 0.225 * parabola * abs(parabola)
  }

  static func cosine(_ turns: Float) -> Float { sine(turns + 0.25) }
}
