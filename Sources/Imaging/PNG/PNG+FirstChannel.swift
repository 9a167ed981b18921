extension PNG {
  /// The first channel of each pixel of a colour picture, of 8 or 16 bits, with all its bits.
  ///
  /// - Throws: `ImagingError` as `decodeImage`, and where pixels are no colours.
  public static func firstChannel(_ bytes: [UInt8], path: String? = nil) throws -> (size: PixelSize, values: [UInt16]) {
    let header = try header(bytes, path: path)
    guard header.isColoured else { throw ImagingError(path: path, reason: "its pixels are \(header.pixels), where colours are needed") }
    if header.depth == 16 {
      let (size, colours) = try decodeDeepColours(bytes, path: path)
      return (size, (0..<size.area).map { colours[3 * $0] })
    }
    let image = try decodeImage(bytes, path: path)
    return (image.size, (0..<image.size.area).map { UInt16(image.pixels[3 * $0]) })
  }
}
