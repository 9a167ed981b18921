public import Imaging
public import Storage

/// What reading every byte of a picture's or a label's file shows: whether it is whole, and which values a label holds. Whoever has read
/// the file may remember it as text, for as long as the file stays as it is (`FileExamination+Text`).
public struct FileExamination: Hashable, Sendable {
  /// What is looked for.
  public enum Use: String, Sendable, CaseIterable {
    /// Damage, by checksums; the largest value of 16-bit pictures, whose upper bytes alone are used.
    case picture
    /// Damage, by decoding; the numbers or colours.
    case label
    /// The same for labels whose class is the first channel of a colour.
    case firstChannel
  }

  /// Raised when the same bytes show something else.
  public static let version = 2

  /// What nobody would draw a label with.
  private static let mostColours = 65_536

  /// Nil where the file has none, or one that is not read.
  public internal(set) var header: PictureHeader?
  /// Why the file cannot be used, as the end of a sentence.
  public internal(set) var fault: String?
  /// How often each number of a label occurs.
  public internal(set) var numbers: [Int: Int] = [:]
  /// How often each colour of a label occurs, red, green and blue in one number.
  public internal(set) var colours: [Int: Int] = [:]
  /// Of a 16-bit picture.
  public internal(set) var largest: Int?
  /// How a camera was held, as EXIF's number, of a picture that is to be turned to be seen upright; it is read as it is stored.
  public internal(set) var orientation: Int?

  static let none = FileExamination()
  init() {}

  public var size: PixelSize { header?.size ?? PixelSize(0, 0) }

  /// What the pixels are: "8-bit palette indices".
  public var pixels: String {
    guard let header else { return "no pixels" }
    let name = switch header.kind {
    case .palette: "palette indices"
    case .grey: "grey levels"
    case .greyAndAlpha: "grey levels with transparency"
    case .colourAndAlpha: "colours with transparency"
    case .colour: "colours"
    }
    return "\(header.depth)-bit \(name)"
  }

  /// Looks at the bytes of a file.
  public init(_ bytes: [UInt8], for use: Use) {
    do {
      // Labels are exact numbers, which PNG alone keeps.
      let codec: any PictureCodec.Type = use == .picture ? PictureFile.codec(of: Array(bytes.prefix(8))) : PNG.self
      let header = try codec.header(bytes, path: nil)
      self.header = header
      try codec.verify(bytes, path: nil)
      switch use {
      case .picture:
        orientation = codec.orientation(bytes)
        if header.depth == 16 { largest = try PNG.decodeDeepColours(bytes).values.max().map(Int.init) }
      case .firstChannel: if header.isColoured { numbers = try FileExamination.counts(PNG.firstChannel(bytes).values) }
      case .label:
        if header.holdsIndices { numbers = try FileExamination.counts(PNG.decodeIndices(bytes).values) }
        if header.holdsColours { colours = try FileExamination.counts(of: PNG.decodeImage(bytes)) }
        if colours.count > FileExamination.mostColours {
          colours = [:]
          fault = "it holds more than \(FileExamination.mostColours) colours, as pictures do and labels do not"
        }
      }
    } catch {
      fault = (error as? ImagingError)?.reason ?? "\(error)"
    }
  }

  private static func counts(_ values: [some FixedWidthInteger & UnsignedInteger]) -> [Int: Int] {
    var counts = [Int](repeating: 0, count: Int(values.max() ?? 0) + 1)
    for value in values { counts[Int(value)] += 1 }
    return Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) })
  }

  private static func counts(of picture: Image) -> [Int: Int] {
    var counts: [Int: Int] = [:], last = -1, run = 0
    for i in 0..<picture.size.area {
      let (red, green, blue) = (Int(picture.pixels[3 * i]), Int(picture.pixels[3 * i + 1]), Int(picture.pixels[3 * i + 2]))
      let colour: Int = red << 16 | green << 8 | blue
      if colour != last {
        if run > 0 { counts[last, default: 0] += run }
        (last, run) = (colour, 0)
      }
      run += 1
    }
    if run > 0 { counts[last, default: 0] += run }
    return counts
  }

  /// Looks at the first and last bytes of a file: one that is no picture, or was cut off in copying, is told apart without reading it.
  ///
  /// - Throws: `ImagingError` naming the file, `FileError` where it cannot be read.
  public static func probe(_ path: String, in fileSystem: any FileSystem = LocalFileSystem(), for use: Use) throws {
    if use == .picture { try PictureFile.probe(path, in: fileSystem) } else { try PNG.probe(path, in: fileSystem) }
  }

  /// Looks at a file, whose first bytes must be those of a picture before the rest is read.
  ///
  /// - Throws: `ImagingError` naming the file where it is no picture, `FileError` where it cannot be read.
  public static func read(_ path: String, in fileSystem: any FileSystem = LocalFileSystem(), for use: Use) throws -> FileExamination {
    try probe(path, in: fileSystem, for: use)
    return FileExamination(try fileSystem.read(path), for: use)
  }
}
