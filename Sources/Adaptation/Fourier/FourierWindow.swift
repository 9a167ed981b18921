import Imaging

/// Which low frequencies FDA swaps. The paper, its two programs and the paper that took it over do not agree, so it is a choice.
///
/// With `b = floor(beta * min(height, width))`; windows larger than the spectrum are clipped to it.
public enum FourierWindow: String, Sendable, Hashable, CaseIterable {
  /// From -b to b both ways, (2b + 1)^2 frequencies, 0 among them: what the authors' published picture was made with.
  case square
  /// From -b to b - 1 both ways, (2b)^2 frequencies: the four corners of the spectrum, as the authors' training takes them. Frequency b
  /// is not swapped and -b is; the picture is the real part of what results, which swaps either by half. Nothing where b is 0.
  case corners
  /// The paper's equation 5: `floor(beta * height)` up and down, `floor(beta * width)` left and right, as wide as the picture is.
  case paper

  /// The frequencies along one side.
  struct Side: Equatable {
    let length: Int
    /// Frequencies from -`below` to `above`.
    let below: Int
    let above: Int

    /// How many different frequencies that is: at most as many as there are.
    var count: Int { min(below + above + 1, length) }

    /// The largest frequency of either sign, at most half of all.
    var reach: Int { min(max(below, above, 0), length / 2) }

    /// Whether this frequency belongs, counted from 0 to `length - 1` or from the negative half.
    func contains(_ frequency: Int) -> Bool {
      let forward = ((frequency % length) + length) % length
      return forward <= above || length - forward <= below
    }

    /// Whether this frequency or its negative belongs.
    func touches(_ frequency: Int) -> Bool { contains(frequency) || contains(-frequency) }
  }

  /// The window's two sides in a picture of this size.
  func sides(beta: Double, in size: PixelSize) -> (vertical: Side, horizontal: Side) {
    func half(_ length: Int) -> Int { Int((beta * Double(length)).rounded(.down)) }
    let b = half(min(size.width, size.height))
    return switch self {
    case .square:
      (Side(length: size.height, below: b, above: b), Side(length: size.width, below: b, above: b))
    case .corners:
      (Side(length: size.height, below: b, above: b - 1), Side(length: size.width, below: b, above: b - 1))
    case .paper:
      (
        Side(length: size.height, below: half(size.height), above: half(size.height)),
        Side(length: size.width, below: half(size.width), above: half(size.width))
      )
    }
  }
}
