internal import Imaging

/// What front ends show for the kernel: a street as a network sees it, in the colours of its classes.
enum KernelLogo {
  private struct Shape {
    var colour: (UInt8, UInt8, UInt8)
    /// Corners in a square of 64 by 64, from its upper left.
    var corners: [(x: Double, y: Double)]
  }

  /// From the back to the front: sky, trees, buildings, pavement, road, its marks, a car.
  private static let shapes = [
    Shape(colour: (70, 130, 180), corners: [(0, 0), (64, 0), (64, 64), (0, 64)]),
    Shape(colour: (107, 142, 35), corners: [(40, 36), (42, 24), (49, 17), (57, 18), (64, 14), (64, 40), (40, 40)]),
    Shape(colour: (70, 70, 70), corners: [(0, 8), (13, 8), (13, 16), (22, 16), (22, 26), (27, 26), (27, 40), (0, 40)]),
    Shape(colour: (244, 35, 232), corners: [(0, 38), (64, 38), (64, 64), (0, 64)]),
    Shape(colour: (128, 64, 128), corners: [(29, 38), (36, 38), (60, 64), (4, 64)]),
    Shape(colour: (255, 255, 255), corners: [(32, 44), (33, 44), (33.6, 50), (31.4, 50)]),
    Shape(colour: (255, 255, 255), corners: [(31, 54), (34, 54), (35, 64), (30, 64)]),
    Shape(colour: (0, 0, 142), corners: [(38, 46), (40, 41), (47, 41), (49, 46), (50, 46), (50, 53), (37, 53), (37, 46)]),
  ]

  /// The files of a kernel's folder, as Jupyter names them.
  static var files: [(name: String, bytes: [UInt8])] {
    [("logo-svg.svg", Array(svg.utf8)), ("logo-32x32.png", PNG.encode(picture(32))), ("logo-64x64.png", PNG.encode(picture(64)))]
  }

  private static var svg: String {
    func two(_ value: UInt8) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
    let polygons = shapes.map { shape in
      let points = shape.corners.map { "\($0.x),\($0.y)" }.joined(separator: " ")
      return "<polygon fill=\"#\(two(shape.colour.0))\(two(shape.colour.1))\(two(shape.colour.2))\" points=\"\(points)\"/>\n"
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\n\(polygons.joined())</svg>\n"
  }

  /// Each pixel is the mean of 16 points.
  private static func picture(_ side: Int) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * 3)
    for row in 0..<side {
      for column in 0..<side {
        var sum = (0, 0, 0)
        for point in 0..<16 {
          let scale = 64 / Double(side)
          let colour = colour(x: (Double(column) + (Double(point % 4) + 0.5) / 4) * scale, y: (Double(row) + (Double(point / 4) + 0.5) / 4) * scale)
          sum = (sum.0 + Int(colour.0), sum.1 + Int(colour.1), sum.2 + Int(colour.2))
        }
        pixels += [UInt8(sum.0 / 16), UInt8(sum.1 / 16), UInt8(sum.2 / 16)]
      }
    }
    return Image(size: PixelSize(side, side), pixels: pixels)
  }

  private static func colour(x: Double, y: Double) -> (UInt8, UInt8, UInt8) {
    shapes.last { holds($0.corners, x, y) }?.colour ?? (0, 0, 0)
  }

  /// Whether a ray to the right crosses the outline an odd number of times.
  private static func holds(_ corners: [(x: Double, y: Double)], _ x: Double, _ y: Double) -> Bool {
    var isInside = false, before = corners[corners.count - 1]
    for corner in corners {
      if (corner.y > y) != (before.y > y), x < (before.x - corner.x) * (y - corner.y) / (before.y - corner.y) + corner.x { isInside.toggle() }
      before = corner
    }
    return isInside
  }
}
