import Segmentation
import TestSupport
import Testing

/// Confusion matrix and IoU against numpy.
@Suite struct ConfusionReferenceTests {
  @Test func equalsNumpy() throws {
    let fixture = try Fixture.named("method-confusion")
    var matrix = ConfusionMatrix()
    matrix.add(truth: try #require(fixture.settings.labels).values, prediction: try #require(fixture.settings.predictions).values)
    let truth = try #require(fixture.tensors["matrix"])
    #expect(truth.indices.map { Double(matrix.counts[$0]) } == truth.values && truth.values.count == 361)
    let report = IoUReport(matrix)
    for kind in 0..<19 {
      let expected = fixture.scalars["iou.\(kind)"]
      #expect((report.classes[kind] == nil) == (expected == nil))
      if let iou = report.classes[kind], let expected { #expect(abs(iou - expected) <= 1e-9) }
    }
    #expect(abs(try #require(report.meanIoU) - fixture.scalars["mean"]!) <= 1e-9)
    #expect(abs(try #require(report.pixelAccuracy) - fixture.scalars["accuracy"]!) <= 1e-9)
    #expect(report.absent.count == Int(fixture.scalars["absent"]!))
  }
}
