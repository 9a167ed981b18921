/// The plane of a polygon: its normal by Newell's method, which also serves where corners are not quite in one plane.
struct Plane {
  /// Of length 1, turned towards the camera at eye height; straight ahead for a polygon without area.
  let normal: SIMD3<Float>
  /// The middle of the corners.
  let centre: SIMD3<Float>

  init(_ corners: ArraySlice<SIMD3<Float>>, eye: SIMD3<Float> = .init(0, 1.5, 0)) {
    var sum = SIMD3<Float>(repeating: 0)
    var middle = SIMD3<Float>(repeating: 0)
    var a = corners[corners.endIndex - 1]
    for b in corners {
      sum += SIMD3((a.y - b.y) * (a.z + b.z), (a.z - b.z) * (a.x + b.x), (a.x - b.x) * (a.y + b.y))
      middle += b
      a = b
    }
    centre = middle / Float(corners.count)
    let length = sum.dot(sum).squareRoot()
    let outward = (centre - eye).dot(sum) > 0 ? -sum : sum
    normal = length > 1e-9 ? outward / length : .init(0, 0, -1)
  }
}

extension SIMD3<Float> {
  /// The scalar product, added in this order on every machine.
  @inline(__always)
  func dot(_ other: SIMD3<Float>) -> Float { x * other.x + y * other.y + z * other.z }

  /// The mean of the three.
  @inline(__always)
  var mean: Float { (x + y + z) / 3 }
}
