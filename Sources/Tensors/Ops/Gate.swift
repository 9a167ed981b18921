internal import Kernels

/// x times one factor for each channel of an image, `[N, 1, 1, C]`; with `residual`, x is added: x * (1 + gate).
public struct Gate: Op {
  public let residual: Bool
  public init(residual: Bool) { self.residual = residual }
  public var name: String { residual ? "gate + residual" : "gate" }
  public var backwardReads: BackwardReads { .inputs }
  public func outputShape(for inputs: [MapShape]) -> MapShape { inputs[0] }

  public func forward(_ pass: ForwardPass) {
    segue_gate(pass.inputs[0].kernel, pass.inputs[1].kernel, residual, pass.output.kernel)
  }

  public func backward(_ pass: BackwardPass) {
    let dy = pass.outputGradient.kernel
    if let dgate = pass.inputGradients[1] { segue_gate_sums(pass.inputs[0].kernel, dy, dgate.kernel, pass.accumulate[1]) }
    if let dx = pass.inputGradients[0] { segue_gate_backward(dy, pass.inputs[1].kernel, residual, dx.kernel, pass.accumulate[0]) }
  }
}
