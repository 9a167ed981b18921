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
    var scanner = Scanner(width: width, height: height)
    let fall = view.layout.shadowFall
    for caster in view.layout.casters {
      let thrown = caster.outline.map { $0 + fall * caster.heights.lowerBound } + caster.outline.map { $0 + fall * caster.heights.upperBound }
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

  /// The mean of a square about each sample, by running sums along rows and then along columns.
  private static func blur(_ values: inout [UInt8], width: Int, height: Int, radius: Int) {
    var line = [UInt8](repeating: 0, count: max(width, height))
    func run(from start: Int, step: Int, count: Int) {
      var sum = Int(values[start]) * (radius + 1)
      for place in 1...max(radius, 1) { sum += Int(values[start + min(place, count - 1) * step]) }
      for place in 0..<count {
        line[place] = UInt8(sum / (2 * radius + 1))
        sum += Int(values[start + min(place + radius + 1, count - 1) * step]) - Int(values[start + max(place - radius, 0) * step])
      }
      for place in 0..<count { values[start + place * step] = line[place] }
    }
    for y in 0..<height { run(from: y * width, step: 1, count: width) }
    for x in 0..<width { run(from: x, step: width, count: height) }
  }

  /// The shadow on ground at a sample, 0 to 1.
  @inline(__always)
  func onGround(_ index: Int) -> Float { Float(ground[index]) * (1 / 255) }

  /// The shadow of tall things on what stands above the ground seen at this row and column, 0 to 1.
  @inline(__always)
  func above(row: Int, column: Int) -> Float { Float(tall[min(max(row, 0), height - 1) * width + column]) * (1 / 255) }
}
