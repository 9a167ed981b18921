import Adaptation
import Tensors
import Testing

@Suite struct PseudoLabelTests {
  typealias Image = (predicted: [UInt8], confidences: [Float])

  private func images(_ count: Int, pixels: Int, classes: Int = 19, seed: UInt64 = 1, power: Int = 1, levels: Float? = nil) -> [Image] {
    var stream = RandomStream(seed: seed, purpose: "test")
    return (0..<count).map { _ in
      let predicted = (0..<pixels).map { _ in UInt8(stream.integer(below: classes)) }
      let confidences = (0..<pixels).map { _ -> Float in
        var value: Float = 1
        for _ in 0..<power { value *= stream.uniform(1.0 / 19, 1) }
        return levels.map { (value * $0).rounded() / $0 } ?? value
      }
      return (predicted, confidences)
    }
  }

  private func thresholds(_ rule: PseudoLabelRule, _ images: [Image]) throws -> [Float] {
    try PseudoLabelThresholds(rule) { visit in for image in images { try visit(image.predicted, image.confidences) } }.values
  }

  /// Sorts everything and takes the element, as the rule is written.
  private func sorted(_ rule: PseudoLabelRule, _ images: [Image], place: (Int) -> Int) -> [Float] {
    (0..<19).map { kind in
      let pairs = images.flatMap { zip($0.predicted, $0.confidences).filter { $0.0 == UInt8(kind) } }
      let x = pairs.map(\.1).sorted()
      return x.isEmpty ? 0 : min(x[min(place(x.count), x.count - 1)], Float(rule.above))
    }
  }

  /// `place` is in whole numbers, so it has no rounding to share with the rule.
  @Test(arguments: [
    (0.34, 0.9, 66, nil), (0.34, 1, 66, nil), (0.66, 1, 34, nil), (0.5, 0.3, 50, nil), (1, 1, 0, nil), (0, 1, 100, nil), (0.1, 1, 90, 16),
    (0.34, 0.9, 66, 200), (0.99, 0.9, 1, nil),
  ] as [(Double, Double, Int, Float?)])
  func thresholdsEqualThoseOfSorting(_ keep: Double, _ above: Double, _ percent: Int, _ levels: Float?) throws {
    let rule = PseudoLabelRule(keep: keep, above: above)
    let images = images(5, pixels: 3000, classes: 17, levels: levels)
    #expect(try thresholds(rule, images) == sorted(rule, images) { percent * $0 / 100 })
  }

  @Test(arguments: [(100, 66), (50, 33), (3, 1), (1, 0), (2, 1), (200, 132), (1_000_000_000, 660_000_000), (99, 65)] as [(UInt64, UInt64)])
  func ranksAreThoseOfDecimalNumbers(_ count: UInt64, _ rank: UInt64) {
    #expect(PseudoLabelRule(keep: 0.34).rank(among: count) == rank)
  }

  @Test func aClassThatIsNeverPredictedHasThresholdZero() throws {
    let values = try thresholds(PseudoLabelRule(), [([3, 3], [0.5, 0.7]), ([255], [.nan])])
    #expect(values[3] == 0.7)
    #expect(values.enumerated().allSatisfy { $0.offset == 3 || $0.element == 0 })
    #expect(try thresholds(PseudoLabelRule(), []) == [Float](repeating: 0, count: 19))
  }

  @Test func theSecondPassIsLeftOutWhereTheFirstSettlesAll() throws {
    var passes = 0
    let sure = try PseudoLabelThresholds(PseudoLabelRule()) { visit in
      passes += 1
      try visit([0, 0, 0, 5], [0.95, 0.99, 0.999, 1])
    }
    #expect(passes == 1)
    #expect(sure.values[0] == 0.9 && sure.values[5] == 0.9)
  }

  @Test func partsMayBeCountedApart() throws {
    let images = images(4, pixels: 500, power: 2)
    let rule = PseudoLabelRule(keep: 0.25, above: 0.95)
    var counts = ConfidenceCounts()
    for image in images {
      var part = ConfidenceCounts()
      try part.add(predicted: image.predicted, confidences: image.confidences)
      counts += part
    }
    let empty = ConfidenceRanks(counts, rule: rule)
    var ranks = empty
    for image in images.reversed() {
      var part = empty
      try part.add(predicted: image.predicted, confidences: image.confidences)
      ranks += part
    }
    #expect(try ranks.thresholds().values == thresholds(rule, images))
  }

  @Test func tiesAreKept() {
    let thresholds = PseudoLabelThresholds([0.5] + [Float](repeating: 0, count: 18))
    let labels = thresholds.kept(predicted: [0, 0, 0, 1, 255], confidences: [0.5, Float(0.5).nextDown, 0.9, 0, 1])
    #expect(labels == [0, 255, 0, 1, 255])
  }

  /// Continuous confidences keep the share that the rule names, and everything above `above`.
  @Test func theReportStatesWhatWasKept() throws {
    let images = images(1, pixels: 20_000, classes: 2)
    let all = try PseudoLabelThresholds(PseudoLabelRule(keep: 0.34, above: 1)) { try $0(images[0].predicted, images[0].confidences) }
    var report = PseudoLabelReport(all)
    report.add(predicted: images[0].predicted, kept: all.kept(predicted: images[0].predicted, confidences: images[0].confidences))
    for kind in 0..<2 {
      let share = try #require(report.share(of: kind))
      #expect(abs(share - 0.34) < 1e-3)
    }
    #expect(report.share(of: 2) == nil)
    #expect(report.pixels == 20_000 && report.predicted[0] + report.predicted[1] == 20_000)
    var twice = report
    twice += report
    #expect(twice.share == report.share)
    #expect(twice.kept == report.kept.map { 2 * $0 })
  }

  @Test(arguments: [Float.nan, -0.1, 2, .infinity])
  func whatIsNoProbabilityIsRefused(_ value: Float) {
    #expect(throws: ConfidenceError.self) { try thresholds(PseudoLabelRule(), [([0], [value])]) }
  }

  @Test func aSecondPassOverOtherPredictionsIsNoticed() {
    var confidence: Float = 0.5
    #expect(throws: ConfidenceError.changed) {
      try PseudoLabelThresholds(PseudoLabelRule()) { visit in
        try visit([0], [confidence])
        confidence = 0.3
      }
    }
  }
}
