import CPNG

extension PNG {
  /// The picture in these bytes, whatever its kind and depth, as 8-bit red, green and blue.
  ///
  /// As Pillow and OpenCV read it: palettes are looked up, 1, 2 and 4 bits are spread over 0...255, of 16 bits the upper 8 are kept,
  /// transparency is dropped, gamma and colour profiles are ignored.
  ///
  /// - Throws: `ImagingError` naming `path` where the bytes are damaged, end early, or are no PNG.
  public static func decodeImage(_ bytes: [UInt8], path: String? = nil) throws -> Image {
    let header = try header(bytes, path: path)
    return Image(size: header.size, pixels: try decode(bytes, header, .colours, path))
  }

  /// The palette index or grey level of each pixel, unpacked from 1, 2, 4 or 8 bits and not scaled.
  ///
  /// - Throws: `ImagingError` as `decodeImage`, and where pixels are colours rather than numbers: ask `header(_:)` first to look
  ///   those up in a table of colours.
  public static func decodeIndices(_ bytes: [UInt8], path: String? = nil) throws -> IndexMap {
    let header = try header(bytes, path: path)
    guard header.holdsIndices else {
      throw ImagingError(path: path, reason: "its pixels are \(header.pixels), where palette indices or 8-bit grey levels are needed")
    }
    return IndexMap(size: header.size, values: try decode(bytes, header, .numbers, path))
  }

  /// Red, green and blue of each pixel of a 16-bit file, as whole numbers: labels and instances of some renderers.
  ///
  /// - Throws: `ImagingError` as `decodeImage`, and where the file has no 16-bit colours.
  public static func decodeDeepColours(_ bytes: [UInt8], path: String? = nil) throws -> (size: PixelSize, values: [UInt16]) {
    let header = try header(bytes, path: path)
    guard header.depth == 16 else { throw ImagingError(path: path, reason: "its pixels are \(header.pixels), where 16-bit colours are needed") }
    let pairs = try decode(bytes, header, .deepColours, path)
    return (header.size, (0..<3 * header.size.area).map { UInt16(pairs[2 * $0]) << 8 | UInt16(pairs[2 * $0 + 1]) })
  }

  /// What a pixel becomes.
  private enum Form {
    case numbers, colours, deepColours

    var bytes: Int { self == .numbers ? 1 : self == .colours ? 3 : 6 }
    var code: Int32 { self == .numbers ? 0 : self == .colours ? 1 : Int32(segue_png_deep) }
  }

  private static func decode(_ bytes: [UInt8], _ header: Header, _ form: Form, _ path: String?) throws -> [UInt8] {
    try checkRoom(for: header, in: bytes.count, path)
    let count = header.size.area * form.bytes
    return try [UInt8](unsafeUninitializedCapacity: count) { pixels, filled in
      var picture = segue_png_picture()
      picture.pixels = pixels.baseAddress
      picture.width = UInt32(header.size.width)
      picture.height = UInt32(header.size.height)
      picture.colour = form.code
      let reason = bytes.withUnsafeBufferPointer { bytes in
        var source = segue_png_source(bytes: bytes.baseAddress, count: bytes.count, position: 0, chunk: 8)
        return reasonOfFailure { segue_png_decode(&source, &picture, $0) }
      }
      if let reason { throw ImagingError(path: path, reason: "it is damaged: \(reason)") }
      filled = count
    }
  }

  /// Calls a function of the shim; nil where it succeeded, else what it says.
  static func reasonOfFailure(_ body: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(segue_png_reason_size)) { reason in
      reason.initialize(repeating: 0)
      return body(reason.baseAddress!) == 1 ? nil : String(cString: reason.baseAddress!)
    }
  }
}
