public import Imaging

/// Colour transfer: each channel of L*a*b* is brought to the mean and the deviation that another picture has. Reinhard et al., *Color Transfer
/// between Images*, 2001; in CIE L*a*b* between domains as in He et al., *Multi-Source Domain Adaptation with Collaborative Learning*, CVPR 2021.
public struct ColourTransfer: Sendable, Hashable {
  /// By channel.
  public let mean: SIMD3<Float>
  public let deviation: SIMD3<Float>

  /// The colours of a picture.
  public init(of image: FloatImage) { self.init(image.labColours) }

  private init(_ colours: [SIMD3<Float>]) {
    let count = Double(max(colours.count, 1)), mean = colours.reduce(SIMD3<Double>()) { $0 + SIMD3<Double>($1) } / count
    let squares = colours.reduce(SIMD3<Double>()) { sum, colour in
      let off = SIMD3<Double>(colour) - mean
      return sum + off * off
    }
    (self.mean, deviation) = (SIMD3(mean), SIMD3((squares / count).squareRoot()))
  }

  /// The picture with these colours, 0...255. A channel that does not vary gets the mean alone.
  public func applied(to image: FloatImage) -> FloatImage {
    let colours = image.labColours, own = ColourTransfer(colours)
    let factor = SIMD3<Float>(repeating: 1).replacing(with: deviation / own.deviation, where: own.deviation .> 1e-4)
    var pixels: [Float] = []
    pixels.reserveCapacity(image.pixels.count)
    for colour in colours {
      let light = LabColour((colour - own.mean) * factor + mean).linear
      for c in 0..<3 { pixels.append(LabColour.value(ofLight: light[c])) }
    }
    return FloatImage(size: image.size, pixels: pixels)
  }
}
