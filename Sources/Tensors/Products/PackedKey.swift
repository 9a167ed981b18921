/// In which form a parameter's weights were packed.
struct PackedKey: Hashable {
  enum Form: Hashable {
    case direct
    /// Turned, for the pixels of the input of one phase.
    case turned(phase: Int)
    case winograd(UInt32)
    case turnedWinograd(UInt32, views: Range<Int>)
  }

  let parameter: ParameterID
  let form: Form
  let precision: ConvolutionAlgorithms.Precision

  init(_ parameter: ParameterID, _ form: Form, _ precision: ConvolutionAlgorithms.Precision = .float32) {
    (self.parameter, self.form, self.precision) = (parameter, form, precision)
  }
}
