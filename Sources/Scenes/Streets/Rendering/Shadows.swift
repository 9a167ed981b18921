/// The shadows on the ground, as the camera sees the ground: for each sample, 0 in the open to 255 in full shadow.
struct Shadows {
  /// Of everything.
  private(set) var ground: [UInt8]
  /// Of tall things alone: what low things stand in.
  private(set) var tall: [UInt8]
  private let width: Int
  private let height: Int

  /// Hard shadows, each the hull of an outline and of where the sun throws it.
  init(of view: StreetView) {
    (width, height) = (view.width, view.height)
    ground = [UInt8](repeating: 0, count: width * height)
    tall = ground
    var scanner = ScanConverter(width: width, height: height)
    let fall = view.layout.shadowFall
    for caster in view.layout.casters {
      let thrown =
        caster.outline.map { $0 + fall * caster.heights.lowerBound } + caster.outline.map { $0 + fall * caster.heights.upperBound }
      let hull = Outline.hull(thrown).map { SIMD3($0.x, 0, $0.y) }
      guard view.projected(hull, into: &scanner.outline) != nil else { continue }
      let (width, isTall) = (width, caster.isTall)
      ground.withUnsafeMutableBufferPointer { ground in
        tall.withUnsafeMutableBufferPointer { tall in
          scanner.scan { row, columns in
            for index in row * width + columns.lowerBound..<row * width + columns.upperBound {
              ground[index] = 255
              if isTall { tall[index] = 255 }
            }
          }
        }
      }
    }
  }

  /// Spreads the edges over about this many samples, as a clouded sky does.
  func softened(radius: Int) -> Shadows {
    var copy = self
    for _ in 0..<2 {
      Shadows.blur(&copy.ground, width: width, height: height, radius: radius)
      Shadows.blur(&copy.tall, width: width, height: height, radius: radius)
    }
    return copy
  }

  /// The mean of a square about each sample, by running sums: along rows, then down all columns at once. Edges are repeated.
  private static func blur(_ values: inout [UInt8], width: Int, height: Int, radius: Int) {
    let share = UInt32(65536 / (2 * radius + 1))
    var sharp = values
    values.withUnsafeMutableBufferPointer { out in
      for row in 0..<height {
        let start = row * width
        var sum = UInt32(sharp[start]) * UInt32(radius)
        for place in 0...radius { sum += UInt32(sharp[start + min(place, width - 1)]) }
        for place in 0..<width {
          out[start + place] = UInt8((sum * share + 32768) >> 16)
          sum = sum + UInt32(sharp[start + min(place + radius + 1, width - 1)]) - UInt32(sharp[start + max(place - radius, 0)])
        }
      }
    }
    swap(&sharp, &values)
    var sums = [UInt32](repeating: 0, count: width)
    for column in 0..<width {
      sums[column] = UInt32(sharp[column]) * UInt32(radius)
      for row in 0...radius { sums[column] += UInt32(sharp[min(row, height - 1) * width + column]) }
    }
    values.withUnsafeMutableBufferPointer { out in
      for row in 0..<height {
        let (enters, leaves) = (min(row + radius + 1, height - 1) * width, max(row - radius, 0) * width)
        for column in 0..<width {
          out[row * width + column] = UInt8((sums[column] * share + 32768) >> 16)
          sums[column] = sums[column] + UInt32(sharp[enters + column]) - UInt32(sharp[leaves + column])
        }
      }
    }
  }

  /// How much shadow lies on a surface in sight at this sample, 0 to 1: on the ground what falls there, and on low things what tall
  /// things cast on the ground that they stand on.
  @inline(__always)
  func on(_ surface: PaintedSurface, at spot: Spot, _ view: StreetView, column: Int, row: Int) -> Float {
    if surface.orientation == .ground && spot.height < 0.3 { return Float(ground[row * width + column]) * (1 / 255) }
    guard surface.standsLow else { return 0 }
    let foot = Int(min(view.centre.y + view.focal * view.layout.pose.height / spot.distance, Float(height - 1)))
    return Float(tall[foot * width + column]) * (1 / 255)
  }
}
