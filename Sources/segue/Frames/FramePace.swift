import Commands
import Console
import Glibc
import Imaging
import Language
import Workbench

/// Counts frames and tells how quickly they come, on standard error.
final class FramePace {
  private let live: LiveSegmentation
  private var begin = ContinuousClock.now
  private var told = ContinuousClock.now
  private var frames = 0
  private var size: PixelSize?

  init(_ live: LiveSegmentation) { self.live = live }

  func start() {
    begin = .now
    frames = 0
  }

  func count(_ size: PixelSize, quietly: Bool = false) {
    frames += 1
    self.size = size
    guard !quietly, told.duration(to: .now) > .seconds(2) else { return }
    told = .now
    StandardStreams.writeError("frame \(frames): \(rate) frames/s\n")
  }

  func finish() { StandardStreams.writeError(report.joined(separator: "; ") + "\n") }

  /// With reading and writing.
  private var rate: String {
    let seconds = begin.duration(to: .now) / .seconds(1)
    return Number(seconds > 0 ? Double(frames) / seconds : 0, places: 1).text
  }

  var report: [String] {
    guard let size else { return ["no frames"] }
    func milliseconds(_ percent: Double) -> String { live.latency(percent).map { Number(1000 * $0, places: 1).text + " ms" } ?? "-" }
    return [
      "\(counted(frames, "frame")) of \(size): \(rate) frames/s",
      "a frame takes \(milliseconds(50)) (median), \(milliseconds(95)) (95 %), \(milliseconds(99)) (99 %)", "memory: \(megabytes(FramePace.peak)) at most",
    ]
  }

  /// What the process has held at most.
  private static var peak: Int64 {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int64(usage.ru_maxrss) << 10
  }
}
