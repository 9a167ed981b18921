/// Who multiplies matrices.
///
/// This package's own kernels are written for AVX-512 and AVX2 and take the windows of a convolution as they lie in the map. On
/// other processors OpenBLAS is the better choice; it wants the windows gathered into a matrix, and has no products of bfloat16. The
/// choice depends on the instruction set and the precision only, so that results depend on nothing else.
enum MatrixProduct {
  case kernels, openBLAS

  static var inUse: MatrixProduct { inUse(at: .float32) }

  static func inUse(at precision: ConvolutionAlgorithms.Precision) -> MatrixProduct {
    precision == .float32 && Threads.instructionSet == "portable" ? .openBLAS : .kernels
  }
}
