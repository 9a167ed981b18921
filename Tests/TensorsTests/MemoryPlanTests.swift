import Tensors
import Testing

@Suite struct MemoryPlanTests {
  @Test func buffersThatLiveTogetherLieApart() {
    var random = RandomStream(seed: 1, purpose: "memory")
    let requests = (0..<200).map { _ in
      let start = random.integer(below: 100)
      return MemoryPlan.Request(floats: 1 + random.integer(below: 1000), life: start...(start + random.integer(below: 30)))
    }
    let plan = MemoryPlan(requests)
    for i in requests.indices {
      #expect(plan.offsets[i] % 16 == 0)
      #expect(plan.offsets[i] + requests[i].floats <= plan.total)
      for j in 0..<i where requests[i].life.overlaps(requests[j].life) {
        #expect(
          plan.offsets[i] + requests[i].floats <= plan.offsets[j] || plan.offsets[j] + requests[j].floats <= plan.offsets[i])
      }
    }
    // No plan can do with less than the fullest moment; a greedy one stays near it.
    let fullest = (0...130).map { time in requests.filter { $0.life.contains(time) }.reduce(0) { $0 + ($1.floats + 15) / 16 * 16 } }.max()!
    #expect(plan.total >= fullest)
    #expect(Double(plan.total) <= 1.35 * Double(fullest))
  }

  @Test func buffersThatFollowEachOtherShare() {
    let plan = MemoryPlan([.init(floats: 64, life: 0...1), .init(floats: 64, life: 2...3), .init(floats: 32, life: 0...3)])
    #expect(plan.offsets[0] == plan.offsets[1])
    #expect(plan.total == 96)
  }
}
