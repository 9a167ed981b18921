import Tensors
import Testing

@Suite struct RandomStreamTests {
  /// The `philox4x32 10` lines of `kat_vectors` in the Random123 distribution.
  @Test(arguments: [
    ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (
      [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ] as [([UInt32], [UInt32], [UInt32])])
  func philoxEqualsTheKnownAnswers(_ counter: [UInt32], _ key: [UInt32], _ expected: [UInt32]) {
    let out = Philox.block(counter: (counter[0], counter[1], counter[2], counter[3]), key: (key[0], key[1]))
    #expect([out.0, out.1, out.2, out.3] == expected)
  }

  @Test func sameNameGivesTheSameNumbers() {
    var first = RandomStream(seed: 7, purpose: "crop", epoch: 3, sample: 12)
    var second = RandomStream(seed: 7, purpose: "crop", epoch: 3, sample: 12)
    #expect((0..<100).allSatisfy { _ in first.next() == second.next() })
  }

  /// Streams that differ in one part of their name share no number, and their numbers do not move together.
  @Test(arguments: [
    RandomStream(seed: 8, purpose: "crop", epoch: 3, sample: 12), RandomStream(seed: 7 | 1 << 40, purpose: "crop", epoch: 3, sample: 12),
    RandomStream(seed: 7, purpose: "flip", epoch: 3, sample: 12), RandomStream(seed: 7, purpose: "crop", epoch: 4, sample: 12),
    RandomStream(seed: 7, purpose: "crop", epoch: 3, sample: 13), RandomStream(seed: 7, purpose: "crop", epoch: 12, sample: 3),
  ])
  func otherNamesGiveIndependentNumbers(_ other: RandomStream) {
    var here = RandomStream(seed: 7, purpose: "crop", epoch: 3, sample: 12)
    var there = other
    let count = 20_000
    let a = (0..<count).map { _ in here.next() }
    let b = (0..<count).map { _ in there.next() }
    #expect(Set(a).isDisjoint(with: b))
    // The correlation of independent uniform numbers has deviation 1 / sqrt(count).
    let products = zip(a, b).map { centred($0) * centred($1) }
    let correlation = 12 * products.reduce(0, +) / Double(count)
    #expect(abs(correlation) < 5 / Double(count).squareRoot())
  }

  /// A word as a number from -1/2 to 1/2.
  private func centred(_ word: UInt64) -> Double { Double(word >> 11) * 0x1p-53 - 0.5 }

  @Test func uniformNumbersFillTheirRangeEvenly() {
    var stream = RandomStream(seed: 1, purpose: "test")
    var bins = [Int](repeating: 0, count: 100)
    for _ in 0..<100_000 {
      let number = stream.uniform()
      #expect(0 <= number && number < 1)
      bins[Int(number * 100)] += 1
    }
    // Chi-squared with 99 degrees of freedom: mean 99, deviation 14.
    let chi = bins.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    #expect(40 < chi && chi < 170)
  }

  /// A range of two neighbouring floats has one number in it; scaling alone would round half of the draws up to the excluded end.
  @Test(arguments: [(1, Float(1).nextUp), (1, 2), (-3, -3 + 0x1p-20), (100, 101), (5, 5)] as [(Float, Float)])
  func uniformNumbersStayBelowTheUpperEnd(_ low: Float, _ high: Float) {
    var stream = RandomStream(seed: 5, purpose: "test")
    #expect((0..<10_000).allSatisfy { _ in
      let number = stream.uniform(low, high)
      return low <= number && (number < high || low == high)
    })
  }

  @Test func normalNumbersHaveMeanZeroAndDeviationOne() {
    var stream = RandomStream(seed: 2, purpose: "test")
    let count = 100_000
    let numbers = (0..<count).map { _ in Double(stream.normal()) }
    let mean = numbers.reduce(0, +) / Double(count)
    let variance = numbers.map { $0 * $0 }.reduce(0, +) / Double(count)
    let fourth = numbers.map { $0 * $0 * $0 * $0 }.reduce(0, +) / Double(count)
    #expect(abs(mean) < 0.016)
    #expect(abs(variance - 1) < 0.023)
    #expect(abs(fourth - 3) < 0.16)
    #expect(abs(Double(numbers.count { abs($0) < 1 }) / Double(count) - 0.6827) < 0.008)
  }

  @Test(arguments: [1, 2, 3, 10, 1000])
  func integersAreBelowTheirBoundAndEvenlySpread(_ bound: Int) {
    var stream = RandomStream(seed: 3, purpose: "test", sample: bound)
    let draws = 100 * bound + 10_000
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<draws { counts[stream.integer(below: bound)] += 1 }
    let expected = Double(draws) / Double(bound)
    #expect(counts.allSatisfy { abs(Double($0) - expected) < 6 * expected.squareRoot() })
  }

  @Test func chanceIsTrueAsOftenAsItSays() {
    var stream = RandomStream(seed: 4, purpose: "test")
    let hits = (0..<100_000).count { _ in stream.chance(0.3) }
    #expect(abs(hits - 30_000) < 750)
    #expect((0..<1000).allSatisfy { _ in !stream.chance(0) && stream.chance(1) })
  }

  @Test func permutationsHoldEveryIndexOnceInEveryOrder() {
    var stream = RandomStream(seed: 6, purpose: "test")
    #expect(stream.permutation(of: 1000).sorted() == Array(0..<1000))
    #expect(stream.permutation(of: 0) == [])
    var orders: [[Int]: Int] = [:]
    for _ in 0..<24_000 { orders[stream.permutation(of: 4), default: 0] += 1 }
    #expect(orders.count == 24)
    #expect(orders.values.allSatisfy { abs($0 - 1000) < 190 })
  }
}
