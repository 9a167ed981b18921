import Imaging

/// The picture from an integer formula that scripts/reference-imaging.py computes too.
func noise(_ width: Int, _ height: Int, channels: Int) -> [UInt8] {
  (0..<width * height * channels).map { i in
    let isJumping = (i / (width * channels)).isMultiple(of: 3)
    return isJumping ? UInt8(UInt32(truncatingIfNeeded: i * 2_654_435_761) >> 24) : UInt8(i * 7 / (3 * channels) % 256)
  }
}

func picture(_ width: Int, _ height: Int) -> Image {
  Image(size: PixelSize(width, height), pixels: noise(width, height, channels: 3))
}

func map(_ width: Int, _ height: Int) -> IndexMap {
  IndexMap(size: PixelSize(width, height), values: noise(width, height, channels: 1))
}

/// FNV-1a of 64 bits.
func checksum(_ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
}
