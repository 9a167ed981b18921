internal import COpenBLAS

/// Matrix products by OpenBLAS. The only file that imports it.
///
/// Each call runs on the thread that makes it: threads are shared out above, over blocks whose cut depends on sizes only.
enum BLAS {
  /// The processor that OpenBLAS chose its inner loops for, `Haswell`: others round otherwise.
  static let core = String(cString: openblas_get_corename())

  private static let oneThread: Void = openblas_set_num_threads(1)

  /// Row-major c = a b, or c += a b; `a` is `[rows, inner]` and `b` is `[inner, columns]`, each read transposed if it says so.
  static func multiply(
    rows: Int, columns: Int, inner: Int,
    _ a: UnsafePointer<Float>, stride strideA: Int, transposed transposedA: Bool = false,
    _ b: UnsafePointer<Float>, stride strideB: Int, transposed transposedB: Bool = false,
    into c: UnsafeMutablePointer<Float>, stride strideC: Int, accumulate: Bool = false
  ) {
    _ = oneThread
    cblas_sgemm(
      CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
      blasint(rows), blasint(columns), blasint(inner), 1, a, blasint(strideA), b, blasint(strideB), accumulate ? 1 : 0, c,
      blasint(strideC))
  }

  /// Row-major b = transpose of a, which is `[rows, columns]`.
  static func transpose(rows: Int, columns: Int, _ a: UnsafePointer<Float>, into b: UnsafeMutablePointer<Float>) {
    cblas_somatcopy(CblasRowMajor, CblasTrans, blasint(rows), blasint(columns), 1, a, blasint(columns), b, blasint(rows))
  }
}
