internal import Kernels

/// What the processor can compute at most: the measure of every other speed.
public enum ArithmeticPeak {
  /// Multiplies and adds in registers on all threads, for some milliseconds.
  ///
  /// - Returns: how many single-precision operations that was; a product and a sum are two.
  public static func run() -> Double { segue_spin(1 << 20) }
}
