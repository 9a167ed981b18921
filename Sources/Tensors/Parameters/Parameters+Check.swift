internal import Kernels

extension Parameters {
  /// False if a gradient is infinite or not a number.
  public var gradientsAreFinite: Bool { segue_all_finite(gradients.start, gradients.floats.count) }
}
