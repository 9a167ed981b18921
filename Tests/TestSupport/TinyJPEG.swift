import Foundation

/// A JPEG file of 8 x 6 pixels in colour, as Pillow wrote it.
public enum TinyJPEG {
  public static let bytes = [UInt8](Data(base64Encoded: text)!)

  /// The same with EXIF's note of how a camera was held, of either byte order.
  public static func held(_ orientation: UInt8, isLittle: Bool = true) -> [UInt8] {
    let note = exif(orientation, isLittle: isLittle)
    return Array(bytes.prefix(2)) + [0xFF, 0xE1, 0, UInt8(note.count + 8)] + Array("Exif\0\0".utf8) + note + bytes.dropFirst(2)
  }

  /// A TIFF header and a directory of one entry.
  public static func exif(_ orientation: UInt8, isLittle: Bool = true) -> [UInt8] {
    isLittle ? Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
      : Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  }

  private static let text = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//\
    2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAGAAgDASIAAhEBAxEB/8QA\
    FQABAQAAAAAAAAAAAAAAAAAAAAP/xAAZEAEAAgMAAAAAAAAAAAAAAAAAAwUGITL/xAAVAQEBAAAAAAAAAAAAAAAAAAADBP/EABwRAAIABwAAAAAAAAAAAAAA\
    AAADAQQFEhMiMf/aAAwDAQACEQMRAD8AhW47BrkBA57LuiU2Zdghsf/Z
    """
}
