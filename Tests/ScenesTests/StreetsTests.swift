import Imaging
import Scenes
import Testing

/// The built-in streets: the same bytes everywhere, exactly aligned labels, every class.
@Suite struct StreetsTests {
  @Test(arguments: [
    (World.source, Streets.Split.train, 0, StreetScene.Look.source, 0x50F7_DE1C_9237_E9BF as UInt64),
    (.source, .val, 3, .source, 0x641E_0AC2_9F16_1A80),
    (.target, .train, 0, .target, 0xB42E_B532_6704_8778),
    (.target, .val, 7, .target, 0x5E3E_3341_E05D_D22F),
    (.source, .train, 1, .target, 0x4196_3CA2_1C12_60C9),
  ])
  func keepsItsBytes(world: World, split: Streets.Split, index: Int, look: StreetScene.Look, digest: UInt64) {
    let street = Streets.scene(world: world, split: split, index: index, seed: 7).render(look: look, size: Streets.size)
    let found = fingerprint(street.image.pixels + street.label.values)
    #expect(found == digest, "0x\(String(found, radix: 16)): the bytes changed, so Streets.version must change too")
  }

  @Test(arguments: [(World.source, 0x7661_F7D2_979B_7E27 as UInt64), (.target, 0x5BBA_DE85_7F48_C9B4)])
  func keepsTheBytesOfManySmallStreets(world: World, digest: UInt64) {
    let found = (0..<40).reduce(fingerprint([])) { digest, index in
      let street = Streets.scene(world: world, split: .val, index: index).render(look: .init(world), size: PixelSize(64, 32))
      return fingerprint(street.image.pixels + street.label.values, after: digest)
    }
    #expect(found == digest, "0x\(String(found, radix: 16)): the bytes changed, so Streets.version must change too")
  }

  @Test(arguments: [(Streets.Split.train, 0, 0x9828_ED47_595F_90EE as UInt64), (.val, 5, 0xF53D_AB33_B63B_F24B)])
  func variedStreetsKeepTheirBytes(split: Streets.Split, index: Int, digest: UInt64) {
    let street = Streets.varied(split: split, index: index).render(look: .varied, size: Streets.size)
    let found = fingerprint(street.image.pixels + street.label.values)
    #expect(found == digest, "0x\(String(found, radix: 16)): the bytes changed, so Streets.version must change too")
  }

  /// No colour means anything there: over many streets the mean colour of a class is as good as any other's.
  @Test func variedStreetsHaveNoColours() {
    var sums = [UInt8: (SIMD3<Double>, Double)]()
    for index in 0..<60 {
      let street = Streets.varied(split: .train, index: index).render(look: .varied, size: PixelSize(64, 32))
      for (place, label) in street.label.values.enumerated() where [0, 2, 8, 10].contains(label) {
        let colour = SIMD3((0..<3).map { Double(street.image.pixels[3 * place + $0]) })
        let (sum, count) = sums[label] ?? (.zero, 0)
        sums[label] = (sum + colour, count + 1)
      }
    }
    for (label, (sum, count)) in sums {
      let mean = sum / count
      #expect(mean.max() - mean.min() < 25, "class \(label) has the mean colour \(mean)")
    }
  }

  @Test(arguments: World.allCases, [0, 1, 17])
  func looksShareOneLabel(camera: World, index: Int) {
    let scene = Streets.scene(world: camera, split: .train, index: index)
    let size = PixelSize(128, 64)
    let (rendered, filmed) = (scene.render(look: .source, size: size), scene.render(look: .target, size: size))
    #expect(rendered.label == filmed.label)
    #expect(rendered.label == scene.label(size: size))
    #expect(rendered.image != filmed.image)
    #expect(scene.render(look: .varied, size: size).label == filmed.label)
    #expect(scene.render(look: .target, size: size) == filmed)
  }

  @Test(arguments: World.allCases)
  func everyClassOccurs(world: World) {
    var pixels = [Int](repeating: 0, count: 256)
    var images = pixels
    for index in 0..<Streets.Split.val.count {
      var found = [Int](repeating: 0, count: 256)
      for id in Streets.scene(world: world, split: .val, index: index).label(size: Streets.size).values { found[Int(id)] += 1 }
      for id in 0..<256 where found[id] > 0 {
        pixels[id] += found[id]
        images[id] += 1
      }
    }
    #expect(pixels[19..<255].allSatisfy { $0 == 0 }, "only train ids and 255")
    let total = pixels.reduce(0, +)
    for id in 0..<19 {
      #expect(images[id] >= 6, "class \(id) occurs in \(images[id]) of 50 streets")
      #expect(1000 * pixels[id] >= total, "class \(id) fills less than a thousandth: \(pixels[id])")
    }
    #expect(100 * pixels[255] < total, "what has no class is rare")
    #expect(5 * pixels[0] > total && 2 * pixels[0] < total, "roads fill a fifth to a half")
  }

  @Test(
    arguments: [PixelSize(32, 16), PixelSize(1, 1), PixelSize(97, 61), PixelSize(64, 128), PixelSize(512, 256)], World.allCases)
  func drawsAnySize(size: PixelSize, look: World) {
    let street = Streets.scene(world: look, split: .val, index: 2).render(look: .init(look), size: size)
    #expect(street.image.size == size)
    #expect(street.label.size == size)
  }

  @Test func sizeDoesNotMoveTheStreet() {
    // The label at half the size agrees with every other pixel of the whole one, but for edges.
    let scene = Streets.scene(world: .source, split: .train, index: 5)
    let (whole, half) = (scene.label(size: PixelSize(256, 128)), scene.label(size: PixelSize(128, 64)))
    var same = 0
    for y in 0..<64 { for x in 0..<128 where half.values[y * 128 + x] == whole.values[(2 * y + 1) * 256 + 2 * x + 1] { same += 1 } }
    #expect(Double(same) / Double(64 * 128) > 0.93)
  }

  @Test func noStreetOccursTwice() {
    var seeds: Set<UInt64> = []
    for seed in [0, 1, 7] as [UInt64] {
      for world in World.allCases {
        for split in Streets.Split.allCases {
          for index in 0..<2000 { seeds.insert(Streets.sceneSeed(world: world, split: split, index: index, seed: seed)) }
        }
      }
      for split in Streets.Split.allCases {
        for index in 0..<2000 { seeds.insert(Streets.varied(split: split, index: index, seed: seed).seed) }
      }
    }
    #expect(seeds.count == 3 * 3 * 2 * 2000)
  }

  @Test func worldsDiffer() {
    // The camera's world is flatter: its colours deviate less from their mean.
    func deviation(_ world: World) -> Double {
      var (sum, squares, count) = (0.0, 0.0, 0.0)
      for index in 0..<12 {
        for byte in Streets.scene(world: world, split: .val, index: index).render(look: .init(world), size: PixelSize(128, 64)).image
          .pixels
        {
          sum += Double(byte)
          squares += Double(byte) * Double(byte)
          count += 1
        }
      }
      return (squares / count - (sum / count) * (sum / count)).squareRoot()
    }
    #expect(deviation(.target) < 0.8 * deviation(.source))
  }
}

/// FNV-1a in 64 bits.
private func fingerprint(_ bytes: [UInt8], after start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
  bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
