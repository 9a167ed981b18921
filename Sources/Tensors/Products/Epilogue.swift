internal import Kernels

/// What a product does to its outputs while they are in registers: z = y * scale[k] + shift[k] for channel k, and slope * z where that is not
/// positive; or nothing.
struct Epilogue {
  let kernel: SegueEpilogue

  static var none: Epilogue { Epilogue(kernel: SegueEpilogue(scale: nil, shift: nil, slope: 1)) }

  private init(kernel: SegueEpilogue) { self.kernel = kernel }

  /// - Parameters:
  ///   - scale: ones where it is nil.
  ///   - slope: of what is not positive: 0 for a ReLU, 1 for no activation.
  init(scale: UnsafePointer<Float>? = nil, shift: UnsafePointer<Float>, slope: Float) {
    kernel = SegueEpilogue(scale: scale, shift: shift, slope: slope)
  }

  /// The same in a pass of its own over a map.
  func apply(to map: SegueMap) {
    guard let shift = kernel.shift else { return }
    if let scale = kernel.scale { segue_channel_affine(map, scale, shift, false, map) } else { segue_bias(map, shift) }
    if kernel.slope != 1 { segue_leaky_relu(map, kernel.slope, map) }
  }

  /// For the channels from `first` on.
  func from(_ first: Int) -> Epilogue {
    guard let shift = kernel.shift else { return self }
    return Epilogue(kernel: SegueEpilogue(scale: kernel.scale.map { $0 + first }, shift: shift + first, slope: kernel.slope))
  }
}
