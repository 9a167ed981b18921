internal import Kernels

/// a + b, where b is as large as a, or `[N, 1, 1, C]` and goes to every pixel of its image.
public struct Sum: Op {
  public init() {}
  public var name: String { "add" }
  public var backwardReads: BackwardReads { [] }
  public func outputShape(for inputs: [MapShape]) -> MapShape { inputs[0] }

  public func forward(_ pass: ForwardPass) {
    segue_add(pass.inputs[0].kernel, pass.inputs[1].kernel, pass.output.kernel)
  }

  public func backward(_ pass: BackwardPass) {
    let dy = pass.outputGradient
    if let da = pass.inputGradients[0] { segue_copy(dy.kernel, da.kernel, pass.accumulate[0]) }
    guard let db = pass.inputGradients[1] else { return }
    if db.shape == dy.shape {
      segue_copy(dy.kernel, db.kernel, pass.accumulate[1])
    } else {
      segue_pixel_sums(dy.kernel, 1, db.kernel, pass.accumulate[1])
    }
  }
}
