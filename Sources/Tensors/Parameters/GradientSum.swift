/// Where the gradient of a parameter is summed up: as many floats as the parameter has, in its order.
struct GradientSum {
  let start: UnsafeMutablePointer<Float>
  /// Whether the first sum is written and not added, to numbers that mean nothing.
  let isEmpty: Bool
  /// To be made true by whoever watches it and meets a number that is not finite.
  let spoiled: UnsafeMutablePointer<Bool>
}
