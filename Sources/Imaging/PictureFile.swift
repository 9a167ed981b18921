/// A form of picture files that is read.
///
/// To add one, write a file with a type of this protocol, and put it into ``PictureFile/codecs``.
public protocol PictureCodec: Sendable {
  /// As people call it.
  static var name: String { get }
  /// The endings of its files' names, in small letters.
  static var fileExtensions: [String] { get }
  /// How many of a file's first bytes show its header: mostly the first of these numbers, else one of the others.
  static var headLengths: [Int] { get }

  /// Whether a file that begins with these bytes, of which 8 are enough, is of this form.
  static func begins(_ head: [UInt8]) -> Bool

  /// - Throws: `ImagingError` naming `path` where there is no header, or it asks for a picture that is too large.
  static func header(_ bytes: [UInt8], path: String?) throws -> PictureHeader

  /// The header of a file of `size` bytes that begins with `head`.
  ///
  /// - Throws: `ImagingError` as ``header(_:path:)``, and where so many bytes cannot be such a picture.
  static func header(_ head: [UInt8], ofFileOf size: Int, path: String?) throws -> PictureHeader

  /// Whether a file that ends with these bytes, of which 12 are enough, ends where a picture does.
  static func isEnd(_ tail: [UInt8]) -> Bool

  /// Fails where the bytes are damaged.
  ///
  /// - Returns: the header.
  @discardableResult static func verify(_ bytes: [UInt8], path: String?) throws -> PictureHeader

  /// How a camera says that it was held, as EXIF's number; nil where the pixels are stored as they are to be seen, or nothing is said.
  static func orientation(_ bytes: [UInt8]) -> Int?

  /// The picture as 8-bit red, green and blue, as it is stored.
  static func decodeImage(_ bytes: [UInt8], path: String?) throws -> Image
}

/// Pictures as files of any form that is read.
public enum PictureFile {
  public static let codecs: [any PictureCodec.Type] = [PNG.self, JPEG.self]

  /// The largest side and the largest area that is read. A header that asks for more is taken for damage, before memory is reserved.
  public static let largestSide = 65_536
  public static let largestArea = 256 << 20
  /// What a file may hold besides its pixels, in bytes: profiles, text.
  static let spareRoom = 64 << 20

  public static var fileExtensions: [String] { codecs.flatMap { $0.fileExtensions } }
  /// "PNG and JPEG"
  static var names: String { codecs.map { $0.name }.joined(separator: " and ") }

  /// What reads a file that begins so; PNG's words say what anything else is.
  public static func codec(of head: [UInt8]) -> any PictureCodec.Type { codecs.first { $0.begins(head) } ?? PNG.self }

  /// The picture in these bytes, as its codec reads it.
  public static func decodeImage(_ bytes: [UInt8], path: String? = nil) throws -> Image { try codec(of: Array(bytes.prefix(8))).decodeImage(bytes, path: path) }
}
