/// Finds the samples whose centres lie within an outline, row by row, by the even-odd rule.
struct ScanConverter {
  let width: Int
  let height: Int
  /// The outline to scan, in samples.
  var outline: [SIMD2<Float>] = []
  private var crossings: [Float] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    outline.reserveCapacity(32)
    crossings.reserveCapacity(32)
  }

  /// Calls `body` for each run of columns.
  @inline(__always)
  mutating func scan(_ body: (_ row: Int, _ columns: Range<Int>) -> Void) {
    guard let first = outline.first else { return }
    var (top, bottom) = (first.y, first.y)
    for corner in outline { (top, bottom) = (min(top, corner.y), max(bottom, corner.y)) }
    let rows = clipped(top, to: height)..<max(clipped(top, to: height), clipped(bottom, to: height))
    for row in rows {
      cross(Float(row) + 0.5)
      var pair = 0
      while pair + 1 < crossings.count {
        let begin = clipped(crossings[pair], to: width)
        let end = clipped(crossings[pair + 1], to: width)
        if begin < end { body(row, begin..<end) }
        pair += 2
      }
    }
  }

  /// Where a row meets the edges, sorted.
  private mutating func cross(_ y: Float) {
    crossings.removeAll(keepingCapacity: true)
    var a = outline[outline.count - 1]
    for b in outline {
      if (a.y <= y) != (b.y <= y) {
        let x = a.x + (y - a.y) * ((b.x - a.x) / (b.y - a.y))
        var place = crossings.count
        crossings.append(x)
        while place > 0 && crossings[place - 1] > x {
          crossings[place] = crossings[place - 1]
          place -= 1
        }
        crossings[place] = x
      }
      a = b
    }
  }

  /// The first sample whose centre lies at or after this place.
  private func clipped(_ place: Float, to limit: Int) -> Int {
    let index = min(max(place - 0.5, 0), Float(limit))
    let whole = Int(index)
    return Float(whole) < index ? whole + 1 : whole
  }
}
