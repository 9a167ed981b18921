public import Imaging
public import Tensors

/// One change of a picture's colours, as torchvision defines it.
public enum ColourChange: Sendable, Hashable {
  /// Factors; 1 changes nothing.
  case brightness(Float), contrast(Float), saturation(Float)
  /// In whole turns.
  case hue(Float)

  /// All four in an order that is drawn, factors within `strength` of 1 and the hue within `strength` of a turn: colour jitter.
  public static func jitter(strength: Float, _ random: inout RandomStream) -> [ColourChange] {
    let factors = (0..<3).map { _ in random.uniform(1 - strength, 1 + strength) }, turn = random.uniform(-strength, strength)
    let changes = [ColourChange.brightness(factors[0]), .contrast(factors[1]), .saturation(factors[2]), .hue(turn)]
    return random.permutation(of: changes.count).map { changes[$0] }
  }
}

extension FloatImage {
  /// With these changes one after the other, from values clipped to 0...255.
  public func changed(by changes: [ColourChange]) -> FloatImage {
    guard !changes.isEmpty else { return self }
    let clipped = FloatImage(size: size, pixels: pixels.map { min(max($0, 0), 255) })
    return changes.reduce(clipped) { image, change in
      switch change {
      case .brightness(let factor): image.brightened(by: factor)
      case .contrast(let factor): image.contrasted(by: factor)
      case .saturation(let factor): image.saturated(by: factor)
      case .hue(let turn): image.hueShifted(by: turn)
      }
    }
  }
}
