/// In which form a parameter's weights were packed.
struct PackedKey: Hashable {
  enum Form: Hashable {
    case direct
    /// Transposed, for the pixels of the input of one phase.
    case transposed(phase: Int)
    case winograd(UInt32)
    case transposedWinograd(UInt32, views: Range<Int>)
  }

  let parameter: ParameterID
  let form: Form
  let precision: ConvolutionAlgorithms.Precision

  init(_ parameter: ParameterID, _ form: Form, _ precision: ConvolutionAlgorithms.Precision = .float32) {
    (self.parameter, self.form, self.precision) = (parameter, form, precision)
  }
}
