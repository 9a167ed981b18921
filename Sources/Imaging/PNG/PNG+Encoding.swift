import CPNG

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension PNG {
  /// The bytes of an 8-bit RGB file. The same picture gives the same bytes with the same zlib.
  public static func encode(_ image: Image) -> [UInt8] {
    encode(image.pixels, image.size, colour: true, palette: nil)
  }

  /// The bytes of an 8-bit file of one number a pixel: grey levels, or indices of `palette`, whose at most 256 colours viewers show.
  ///
  /// The palette must reach as far as the largest value; the rest of it may be left out.
  public static func encode(_ map: IndexMap, palette: [(red: UInt8, green: UInt8, blue: UInt8)]? = nil) -> [UInt8] {
    if let palette {
      precondition((1...256).contains(palette.count), "a palette has 1 to 256 colours, not \(palette.count)")
      precondition(Int(map.values.max() ?? 0) < palette.count, "a value lies beyond the \(palette.count) colours of the palette")
    }
    return encode(map.values, map.size, colour: false, palette: palette?.flatMap { [$0.red, $0.green, $0.blue] })
  }

  private static func encode(_ pixels: [UInt8], _ size: PixelSize, colour: Bool, palette: [UInt8]?) -> [UInt8] {
    precondition(size.width > 0 && size.height > 0, "a picture of \(size) cannot be a PNG")
    var sink = segue_png_sink()
    defer { free(sink.bytes) }
    let reason = pixels.withUnsafeBufferPointer { pixels in
      var picture = segue_png_picture()
      picture.pixels = UnsafeMutablePointer(mutating: pixels.baseAddress)  // only read
      picture.width = UInt32(size.width)
      picture.height = UInt32(size.height)
      picture.colour = colour ? 1 : 0
      return reasonOfFailure { segue_png_encode(&sink, &picture, palette, Int32((palette?.count ?? 0) / 3), $0) }
    }
    precondition(reason == nil, "libpng cannot write a picture of \(size): \(reason ?? "")")
    return Array(UnsafeBufferPointer(start: sink.bytes, count: sink.count))
  }
}
