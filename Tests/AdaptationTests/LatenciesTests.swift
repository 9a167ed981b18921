import Adaptation
import Testing

@Suite struct LatenciesTests {
  @Test(arguments: [(50.0, 50.0), (95, 95), (99, 99), (100, 100), (0, 1), (0.5, 1), (99.5, 100)]) func percentilesAreNearestRanks(_ percent: Double, _ expected: Double) {
    var latencies = Latencies()
    for number in (1...100).reversed() { latencies.add(Double(number)) }
    #expect(latencies.percentile(percent) == expected)
  }

  @Test func fewAndNone() {
    var latencies = Latencies()
    #expect(latencies.percentile(50) == nil)
    latencies.add(3)
    #expect(latencies.percentile(1) == 3 && latencies.percentile(99) == 3 && latencies.count == 1)
  }
}
