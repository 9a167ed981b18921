import Imaging

/// Which files are pictures or labels, by their names.
enum PictureFiles {
  /// Whether it may be a picture or a label, also one of a form that is not read.
  static func isPicture(_ path: String) -> Bool { endings.contains(ending(path)) || foreign[ending(path)] != nil }

  static func isLabelRead(_ path: String) -> Bool { PNG.fileExtensions.contains(ending(path)) }

  /// Why a file that holds a picture is not read, as the end of a sentence; nil for those that are and for what is none.
  static func reasonNotToRead(_ path: String) -> String? { foreign[ending(path)].map { "it is \($0), which is not read; convert it to PNG" } }

  /// The same of a file that holds a label.
  static func reasonNotToReadLabel(_ path: String) -> String? {
    guard !isLabelRead(path), endings.contains(ending(path)) else { return reasonNotToRead(path) }
    return "it is a JPEG, which does not keep a label's numbers; labels are read from PNG"
  }

  /// The path without the file's ending.
  static func withoutEnding(_ path: String) -> String {
    let ending = ending(path)
    return ending.isEmpty ? path : String(path.dropLast(ending.count + 1))
  }

  /// The path without the ending.
  static func stem(_ path: String) -> String {
    let name = Listing.lastPart(path)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private static func ending(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(path[path.index(after: $0)...]).lowercased() } ?? ""
  }

  private static let endings = Set(PictureFile.fileExtensions)

  private static let foreign = [
    "bmp": "a BMP", "gif": "a GIF", "tif": "a TIFF", "tiff": "a TIFF", "webp": "a WebP",
    "ppm": "a PPM", "pgm": "a PGM", "jp2": "a JPEG 2000", "heic": "an HEIC", "avif": "an AVIF", "exr": "an OpenEXR", "npy": "a NumPy array", "npz": "a NumPy archive",
    "mat": "a MATLAB file",
  ]
}
