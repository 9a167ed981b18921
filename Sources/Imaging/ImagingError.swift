/// Why a picture could not be read or written, in a sentence that names it.
public struct ImagingError: Error, Hashable, CustomStringConvertible {
  /// The file, as the caller named it; nil for bytes that came from no file.
  public let path: String?
  /// What is wrong, as the end of a sentence: "it is not a PNG file".
  public let reason: String

  public init(path: String?, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "cannot read \(path ?? "the picture"): \(reason)" }
}
