import Console
import Rendering
import Testing
import Workbench

@Suite struct ProgressTests {
  static func step(_ fraction: Double, milestone: Bool = false) -> Progress {
    Progress(fraction: fraction, stage: "epoch 3/25", figures: ["loss \(Number(1.234, places: 3))", "41 images/s"], milestone: milestone)
  }

  @Test func theMedianForgivesAPause() {
    var left = TimeLeft()
    var clock = 0.0
    #expect(left.seconds == nil)
    for step in 0...50 {
      clock += step == 20 ? 300 : 1
      left.note(fraction: Double(step) / 100, at: clock)
    }
    #expect(abs((left.seconds ?? 0) - 50) < 1e-9)
    left.note(fraction: 1, at: clock + 1)
    #expect(left.seconds == nil)
  }

  @Test func backwardsBeginsAnew() {
    var left = TimeLeft()
    left.note(fraction: 0.5, at: 0)
    left.note(fraction: 0.6, at: 10)
    left.note(fraction: 0.1, at: 20)
    #expect(left.seconds == nil)
  }

  @Test(arguments: [(0.2, "1 s"), (42.4, "42 s"), (89.9, "90 s"), (90, "2 min"), (3000, "50 min"), (5400, "1 h 30 min"), (7200, "2 h")])
  func timesAreAsExactAsAnEstimateDeserves(_ seconds: Double, _ words: String) {
    #expect(TimeLeft.words(seconds) == words)
  }

  @Test(arguments: [
    (80, "epoch 3/25 ━━━━━━──────────────────  25%  loss 1.234  41 images/s"),
    (50, "epoch 3/25 ━━──────  25%  loss 1.234  41 images/s"),
    (30, "epoch 3/25 ━━━──────────  25%"),
    (24, "epoch 3/25 ━╸─────  25%"),
    (12, "epoch 3/25…"),
  ])
  func theLineFits(_ columns: Int, _ expected: String) {
    var line = ProgressLine(.terminal(columns: columns), palette: .none)
    let text = line.write(Self.step(0.25), at: 0) ?? ""
    #expect(text.hasPrefix("\r") && text.hasSuffix("\u{1B}[K"))
    let shown = String(text.dropFirst().dropLast(3))
    #expect(TextWidth.of(shown) < columns)
    #expect(shown == expected)
  }

  @Test func aTerminalIsWrittenTenTimesASecondAtMost() {
    var line = ProgressLine(.terminal(columns: 80), palette: .none)
    let written = (0..<1000).filter { line.write(Self.step(Double($0) / 1000), at: Double($0) / 1000) != nil }
    #expect((10...11).contains(written.count))
    #expect(line.clear() == "\r\u{1B}[K")
    #expect(line.clear() == "")
  }

  @Test func aPipeGetsMilestones() {
    var line = ProgressLine(.pipe, palette: .none)
    #expect(line.write(Self.step(0.1), at: 0) == nil)
    #expect(line.write(Self.step(0.2, milestone: true), at: 10) == "epoch 3/25  loss 1.234  41 images/s  80 s left\n")
    #expect(line.clear() == "")
  }
}
