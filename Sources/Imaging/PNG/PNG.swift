/// Pictures and label maps as PNG files, by libpng.
public enum PNG: PictureCodec {
  public static let name = "PNG"
  public static let fileExtensions = ["png"]
  public static let headLengths = [33]
  static let largestSide = PictureFile.largestSide, largestArea = PictureFile.largestArea

  public static func begins(_ head: [UInt8]) -> Bool { head.starts(with: signature) }

  public typealias Header = PictureHeader

  /// The header that these bytes of a file begin with; 33 of them are enough.
  ///
  /// - Throws: `ImagingError` where they are not the head of a PNG, or ask for a picture that is too large.
  public static func header(_ bytes: [UInt8], path: String? = nil) throws -> Header {
    func wrong(_ reason: String) -> ImagingError { ImagingError(path: path, reason: reason) }
    guard !bytes.isEmpty else { throw wrong("it is empty") }
    guard bytes.starts(with: signature.prefix(bytes.count)) else { throw wrong("it is not a PNG file" + guess(bytes)) }
    guard bytes.count >= 33 else { throw wrong("it is damaged: the file ends early") }
    guard bytes[8..<16].elementsEqual([0, 0, 0, 13] + Array("IHDR".utf8)) else { throw wrong("it is damaged: it has no header") }
    func number(at i: Int) -> Int { bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) } }
    let size = PixelSize(number(at: 16), number(at: 20))
    guard size.width > 0, size.height > 0 else { throw wrong("it is damaged: its size is \(size)") }
    guard size.width <= largestSide, size.height <= largestSide, size.area <= largestArea else {
      throw wrong("its header asks for \(size) pixels, more than the \(largestArea >> 20) million that are read")
    }
    let depth = Int(bytes[24])
    guard let kind = Header.Kind(rawValue: bytes[25]), kind.depths.contains(depth), bytes[28] <= 1 else {
      throw wrong("it is damaged: there are no pixels of kind \(bytes[25]) with \(depth) bits")
    }
    return Header(size: size, kind: kind, depth: depth, isInterlaced: bytes[28] == 1)
  }

  /// The header of a file of `size` bytes that begins with `head`, of which 33 bytes are enough.
  ///
  /// - Throws: `ImagingError` as `header(_:)`, and where so many bytes cannot be such a picture.
  public static func header(_ head: [UInt8], ofFileOf size: Int, path: String? = nil) throws -> Header {
    let header = try header(head, path: path)
    try checkRoom(for: header, in: size, path)
    return header
  }

  /// Whether a file that ends with these bytes, of which 12 are enough, ends where a picture does. Bytes after the end are allowed, but
  /// rare.
  public static func isEnd(_ tail: [UInt8]) -> Bool { tail.suffix(end.count).elementsEqual(end) }

  /// Deflate makes at most 1032 bytes of one, so a file much shorter than its picture cannot hold it.
  static func checkRoom(for header: Header, in bytes: Int, _ path: String?) throws {
    let raw = (header.size.width * header.kind.channels * header.depth + 7) / 8 * header.size.height
    guard raw / 1032 <= bytes else {
      throw ImagingError(path: path, reason: "it is damaged: its header asks for \(header.size) pixels, which \(bytes) bytes cannot hold")
    }
    guard bytes <= 2 * raw + PictureFile.spareRoom else {
      throw ImagingError(path: path, reason: "it has \(bytes) bytes, far more than a picture of \(header.size) takes")
    }
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]

  private static func guess(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: Array("version https://git-lfs".utf8)) { return " but a pointer to one that Git LFS has not fetched" }
    guard let other = others.first(where: { bytes.dropFirst($0.offset).starts(with: $0.start) }) else { return "" }
    return " but \(other.name); \(other.name == jpeg ? "labels are read from PNG alone" : "\(PictureFile.names) are read")"
  }

  /// What other files that lie where pictures are expected begin with.
  private static let jpeg = "a JPEG"
  private static let others: [(name: String, offset: Int, start: [UInt8])] = [
    (jpeg, 0, [0xFF, 0xD8, 0xFF]), ("a GIF", 0, Array("GIF8".utf8)), ("a BMP", 0, Array("BM".utf8)), ("a WebP", 8, Array("WEBP".utf8)),
    ("a TIFF", 0, Array("II*\0".utf8)), ("a TIFF", 0, Array("MM\0*".utf8)), ("a JPEG 2000", 4, Array("jP  ".utf8)), ("an HEIF or AVIF", 4, Array("ftyp".utf8)),
    ("a NumPy array", 1, Array("NUMPY".utf8)), ("a ZIP archive", 0, Array("PK\u{3}\u{4}".utf8)), ("a web page", 0, Array("<!DOCTYPE".utf8)),
    ("a web page", 0, Array("<html".utf8)),
  ]
}
