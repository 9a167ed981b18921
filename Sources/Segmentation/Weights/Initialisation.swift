public import Tensors

/// How many numbers flow into and out of one weight's neighbours, as PyTorch counts them from the shape `[outputs, inputs / groups, k, k]`.
public struct Fans: Sendable, Hashable {
  public let incoming: Int
  public let outgoing: Int

  /// A square convolution. PyTorch does not divide the outgoing count by the groups, and its numbers are kept.
  public init(inputs: Int, outputs: Int, kernel: Int, groups: Int = 1) {
    precondition(inputs > 0 && outputs > 0 && kernel > 0 && groups > 0 && inputs % groups == 0, "a convolution has channels and a kernel")
    incoming = inputs / groups * kernel * kernel
    outgoing = outputs * kernel * kernel
  }
}

/// How the weights of a convolution start. The numbers are drawn alike for each weight, so they may be laid out in any order.
///
/// Kaiming He et al., *Delving Deep into Rectifiers* (ICCV 2015): the deviation keeps the size of the signal from layer to layer.
public enum Initialisation: Sendable, Hashable {
  /// Normal, deviation `sqrt(2 / ((1 + slope^2) fan))` with the incoming fan; the heads use slope 1, so `1 / sqrt(fan)`.
  case kaimingIncoming(slope: Double)
  /// The same with the outgoing fan; the backbone uses slope 0.
  case kaimingOutgoing(slope: Double)
  /// PyTorch's own for convolutions that nobody initialises (the discriminator's): uniform within `1 / sqrt(incoming fan)`.
  case usual

  /// `count` weights from `stream`.
  public func weights(_ count: Int, fans: Fans, from stream: inout RandomStream) -> [Float] {
    switch self {
    case .kaimingIncoming(let slope): normal(count, slope: slope, fan: fans.incoming, from: &stream)
    case .kaimingOutgoing(let slope): normal(count, slope: slope, fan: fans.outgoing, from: &stream)
    case .usual: Initialisation.uniform(count, fan: fans.incoming, from: &stream)
    }
  }

  /// `count` biases of a convolution, as PyTorch starts them: uniform within `1 / sqrt(incoming fan)`, whatever its weights.
  public static func biases(_ count: Int, fans: Fans, from stream: inout RandomStream) -> [Float] {
    uniform(count, fan: fans.incoming, from: &stream)
  }

  private func normal(_ count: Int, slope: Double, fan: Int, from stream: inout RandomStream) -> [Float] {
    let deviation = Float((2 / ((1 + slope * slope) * Double(fan))).squareRoot())
    return (0..<count).map { _ in deviation * stream.normal() }
  }

  private static func uniform(_ count: Int, fan: Int, from stream: inout RandomStream) -> [Float] {
    let bound = Float(1 / Double(fan).squareRoot())
    return (0..<count).map { _ in stream.uniform(-bound, bound) }
  }
}
