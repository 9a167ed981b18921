/// Which files are pictures, by their names.
enum PictureFiles {
  static func isRead(_ path: String) -> Bool { ending(path) == "png" }

  /// Why a file that holds a picture or a label is not read, as the end of a sentence; nil for PNG and for what is neither.
  static func reasonNotToRead(_ path: String) -> String? {
    foreign[ending(path)].map { "it is \($0), which is not read yet; convert it to PNG" }
  }

  /// The path without the ending.
  static func stem(_ path: String) -> String {
    let name = Listing.lastPart(path)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func ending(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(path[path.index(after: $0)...]).lowercased() } ?? ""
  }

  private static let foreign = [
    "jpg": "a JPEG", "jpeg": "a JPEG", "jpe": "a JPEG", "jfif": "a JPEG", "bmp": "a BMP", "gif": "a GIF", "tif": "a TIFF", "tiff": "a TIFF", "webp": "a WebP",
    "ppm": "a PPM", "pgm": "a PGM", "jp2": "a JPEG 2000", "heic": "an HEIC", "avif": "an AVIF", "exr": "an OpenEXR", "npy": "a NumPy array", "npz": "a NumPy archive",
    "mat": "a MATLAB file",
  ]
}
