internal import Kernels

extension Convolution {
  /// What `forward` and `backward` take for these shapes.
  public func methods(for inputs: [MapShape], _ algorithms: ConvolutionAlgorithms) -> OpMethods? {
    let channels = inputs[0].channels, precision = precision(from: channels, algorithms), isPacked = MatrixProduct.inUse(at: precision) == .kernels
    let plain = precision == .bfloat16 ? "direct \(precision.rawValue)" : isPacked ? "direct" : "im2col", rowsOfWord = precision == .bfloat16 ? 2 : 1
    func words(_ form: WinogradForm) -> String {
      let algorithm: ConvolutionAlgorithms.Algorithm = form.outputs == 6 ? .f6 : form.outputs == 4 ? .f4 : .f2
      return algorithm.rawValue
    }
    func form(_ grid: (height: Int, width: Int), _ algorithm: ConvolutionAlgorithms.Algorithm) -> WinogradForm? {
      WinogradForm(self, channels: channels, grid: grid, algorithm, precision)
    }
    let output = outputShape(for: inputs), grid = (output.height, output.width)
    let products = form(grid, algorithms.products), transposed = form(viewGrid(of: inputs[0]), algorithms.products)
    let gradients = form(grid, algorithms.weightGradients.algorithm)
    let taps = (kernel + stride - 1) / stride
    return OpMethods(
      forward: products.map(words) ?? plain,
      inputGradient: transposed.map(words) ?? (stride > 1 ? "\(plain), \(stride * stride) phases" : plain),
      weightGradient: gradients.map(words) ?? plain,
      packedFloats: products.map { $0.places * segue_packed_floats($0.viewCount * channels, outputChannels) }
        ?? (isPacked ? segue_packed_floats(kernel * kernel * channels / rowsOfWord, outputChannels) : 0),
      transposedFloats: transposed.map { $0.places * segue_packed_floats(outputChannels, $0.viewCount * channels) }
        ?? (isPacked ? segue_packed_floats(taps * taps * outputChannels / rowsOfWord, channels) : taps * taps * channels * outputChannels))
  }
}

extension FoldedConvolution {
  func methods(for inputs: [MapShape], _ algorithms: ConvolutionAlgorithms) -> OpMethods? { convolution.methods(for: inputs, algorithms) }
}
