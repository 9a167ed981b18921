import Tensors
import Testing

/// Plans are kept for the sizes in use, and no more of them.
@Suite struct PlanCacheTests {
  private static func cache(capacity: Int) -> (PlanCache, input: NodeID, output: NodeID) {
    var graph = Graph()
    let x = graph.input(named: "x"), out = graph.add(LeakyReLU(slope: 0.5), x, named: "out")
    return (PlanCache(graph, input: x, outputs: [out], training: false, capacity: capacity), x, out)
  }

  private static func shape(_ width: Int) -> MapShape { MapShape(1, 1, width, 1) }

  @Test func aSizeKeepsItsPlan() {
    let (cache, _, _) = Self.cache(capacity: 2), first = cache.plan(for: Self.shape(3))
    #expect(cache.plan(for: Self.shape(4)) !== first)
    #expect(cache.plan(for: Self.shape(3)) === first)
  }

  /// Not the one that was made first, but the one that was used least recently; its bytes are given back.
  @Test func theLeastRecentlyUsedGivesWay() {
    let (cache, _, _) = Self.cache(capacity: 2)
    let three = cache.plan(for: Self.shape(3)), four = cache.plan(for: Self.shape(4))
    #expect(cache.bytes == three.bytes + four.bytes)
    _ = cache.plan(for: Self.shape(3))
    let large = cache.plan(for: Self.shape(4096))
    #expect(cache.plan(for: Self.shape(3)) === three)
    #expect(cache.bytes == three.bytes + large.bytes)
    #expect(cache.plan(for: Self.shape(4)) !== four)
  }

  /// One for another number of images is another plan, and each computes for its own size.
  @Test func plansDoNotMix() {
    let (cache, x, out) = Self.cache(capacity: 1), parameters = Parameters(Weights(layout: ParameterLayout(), trained: [], statistics: []), withGradients: false)
    for (shape, values) in [(Self.shape(2), [2, -2]), (MapShape(2, 1, 2, 1), [4, -4, 6, -6]), (Self.shape(2), [8, -8])] as [(MapShape, [Float])] {
      let plan = cache.plan(for: shape)
      plan.value(x).set(values)
      plan.forward(parameters)
      #expect(plan.value(out).tensor.values == values.map { $0 < 0 ? $0 / 2 : $0 })
    }
  }
}
