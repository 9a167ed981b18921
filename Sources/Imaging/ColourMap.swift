/// Colours for numbers: for maps of what is no photograph.
public struct ColourMap: Sendable {
  private let anchors: [(red: Double, green: Double, blue: Double)]

  /// From dark violet over green to yellow, as bright as large; people with any colour vision can read it. Ten of the colours of viridis
  /// (van der Walt and Smith, 2015), straight lines between them.
  public static let sequential = ColourMap([
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725,
  ])
  /// From blue over white to red: for numbers with a middle.
  public static let diverging = ColourMap([0x2166AC, 0x67A9CF, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xEF8A62, 0xB2182B])
  /// A wheel of hues that ends where it begins: for angles.
  public static let cyclic = ColourMap([0xC0504D, 0xB8A03A, 0x4FA35A, 0x3F9FA8, 0x4A6FC4, 0xA458B5, 0xC0504D])

  init(_ colours: [UInt32]) { anchors = colours.map { (Double($0 >> 16 & 255), Double($0 >> 8 & 255), Double($0 & 255)) } }

  /// The colour of a number, 0 the first and 1 the last; numbers outside have those, one that is no number grey.
  public subscript(_ value: Float) -> (red: UInt8, green: UInt8, blue: UInt8) {
    guard !value.isNaN else { return (128, 128, 128) }
    let place = Double(min(max(value, 0), 1)) * Double(anchors.count - 1)
    let index = min(Int(place), anchors.count - 2), part = place - Double(index)
    let (a, b) = (anchors[index], anchors[index + 1])
    func mixed(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * part).rounded()) }
    return (mixed(a.red, b.red), mixed(a.green, b.green), mixed(a.blue, b.blue))
  }

  /// A picture of numbers, `[height, width]`, `low` in the first colour and `high` in the last.
  public func picture(of values: [Float], size: PixelSize, from low: Float = 0, to high: Float = 1) -> Image {
    precondition(values.count == size.area, "a map of \(size) has \(size.area) numbers, not \(values.count)")
    let factor = high > low ? 1 / (high - low) : 0
    // Colours are looked up in a table: a step of a thousandth is less than a step of a byte.
    let table = (0...1023).map { self[Float($0) / 1023] }
    let image = [UInt8](unsafeUninitializedCapacity: 3 * size.area) { out, count in
      for (i, value) in values.enumerated() {
        let place = (value - low) * factor
        let colour = place.isNaN ? self[.nan] : table[Int((min(max(place, 0), 1) * 1023).rounded())]
        (out[3 * i], out[3 * i + 1], out[3 * i + 2]) = colour
      }
      count = 3 * size.area
    }
    return Image(size: size, pixels: image)
  }
}
