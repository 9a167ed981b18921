// The only file that imports CFFTW.
import CFFTW
import Synchronization

/// Two-dimensional Fourier transforms of real planes, in single precision, for any sides.
///
/// A plan is made once for each size and way and kept; making one is the only part of FFTW that threads may not do together, so it
/// happens under a lock. Plans are estimated, not measured: the same machine gives the same bits every time.
enum FFTW {
  private struct Shape: Hashable {
    var way: Way
    var height: Int
    var width: Int
    /// Whether both arrays begin where vector loads may.
    var aligned: Bool
  }

  private enum Way { case forward, back }

  /// Of the process, as the planner of FFTW is, which has a state of its own. Plans by address, so that they may cross threads: executing one on other arrays is safe from any thread.
  private static let plans = Mutex<[Shape: UInt]>([:])

  /// Transforms a plane `[height, width]` of real numbers into `[height, width / 2 + 1]` complex ones (real part first): the
  /// frequencies whose column is not negative. The others are their conjugates. No scaling.
  static func forward(
    _ real: UnsafeMutablePointer<Float>, to complex: UnsafeMutablePointer<SIMD2<Float>>, height: Int, width: Int
  ) {
    complex.withMemoryRebound(to: fftwf_complex.self, capacity: height * (width / 2 + 1)) { complex in
      let plan = plan(.forward, real, complex, height: height, width: width)
      fftwf_execute_dft_r2c(plan, real, complex)
    }
  }

  /// The way back, times `height * width`. Overwrites `complex`.
  static func back(
    _ complex: UnsafeMutablePointer<SIMD2<Float>>, to real: UnsafeMutablePointer<Float>, height: Int, width: Int
  ) {
    complex.withMemoryRebound(to: fftwf_complex.self, capacity: height * (width / 2 + 1)) { complex in
      let plan = plan(.back, real, complex, height: height, width: width)
      fftwf_execute_dft_c2r(plan, complex, real)
    }
  }

  private static func plan(
    _ way: Way, _ real: UnsafeMutablePointer<Float>, _ complex: UnsafeMutablePointer<fftwf_complex>, height: Int, width: Int
  ) -> OpaquePointer {
    let aligned = UInt(bitPattern: real) % 64 == 0 && UInt(bitPattern: complex) % 64 == 0
    let shape = Shape(way: way, height: height, width: width, aligned: aligned)
    let address = plans.withLock { plans in
      if let known = plans[shape] { return known }
      let flags = segue_fftw_estimate | (aligned ? 0 : segue_fftw_unaligned)
      let made =
        switch way {
        case .forward: fftwf_plan_dft_r2c_2d(Int32(height), Int32(width), real, complex, flags)
        case .back: fftwf_plan_dft_c2r_2d(Int32(height), Int32(width), complex, real, flags)
        }
      guard let made else { preconditionFailure("FFTW has no plan for \(width)x\(height)") }
      let address = UInt(bitPattern: made)
      plans[shape] = address
      return address
    }
    guard let plan = OpaquePointer(bitPattern: address) else { preconditionFailure("a plan has an address") }
    return plan
  }
}
