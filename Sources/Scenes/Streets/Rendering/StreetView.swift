import Imaging

/// A street seen by its camera: for each sample, the surface in sight and how near it is.
///
/// Each pixel has 2 x 2 samples. The image is their mean; the label is that of one of them, always the same one, because classes have
/// no mean. One divided by the distance is linear across the picture of a plane, so three numbers for each surface give exact depth.
struct StreetView {
  let layout: StreetLayout
  let size: PixelSize
  /// In samples.
  let width: Int
  let height: Int
  let focal: Float
  let centre: SIMD2<Float>
  /// For each sample, the number of the surface in sight, counted from 1; 0 is the sky.
  private(set) var surfaceNumbers: [UInt16]
  /// For each sample, one over the distance ahead in metres; 0 is the sky.
  private(set) var nearness: [Float]

  static let samples = 2
  private static let nearest: Float = 0.6

  init(of layout: StreetLayout, size: PixelSize) {
    self.layout = layout
    self.size = size
    width = size.width * StreetView.samples
    height = size.height * StreetView.samples
    focal = layout.pose.focal * Float(width)
    centre = .init(Float(width) / 2, layout.pose.horizon * Float(height))
    surfaceNumbers = [UInt16](repeating: 0, count: width * height)
    nearness = [Float](repeating: 0, count: width * height)
    var scanner = ScanConverter(width: width, height: height)
    for (index, surface) in layout.surfaces.enumerated() { fill(surface, number: UInt16(index + 1), scanner: &scanner) }
  }

  /// The label of each pixel.
  var label: IndexMap {
    let things = [StreetClass.sky.rawValue] + layout.surfaces.map(\.finish.thing.rawValue)
    var values = [UInt8](repeating: 0, count: size.area)
    for y in 0..<size.height {
      let middle = (y * StreetView.samples + 1) * width + 1
      for x in 0..<size.width {
        let surface = surfaceNumbers[middle + x * StreetView.samples]
        values[y * size.width + x] = things[Int(surface)]
      }
    }
    return IndexMap(size: size, values: values)
  }

  /// Where a point before the camera appears, in samples.
  func project(_ point: SIMD3<Float>) -> SIMD2<Float> {
    centre + SIMD2(point.x, layout.pose.height - point.y) * (focal / point.z)
  }

  /// A polygon cut off where it comes too near, and projected; the distances of its nearest and farthest corner.
  func projected(_ corners: some Collection<SIMD3<Float>>, into outline: inout [SIMD2<Float>]) -> ClosedRange<Float>? {
    outline.removeAll(keepingCapacity: true)
    guard var before = corners.reversed().first else { return nil }
    var (low, high) = (Float.infinity, -Float.infinity)
    func take(_ point: SIMD3<Float>) {
      outline.append(project(point))
      (low, high) = (min(low, point.z), max(high, point.z))
    }
    for corner in corners {
      if (before.z >= StreetView.nearest) != (corner.z >= StreetView.nearest) {
        var cut = before + (corner - before) * ((StreetView.nearest - before.z) / (corner.z - before.z))
        cut.z = StreetView.nearest
        take(cut)
      }
      if corner.z >= StreetView.nearest { take(corner) }
      before = corner
    }
    return outline.count > 2 ? low...high : nil
  }

  private mutating func fill(_ surface: Surface, number: UInt16, scanner: inout ScanConverter) {
    let corners = layout.corners[surface.corners]
    guard let distances = projected(corners, into: &scanner.outline) else { return }
    let (least, most) = (1 / distances.upperBound, 1 / distances.lowerBound)
    // The plane n . (p - eye) = d, seen along (x, y, 1), lies at the distance d / (n . (x, y, 1)).
    let plane = Plane(corners)
    let height = layout.pose.height
    let d = plane.normal.dot(plane.centre - SIMD3(0, height, 0))
    var step = SIMD2<Float>(repeating: 0)
    var start = most
    if abs(d) > 1e-4 {
      step = SIMD2(plane.normal.x, -plane.normal.y) / (focal * d)
      start = plane.normal.z / d - step.x * centre.x - step.y * centre.y
    }
    let favour = 1 + 0.004 * Float(surface.rank)
    let width = width
    nearness.withUnsafeMutableBufferPointer { nearness in
      surfaceNumbers.withUnsafeMutableBufferPointer { numbers in
        scanner.scan { row, columns in
          let base = start + step.y * (Float(row) + 0.5)
          for column in columns {
            let near = min(max(base + step.x * (Float(column) + 0.5), least), most)
            let index = row * width + column
            if near * favour >= nearness[index] * 0.999_999 {
              nearness[index] = near
              numbers[index] = number
            }
          }
        }
      }
    }
  }
}
