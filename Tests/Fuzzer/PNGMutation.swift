import TestSupport

/// PNG files with slips under right checksums, so that they reach what lies behind: filters, palettes, interlacing, chunks in wrong order.
enum PNGMutation {
  private struct Chunk {
    var name: String
    var content: [UInt8]
  }

  private static let pictures: [TinyPNG] = {
    var pictures: [TinyPNG] = []
    for (kind, depths) in [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])] {
      for depth in depths {
        for isInterlaced in [false, true] {
          let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][kind]!
          var picture = TinyPNG(width: 9, height: 7, kind: kind, depth: depth, samples: (0..<63 * channels).map { $0 * 37 & (1 << min(depth, 8) - 1) }, isInterlaced: isInterlaced)
          if kind == 3 { picture.extra.append(("PLTE", (0..<3 << min(depth, 6)).map { UInt8(truncatingIfNeeded: 5 * $0) })) }
          if depth == 8 { picture.extra += [("tEXt", Array("a\0b".utf8)), ("eXIf", TinyJPEG.exif(6)), ("gAMA", [0, 0, 0xB1, 0x8F])] }
          if kind == 3 { picture.extra.append(("tRNS", [0, 128])) }
          pictures.append(picture)
        }
      }
    }
    return pictures
  }()

  private static let files = pictures.map(\.bytes)
  private static let parts = files.map(chunks)

  private static func chunks(_ file: [UInt8]) -> [Chunk] {
    var place = 8, found: [Chunk] = []
    while place + 12 <= file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      found.append(Chunk(name: String(decoding: file[place + 4..<place + 8], as: UTF8.self), content: Array(file[place + 8..<place + 8 + length])))
      place += length + 12
    }
    return found
  }

  /// One in eight is damaged anywhere, which checksums mostly see.
  static func bytes(_ number: Int) -> [UInt8] {
    let pick = number % files.count
    if number % 8 == 7 { return Mutation.bytes(number, of: files[pick]) }
    var dice = Mutation.Dice(number), chunks = parts[pick]
    for _ in 0...dice.roll(3) {
      guard !chunks.isEmpty else { break }
      let at = dice.roll(chunks.count)
      switch dice.roll(10) {
      case 0: chunks.remove(at: at)
      case 1: chunks.insert(chunks[at], at: dice.roll(chunks.count + 1))
      case 2: chunks.swapAt(at, dice.roll(chunks.count))
      case 3: chunks[at].name = ["PLTE", "tRNS", "IDAT", "IEND", "zTXt", "iCCP", "eXIf", "abcd", "ABCD", "sBIT"][dice.roll(10)]
      case 4 where chunks[at].name == "IDAT": chunks[at].content = TinyPNG.deflated(zeros: 1 + dice.roll(5000))
      case 5 where chunks[at].name == "IDAT":
        // The rows themselves, in whole streams: filters, samples, too few or too many.
        let rows = Array(chunks[at].content.dropFirst(7).dropLast(4))
        chunks[at].content = TinyPNG.stored(Mutation.bytes(number &+ at, of: rows))
      case 6 where chunks[at].content.count > 1:
        let cut = 1 + dice.roll(chunks[at].content.count - 1)
        chunks.insert(Chunk(name: chunks[at].name, content: Array(chunks[at].content[cut...])), at: at + 1)
        chunks[at].content.removeSubrange(cut...)
      default: chunks[at].content = Mutation.bytes(number &+ 31 &* at, of: chunks[at].content)
      }
    }
    return Array(files[pick].prefix(8)) + chunks.flatMap { TinyPNG.chunk($0.name, $0.content) }
  }
}
