import CPNG

extension PNG {
  /// Goes through all chunks of a file, whose lengths and checksums must be right: a bit that was flipped on a disk or in copying is found
  /// without inflating anything. What follows the end is ignored, as everywhere.
  ///
  /// - Throws: `ImagingError` naming `path` and the chunk.
  @discardableResult public static func verify(_ bytes: [UInt8], path: String? = nil) throws -> Header {
    let header = try header(bytes, path: path)
    func damaged(_ how: String) -> ImagingError { ImagingError(path: path, reason: "it is damaged: \(how)") }
    try bytes.withUnsafeBufferPointer { bytes in
      func number(at i: Int) -> Int { bytes[i..<i + 4].reduce(0) { $0 << 8 | Int($1) } }
      var place = signature.count
      while true {
        guard bytes.count - place >= 12 else { throw damaged("the file ends early") }
        let length = number(at: place), name = bytes[place + 4..<place + 8]
        guard bytes.count - place - 12 >= length else { throw damaged("the file ends early") }
        let sum = segue_png_checksum(bytes.baseAddress! + place + 4, length + 4)
        guard sum == UInt32(truncatingIfNeeded: number(at: place + 8 + length)) else {
          let isWord = name.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 & ~32 }
          throw damaged("the checksum of its \(isWord ? String(decoding: name, as: UTF8.self) + " chunk" : "chunk at byte \(place)") is wrong")
        }
        if name.elementsEqual("IEND".utf8) { return }
        place += length + 12
      }
    }
    return header
  }
}
