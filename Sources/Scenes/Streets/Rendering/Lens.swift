import Imaging
import Tensors

/// What a cheap camera does to a picture: colour cast, exposure, flat contrast, vignette, blur and grain.
struct Lens {
  /// How strong each part is: 0 is none, 1 is full.
  struct Strength {
    var haze: Float = 0.7
    var cast: Float = 0.8
    var exposure: Float = 1
    var contrast: Float = 1
    var vignette: Float = 1
    var blur: Float = 1
    var grain: Float = 1
  }

  private let gain: RGB
  private let bow: Float
  private let contrast: Float
  private let vignette: Float
  private let blur: Float
  private let grain: (common: Float, colour: Float)
  private let grainSeed: UInt32

  init(strength: Strength, random: inout RandomStream) {
    func part(_ share: Float, _ low: Float, _ high: Float) -> Float { 1 + (random.uniform(low, high) - 1) * share }
    let cast = RGB(part(strength.cast, 0.84, 0.95), part(strength.cast, 0.97, 1.03), part(strength.cast, 0.86, 1))
    gain = cast * part(strength.exposure, 0.9, 1.26)
    bow = random.uniform(-0.16, 0.16)
    contrast = part(strength.contrast, 0.68, 0.86)
    vignette = strength.vignette * random.uniform(0.12, 0.34)
    blur = strength.blur * random.uniform(0.45, 0.85)
    grain = (strength.grain * random.uniform(0.006, 0.016), strength.grain * random.uniform(0.003, 0.008))
    grainSeed = UInt32(truncatingIfNeeded: random.next())
  }

  func through(_ picture: Picture) -> Picture {
    var picture = picture
    let (width, height) = (picture.size.width, picture.size.height), middle = RGB(repeating: 0.45)
    for y in 0..<height {
      let v = (Float(y) + 0.5) / Float(height) * 2 - 1
      for x in 0..<width {
        let u = (Float(x) + 0.5) / Float(width) * 2 - 1
        let index = y * width + x
        var colour = (picture.pixels[index] * gain).clamped(lowerBound: .zero, upperBound: .init(repeating: 1.4))
        let bent: RGB = colour * (RGB.one - colour) * bow
        colour += bent
        let spread: RGB = (colour - middle) * contrast
        let light: Float = 1 - vignette * (u * u * 0.6 + v * v * 0.4)
        picture.pixels[index] = (spread + middle) * light
      }
    }
    // Blur and grain are set for 256 pixels across.
    picture.blur(deviation: blur * Float(width) / 256)
    for y in 0..<height {
      for x in 0..<width {
        let index = y * width + x
        let (i, j) = (Int32(x), Int32(y))
        func noise(_ channel: UInt32) -> Float { StreetNoise.grain(i, j, grainSeed &+ channel) }
        let colour = picture.pixels[index]
        let luminance = clampedToUnit(colour.mean).squareRoot()
        let common: Float = noise(0) * grain.common, own: RGB = RGB(noise(1), noise(2), noise(3)) * grain.colour
        let speckle: RGB = common + own, strength: Float = 0.5 + luminance
        picture.pixels[index] = colour + speckle * strength
      }
    }
    return picture
  }
}
