#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The learning rate that falls from its start to zero along a power: `initial * (1 - step / steps) ^ power`.
///
/// Both networks use it, step by step. (The paper prints the quotient as (1 - iter) / max_iter, which has no real power; this is meant.)
///
///     let schedule = PolySchedule(initial: 0.01, steps: 50)
///     schedule[24]   // 0.00555
public struct PolySchedule: Sendable, Hashable {
  public let initial: Double
  public let steps: Int
  public let power: Double

  /// A schedule over `steps` steps, at least one.
  public init(initial: Double, steps: Int, power: Double = 0.9) {
    precondition(steps > 0, "a schedule has at least one step")
    (self.initial, self.steps, self.power) = (initial, steps, power)
  }

  /// The rate of the step `step`, counted from 0; zero from `steps` on.
  public subscript(step: Int) -> Double {
    precondition(step >= 0, "steps are counted from 0")
    return initial * pow(max(0, 1 - Double(step) / Double(steps)), power)
  }
}
