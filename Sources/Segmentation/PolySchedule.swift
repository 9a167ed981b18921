#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The learning rate that falls from its start to zero along a power: `initial * (1 - step / steps) ^ power`.
///
/// Both networks use it, step by step, or with one rate for `stride` steps, such as those of an epoch. (The paper prints the quotient as (1 - iter) / max_iter, which has no real power; this is meant.)
///
///     let schedule = PolySchedule(initial: 0.01, steps: 50)
///     schedule[24]   // 0.00555
public struct PolySchedule: Sendable, Hashable {
  public let initial: Double
  public let steps: Int
  public let power: Double
  /// So many steps have the rate of their first.
  public let stride: Int

  /// A schedule over `steps` steps, at least one.
  public init(initial: Double, steps: Int, power: Double = 0.9, stride: Int = 1) {
    precondition(steps > 0 && stride > 0, "a schedule has at least one step")
    (self.initial, self.steps, self.power, self.stride) = (initial, steps, power, stride)
  }

  /// The rate of the step `step`, counted from 0; zero from `steps` on.
  public subscript(step: Int) -> Double {
    precondition(step >= 0, "steps are counted from 0")
    return initial * pow(max(0, 1 - Double(step / stride * stride) / Double(steps)), power)
  }
}
