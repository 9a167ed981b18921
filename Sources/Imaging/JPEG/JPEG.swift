import CJPEG

/// Pictures as JPEG files, by libjpeg. They are read and never written: what is written here is to come back bit for bit.
public enum JPEG: PictureCodec {
  public static let name = "JPEG"
  public static let fileExtensions = ["jpg", "jpeg", "jpe", "jfif"]
  /// Cameras put previews and notes before the header.
  public static let headLengths = [1 << 16, 1 << 24]

  public static func begins(_ head: [UInt8]) -> Bool { head.starts(with: [0xFF, 0xD8, 0xFF]) }

  /// What the segment says that begins a frame. It may lie behind much that cameras note.
  ///
  /// - Throws: `ImagingError` where there is none, or it asks for a picture that is too large or of another sort.
  public static func header(_ bytes: [UInt8], path: String? = nil) throws -> PictureHeader {
    func wrong(_ reason: String) -> ImagingError { ImagingError(path: path, reason: reason) }
    guard begins(bytes) else { throw wrong("it is not a JPEG file") }
    var place = 2
    while true {
      // Any number of 0xFF may stand before a marker.
      while place < bytes.count, bytes[place] == 0xFF { place += 1 }
      guard place + 2 < bytes.count else { throw wrong("it is damaged: the file ends early") }
      let marker = bytes[place], length = Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
      guard bytes[place - 1] == 0xFF, length >= 2, marker != 0xD9, marker != 0xDA else { throw wrong("it is damaged: it has no header") }
      if isFrame(marker) { return try header(ofFrame: Array(bytes[(place + 1)...].prefix(length)), marker, wrong) }
      place += 1 + length
    }
  }

  public static func header(_ head: [UInt8], ofFileOf size: Int, path: String?) throws -> PictureHeader {
    let header = try header(head, path: path)
    try checkRoom(for: header, in: size, path)
    return header
  }

  public static func isEnd(_ tail: [UInt8]) -> Bool { tail.suffix(2).elementsEqual([0xFF, 0xD9]) }

  /// A block of 64 pixels takes at least a bit in each pass, and far more than its pixels only where there is something else.
  private static func checkRoom(for header: PictureHeader, in bytes: Int, _ path: String?) throws {
    guard header.size.area / 512 <= bytes else {
      throw ImagingError(path: path, reason: "it is damaged: its header asks for \(header.size) pixels, which \(bytes) bytes cannot hold")
    }
    guard bytes <= 12 * header.size.area + PictureFile.spareRoom else {
      throw ImagingError(path: path, reason: "it has \(bytes) bytes, far more than a picture of \(header.size) takes")
    }
  }

  /// Markers 0xC0 to 0xCF but for tables (C4), a reserved one (C8) and conditions of arithmetic coding (CC).
  private static func isFrame(_ marker: UInt8) -> Bool { marker & 0xF0 == 0xC0 && ![0xC4, 0xC8, 0xCC].contains(marker) }

  private static func header(ofFrame frame: [UInt8], _ marker: UInt8, _ wrong: (String) -> ImagingError) throws -> PictureHeader {
    guard frame.count >= 8 else { throw wrong("it is damaged: the file ends early") }
    let size = PixelSize(Int(frame[5]) << 8 | Int(frame[6]), Int(frame[3]) << 8 | Int(frame[4])), depth = Int(frame[2]), channels = Int(frame[7])
    guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(marker) else { throw wrong("it is a lossless or hierarchical JPEG, which is not read") }
    guard depth == 8 else { throw wrong("its pixels have \(depth) bits, and JPEG is read with 8") }
    guard channels == 1 || channels == 3 else { throw wrong("it has \(channels) channels, as for printing; only grey levels and colours are read") }
    guard size.width > 0, size.height > 0 else { throw wrong("it is damaged: its size is \(size)") }
    guard size.area <= PictureFile.largestArea else {
      throw wrong("its header asks for \(size) pixels, more than the \(PictureFile.largestArea >> 20) million that are read")
    }
    return PictureHeader(size: size, kind: channels == 1 ? .grey : .colour, depth: 8, isInterlaced: marker == 0xC2 || marker == 0xCA)
  }

  /// As Pillow and OpenCV read it with libjpeg-turbo: the exact integer transform, smooth upsampling of the colours. A camera's note of how it
  /// was held and colour profiles are ignored.
  ///
  /// - Throws: `ImagingError` naming `path` where the bytes are damaged or end early.
  public static func decodeImage(_ bytes: [UInt8], path: String? = nil) throws -> Image {
    let header = try header(bytes, ofFileOf: bytes.count, path: path), count = 3 * header.size.area
    let pixels = try [UInt8](unsafeUninitializedCapacity: count) { pixels, filled in
      let reason = bytes.withUnsafeBufferPointer { bytes in
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(segue_jpeg_reason_size)) { reason -> String? in
          reason.initialize(repeating: 0)
          let isDone = segue_jpeg_decode(bytes.baseAddress, bytes.count, pixels.baseAddress, UInt32(header.size.width), UInt32(header.size.height), reason.baseAddress!)
          return isDone == 1 ? nil : String(cString: reason.baseAddress!)
        }
      }
      if let reason { throw ImagingError(path: path, reason: "it is damaged: \(reason)") }
      filled = count
    }
    return Image(size: header.size, pixels: pixels)
  }

  /// There are no checksums: what is damaged is seen by decoding, as far as it is seen at all.
  @discardableResult public static func verify(_ bytes: [UInt8], path: String? = nil) throws -> PictureHeader {
    _ = try decodeImage(bytes, path: path)
    return try header(bytes, path: path)
  }
}
