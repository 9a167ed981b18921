internal import Kernels

/// The first input, as large as the second: each pixel takes the value of the nearest one above and left of it.
public struct NearestUpsample: Op {
  public init() {}
  public var name: String { "nearest upsample" }
  public var backwardReads: BackwardReads { [] }
  public func differentiates(input: Int) -> Bool { input == 0 }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    MapShape(inputs[0].images, inputs[1].height, inputs[1].width, inputs[0].channels)
  }

  public func forward(_ pass: ForwardPass) { segue_upsample_nearest(pass.inputs[0].kernel, pass.output.kernel) }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_upsample_nearest_backward(pass.outputGradient.kernel, dx.kernel, pass.accumulate[0])
  }
}
