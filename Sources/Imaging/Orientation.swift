/// How a camera was held, as EXIF notes it beside the pixels: 1 as they are stored, 3 upside down, 6 and 8 on a side, the even and odd others
/// mirrored too. Pixels are read as they are stored, as Pillow and OpenCV's data readers do; whoever pairs them with labels can see that a viewer
/// would turn them.
enum Orientation {
  private static let tag = 0x0112, short = 3

  /// The note in a TIFF header with its first directory; nil where there is none that is meant, or it is 1.
  static func noted(in tiff: some RandomAccessCollection<UInt8>) -> Int? {
    let bytes = Array(tiff.prefix(1 << 16))
    guard bytes.count >= 14 else { return nil }
    let isLittle = bytes.starts(with: Array("II*\0".utf8))
    guard isLittle || bytes.starts(with: Array("MM\0*".utf8)) else { return nil }
    func number(_ place: Int, _ count: Int) -> Int {
      let part = bytes[place..<place + count]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
    let directory = number(4, 4)
    guard directory >= 8, directory + 2 <= bytes.count else { return nil }
    for entry in 0..<number(directory, 2) {
      let place = directory + 2 + 12 * entry
      guard place + 12 <= bytes.count else { return nil }
      guard number(place, 2) == tag, number(place + 2, 2) == short else { continue }
      let value = number(place + 8, 2)
      return (2...8).contains(value) ? value : nil
    }
    return nil
  }
}

extension JPEG {
  public static func orientation(_ bytes: [UInt8]) -> Int? {
    var place = 2
    while true {
      while place < bytes.count, bytes[place] == 0xFF { place += 1 }
      guard place + 2 < bytes.count, bytes[place - 1] == 0xFF else { return nil }
      let marker = bytes[place], length = Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
      guard length >= 2, place + 1 + length <= bytes.count, marker != 0xD9, marker != 0xDA else { return nil }
      let segment = bytes[place + 3..<place + 1 + length]
      if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) { return Orientation.noted(in: segment.dropFirst(6)) }
      place += 1 + length
    }
  }
}

extension PNG {
  public static func orientation(_ bytes: [UInt8]) -> Int? {
    var place = signature.count
    while bytes.count - place >= 12 {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count - place - 12 >= length else { return nil }
      let content = bytes[place + 8..<place + 8 + length]
      switch String(decoding: bytes[place + 4..<place + 8], as: UTF8.self) {
      case "eXIf": return Orientation.noted(in: content)
      case "IEND": return nil
      default: place += length + 12
      }
    }
    return nil
  }
}
