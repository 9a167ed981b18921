internal import Kernels

/// What a product does to its outputs while they are in registers: max(y * scale[k] + shift[k], floor) for channel k, or nothing.
struct Epilogue {
  let kernel: SegueEpilogue

  static var none: Epilogue { Epilogue(kernel: SegueEpilogue(scale: nil, shift: nil, floor: 0)) }

  private init(kernel: SegueEpilogue) { self.kernel = kernel }

  /// - Parameter relu: whether negative results become 0.
  init(scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, relu: Bool) {
    kernel = SegueEpilogue(scale: scale, shift: shift, floor: relu ? 0 : -.infinity)
  }

  /// For the channels from `first` on.
  func from(_ first: Int) -> Epilogue {
    guard let scale = kernel.scale, let shift = kernel.shift else { return self }
    return Epilogue(kernel: SegueEpilogue(scale: scale + first, shift: shift + first, floor: kernel.floor))
  }
}
