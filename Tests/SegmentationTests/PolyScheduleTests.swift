import Segmentation
import TestSupport
import Testing

@Suite struct PolyScheduleTests {
  /// 0.01 over 50 steps; the last is printed as 0.000296 in published logs of the same schedule.
  @Test(arguments: [(0, 0.01), (24, 0.0055514), (49, 0.00029575), (50, 0), (60, 0)])
  func fallsAlongItsPower(_ step: Int, _ rate: Double) {
    let schedule = PolySchedule(initial: 0.01, steps: 50)
    #expect(abs(schedule[step] - rate) <= 5e-5 * rate)
  }

  /// Keys are rate.steps.step.
  @Test func equalsPython() throws {
    let fixture = try Fixture.named("schedule-poly")
    for (key, truth) in fixture.scalars {
      let parts = key.split(separator: ".")
      let steps = try #require(Int(parts[parts.count - 2])), step = try #require(Int(parts.last!))
      let initial = try #require(Double(parts.dropLast(2).joined(separator: ".")))
      let rate = PolySchedule(initial: initial, steps: steps, power: try #require(fixture.settings.power))[step]
      #expect(abs(rate - truth) <= 1e-9 * truth, "\(key): \(rate)")
    }
  }

  @Test func powerOneIsALine() {
    let schedule = PolySchedule(initial: 1, steps: 4, power: 1)
    #expect((0...4).map { schedule[$0] } == [1, 0.75, 0.5, 0.25, 0])
  }

  /// One rate an epoch is that of the epochs' own schedule.
  @Test func aStrideHoldsTheRate() {
    let schedule = PolySchedule(initial: 0.01, steps: 50 * 7, stride: 7), epochs = PolySchedule(initial: 0.01, steps: 50)
    for step in 0..<350 { #expect(abs(schedule[step] - epochs[step / 7]) <= 1e-15) }
    #expect(schedule[350] == 0)
  }
}
