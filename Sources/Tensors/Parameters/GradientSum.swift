/// Where the gradient of a parameter is summed up.
struct GradientSum {
  let start: UnsafeMutablePointer<Float>
  /// Whether the first sum is written and not added, to numbers that mean nothing.
  let isEmpty: Bool
}
