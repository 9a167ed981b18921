import Segmentation
import Testing

@Suite struct IoUReportTests {
  /// Pixels of each class pair, the rest zero.
  private func matrix(_ pairs: [(truth: Int, prediction: Int, pixels: UInt64)]) -> ConfusionMatrix {
    var counts = [UInt64](repeating: 0, count: 361)
    for pair in pairs { counts[pair.truth * 19 + pair.prediction] = pair.pixels }
    return ConfusionMatrix(counts: counts)
  }

  @Test func iouIsIntersectionOverUnion() {
    let report = IoUReport(matrix([(0, 0, 6), (0, 1, 2), (1, 1, 3), (1, 0, 1)]))
    #expect(report.classes[0] == 6.0 / 9)
    #expect(report.classes[1] == 3.0 / 6)
    #expect(report.meanIoU == (6.0 / 9 + 3.0 / 6) / 2)
    #expect(report.pixelAccuracy == 9.0 / 12)
    #expect(report.pixels == 12)
    #expect(report.absent == Array(2..<19))
    #expect(report.present == 2)
  }

  @Test func absentClassesLeaveTheMeanAndWronglyPredictedOnesStay() {
    let report = IoUReport(matrix([(0, 0, 5), (0, 7, 5)]))
    #expect(report.classes[7] == 0)
    #expect(report.meanIoU == 0.25)
    #expect(!report.absent.contains(7))
    #expect(report.absent.count == 17)
  }

  @Test func excludedClassesLeaveTheMeanButTheirPredictionsAreErrors() {
    let report = IoUReport(matrix([(0, 0, 5), (0, 9, 5), (2, 2, 1)]), excluding: [9, 3])
    #expect(report.classes[9] == nil)
    #expect(report.classes[0] == 0.5)
    #expect(report.meanIoU == 0.75)
    #expect(report.excluded == [3, 9])
    #expect(report.absent.count == 15)
    #expect(report.pixelAccuracy == 6.0 / 11)
  }

  @Test func meansOverSixteenAndThirteenDropTheirClasses() {
    // Each class has one pixel right; those of the dropped classes have a second, taken for road or sidewalk.
    let report = IoUReport(matrix((0..<19).map { ($0, $0, 1) } + [(9, 0, 1), (14, 0, 1), (16, 0, 1), (3, 1, 1), (4, 1, 1), (5, 1, 1)]))
    let half = 0.5
    #expect(report.classes[0] == 0.25)
    #expect(report.classes[1] == 0.25)
    #expect(report.meanIoU == (0.25 + 0.25 + 6 * half + 11) / 19)
    #expect(report.meanIoU16 == (0.25 + 0.25 + 3 * half + 11) / 16)
    #expect(report.meanIoU13 == (0.25 + 0.25 + 11) / 13)
  }

  @Test func nothingJudgedHasNoScore() {
    let report = IoUReport(ConfusionMatrix())
    #expect(report.meanIoU == nil)
    #expect(report.pixelAccuracy == nil)
    #expect(report.absent.count == 19)
    #expect(IoUReport(ConfusionMatrix(), excluding: Set(0..<19)).absent.isEmpty)
  }
}
