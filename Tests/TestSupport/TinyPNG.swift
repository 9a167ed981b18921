/// PNG files of every kind, written without libpng: the independent half of the decoding tests. Pixels are not compressed.
public struct TinyPNG: Sendable {
  public var width: Int
  public var height: Int
  /// PNG's number: 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.
  public var kind: Int
  public var depth: Int
  /// Samples of each pixel one after the other, rows from the top.
  public var samples: [Int]
  public var isInterlaced = false
  /// Chunks between the header and the pixels: name and bytes.
  public var extra: [(String, [UInt8])] = []

  public init(width: Int, height: Int, kind: Int, depth: Int, samples: [Int], isInterlaced: Bool = false, extra: [(String, [UInt8])] = []) {
    (self.width, self.height, self.kind, self.depth, self.samples) = (width, height, kind, depth, samples)
    (self.isInterlaced, self.extra) = (isInterlaced, extra)
  }

  public var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][kind]! }

  public var bytes: [UInt8] { header + extra.flatMap { TinyPNG.chunk($0, $1) } + TinyPNG.chunk("IDAT", TinyPNG.stored(lines)) + TinyPNG.chunk("IEND", []) }

  /// The first 33 bytes.
  public var header: [UInt8] {
    let fields = TinyPNG.big(width) + TinyPNG.big(height) + [UInt8(depth), UInt8(kind), 0, 0, isInterlaced ? 1 : 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + TinyPNG.chunk("IHDR", fields)
  }

  /// Filter byte and packed samples of each row; of each row of each of Adam7's passes where interlaced.
  private var lines: [UInt8] {
    let passes = isInterlaced
      ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] : [(0, 0, 1, 1)]
    var out: [UInt8] = []
    for (x0, y0, dx, dy) in passes where x0 < width {
      for y in stride(from: y0, to: height, by: dy) {
        out.append(0)
        var bits: [Int] = []
        for x in stride(from: x0, to: width, by: dx) {
          for c in 0..<channels {
            let sample = samples[(y * width + x) * channels + c]
            bits += (0..<depth).reversed().map { sample >> $0 & 1 }
          }
        }
        while !bits.count.isMultiple(of: 8) { bits.append(0) }
        out += stride(from: 0, to: bits.count, by: 8).map { i in bits[i..<i + 8].reduce(0) { $0 << 1 | UInt8($1) } }
      }
    }
    return out
  }

  /// A zlib stream of stored blocks.
  public static func stored(_ data: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, data.count), count = end - start
      out += [end == data.count ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
      out += data[start..<end]
      start = end
    } while start < data.count
    let (a, b) = data.reduce((1, 0)) { sums, byte in ((sums.0 + Int(byte)) % 65_521, (sums.1 + sums.0 + Int(byte)) % 65_521) }
    return out + TinyPNG.big(b << 16 | a)
  }

  /// A zlib stream that becomes so many zeros: copies of 258 bytes, 13 bits each, as small as deflate can be.
  public static func deflated(zeros count: Int) -> [UInt8] {
    precondition(count > 0)
    var out: [UInt8] = [0x78, 0x01], bits: UInt32 = 0, filled: UInt32 = 0
    func put(_ value: UInt32, _ length: UInt32) {
      bits |= value << filled
      filled += length
      while filled >= 8 { out.append(UInt8(bits & 255)); bits >>= 8; filled -= 8 }
    }
    // Codes of the fixed table begin with their highest bit, so they are written here in reverse.
    put(1, 1)  // the last block
    put(0b01, 2)  // fixed codes
    let literal: (UInt32, UInt32) = (0b0000_1100, 8), copy: (UInt32, UInt32) = (0b1010_0011, 8), end: (UInt32, UInt32) = (0, 7)
    put(literal.0, literal.1)
    let copies = (count - 1) / 258
    for _ in 0..<copies {
      put(copy.0, copy.1)
      put(0, 5)  // of the byte before
    }
    for _ in 0..<((count - 1) % 258) { put(literal.0, literal.1) }
    put(end.0, end.1)
    if filled > 0 { out.append(UInt8(bits & 255)) }
    // Adler-32 of zeros: the first sum stays 1, the second counts them.
    return out + TinyPNG.big((count % 65_521) << 16 | 1)
  }

  /// With its length and checksum.
  public static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    var crc: UInt32 = ~0
    body.withUnsafeBufferPointer { body in
      table.withUnsafeBufferPointer { table in for byte in body { crc = table[Int((crc ^ UInt32(byte)) & 255)] ^ crc >> 8 } }
    }
    return big(data.count) + body + big(Int(~crc))
  }

  /// What the checksum makes of each byte.
  private static let table: [UInt32] = (0..<256).map { byte in (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 } }

  private static func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
}
