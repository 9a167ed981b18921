import Imaging

/// What is left of a picture when it is made very small: enough to tell whether two pictures are nearly the same.
struct PictureDigest: Sendable {
  /// Whether each of 8 x 8 cells is brighter than the one to its right (a difference hash).
  private let rises: UInt64
  /// Red, green and blue of 9 x 8 cells.
  private let cells: [UInt8]
  /// The largest difference of two values of the picture as it is.
  let range: Int

  init(_ picture: Image) {
    cells = picture.resized(to: PixelSize(9, 8)).pixels
    range = Int(picture.pixels.max() ?? 0) - Int(picture.pixels.min() ?? 0)
    var rises: UInt64 = 0
    for y in 0..<8 {
      for x in 0..<8 {
        let here = 3 * (9 * y + x)
        let (left, right) = (cells[here..<here + 3].reduce(0) { $0 + Int($1) }, cells[here + 3..<here + 6].reduce(0) { $0 + Int($1) })
        rises = rises << 1 | (left > right ? 1 : 0)
      }
    }
    self.rises = rises
  }

  /// At most 4 of 64 cells rise otherwise, and colours are 3 levels of 255 apart on average: a picture that was saved again, or a
  /// neighbouring frame of a camera that stands.
  func isNearlyEqual(to other: PictureDigest) -> Bool {
    guard (rises ^ other.rises).nonzeroBitCount <= 4 else { return false }
    let apart = zip(cells, other.cells).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return apart <= 3 * cells.count
  }
}
