internal import Kernels

/// The threads that share out the work of one call.
public enum Threads {
  /// How many there are: `SEGUE_THREADS`, else the processors this process may use: by its affinity mask, the quota of its control groups, and `SLURM_CPUS_PER_TASK`.
  public static var count: Int {
    get { Int(segue_thread_count()) }
    set { segue_set_thread_count(Int32(newValue)) }
  }

  /// The numbers of the processors that this process may use.
  public static var processors: [Int] {
    var numbers = [Int32](repeating: 0, count: 1024)
    let count = segue_processors(&numbers, Int32(numbers.count))
    return numbers.prefix(Int(count)).map { Int($0) }
  }

  /// The instruction set of the kernels: `avx512`, `avx2` or `portable`.
  public static var instructionSet: String { String(cString: segue_instruction_set()) }

  /// What decides the bits of results: the instruction set, and where products are OpenBLAS's, its choice of loops: `portable-Haswell`.
  public static var arithmetic: String { instructionSet == "portable" ? "portable-\(BLAS.core)" : instructionSet }

  /// Whether bfloat16 is quicker than float32; results are the same where it is not.
  public static var multipliesBFloat16: Bool { segue_multiplies_bf16() }

  /// From now on the calling thread shares nothing out: for threads that work ahead while another one computes, so that short
  /// preparations do not take the helpers from long computations.
  public static func keepToThisThread() { segue_keep_to_this_thread() }

  /// Runs `body` for 0..<`count`, each once, on any thread. What runs where must not matter to the result.
  ///
  /// `body` is not `@Sendable`: nearly every one writes its own part of a result through a pointer, and pointers are never `Sendable`, so
  /// that the compiler would refuse them all and each would have to be declared safe by hand; that the parts are apart is what tests of
  /// the same bits with one and with several threads hold.
  static func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1 else { return count == 1 ? body(0) : () }
    withoutActuallyEscaping(body) { body in
      withExtendedLifetime(Region(body: body)) { region in
        segue_parallel(
          count, { context, index in Unmanaged<Region>.fromOpaque(context!)._withUnsafeGuaranteedRef { $0.body(index) } },
          Unmanaged.passUnretained(region).toOpaque())
      }
    }
  }

  /// What the tasks of a region do. A constant of an object that is known to live is called without counting references, which would move the
  /// count from thread to thread with every task.
  private final class Region {
    let body: (Int) -> Void

    init(body: @escaping (Int) -> Void) { self.body = body }
  }

  /// Floats that belong to the calling thread until it asks for the same slot again.
  static func scratch(_ slot: Int, _ floats: Int) -> UnsafeMutablePointer<Float> { segue_scratch(Int32(slot), floats) }
}
