import Adaptation
import Scenes
import Workbench

/// The rule that pseudo-labels were kept by and what came of it, class by class: `p.thresholds`.
struct PseudoLabelTable: SavableValue {
  static let kind = Kind.table
  let report: PseudoLabel.Report

  private struct Row {
    let name: String
    let threshold: Float
    let predicted: UInt64
    let kept: UInt64
    let share: Double?
  }

  /// Values stored by versions that did not count pixels have thresholds and shares alone.
  private var rows: [Row] {
    report.thresholds.indices.map { kind in
      Row(
        name: CityscapesClass.all[kind].name, threshold: report.thresholds[kind], predicted: report.predicted?[kind] ?? 0,
        kept: report.keptPixels?[kind] ?? 0, share: report.classes[kind])
    }
  }

  private var countsPixels: Bool { report.predicted != nil && report.keptPixels != nil }
  private var allKept: UInt64 { (report.keptPixels ?? []).reduce(0, +) }

  var display: Display {
    let rows = rows.map { row -> [Phrase] in
      guard let share = row.share else { return ["\(row.name)", "-", countsPixels ? "0" : "-", "-", "-"] }
      let labels: Phrase = countsPixels && allKept > 0 ? "\(Figures.share(Double(row.kept) / Double(allKept)))" : "-"
      return ["\(row.name)", "\(Number(Double(row.threshold), places: 4, .trained(.absolute(0.5))))", countsPixels ? pixels(row.predicted) : "-", "\(Figures.share(share))", labels]
    }
    return .table(
      DisplayTable(
        title: "pseudo-labels by class", columns: [.init("class", .left), .init("threshold"), .init("predicted pixels"), .init("kept of them, %"), .init("of all labels, %")],
        rows: rows, remarks: ["- was never predicted"]))
  }

  private func pixels(_ count: UInt64) -> Phrase { "\(Number(Double(count), .trained(.relative(1))))" }

  var summary: Phrase { "thresholds and shares of \(counted(report.thresholds.count, "class"))" }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(report) }
    let lines = rows.map { row in
      let pixels = countsPixels ? [String(row.predicted), String(row.kept)] : ["", ""]
      return ([row.name, row.share == nil ? "" : String(row.threshold)] + pixels + [row.share.map { String($0) } ?? ""]).joined(separator: ",")
    }
    return Array((["class,threshold,predicted_pixels,kept_pixels,kept_share"] + lines).map { $0 + "\n" }.joined().utf8)
  }
}
