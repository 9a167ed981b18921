import Scenes
import Workbench

/// The tables of results that the paper prints, number by number.
enum PaperTable: String, CaseIterable, Sendable, ExplainedChoice {
  case first = "1"
  case second = "2"

  var explanation: String {
    switch self {
    case .first: "adversary and FDA of two bands, and their multi-band transfer"
    case .second: "the upper bound, source only, and each step of the adaptation"
    }
  }

  struct Row {
    /// In the paper's words.
    let name: String
    /// By class, in per cent; nil where the paper gives the mean alone.
    let classes: [Double]?
    let mean: Double

    init(_ name: String, _ classes: [Double]?, mean: Double) { (self.name, self.classes, self.mean) = (name, classes, mean) }
  }

  var rows: [Row] {
    switch self {
    case .first: [
      Row("Adv + FDA, 0.01", [82.4, 23.0, 68.9, 12.1, 6.3, 28.5, 5.1, 8.2, 75.9, 14.1, 47.8, 43.5, 5.5, 66.7, 7.0, 11.5, 3.2, 1.4, 0.0], mean: 26.9),
      Row("Adv + FDA, 0.05", [79.8, 17.1, 68.2, 6.7, 2.1, 24.0, 7.7, 10.6, 70.9, 11.9, 55.5, 39.9, 2.1, 58.4, 12.8, 9.1, 3.3, 1.2, 0.0], mean: 25.3),
      Row("MBT", PaperTable.transfer, mean: 27.5),
    ]
    case .second: [
      Row("Cityscapes", [97.0, 78.6, 88.9, 42.3, 46.2, 47.4, 46.0, 64.9, 90.3, 57.5, 91.9, 73.8, 46.5, 91.6, 44.9, 54.7, 34.4, 38.9, 69.7], mean: 63.4),
      Row("GTA5", [37.3, 2.1, 57.4, 2.4, 2.2, 9.8, 9.1, 9.9, 70.5, 2.6, 48.5, 30.8, 1.9, 19.2, 1.5, 1.9, 0.0, 0.0, 0.0], mean: 16.2),
      Row("GTA5 + augm.", [80.9, 6.6, 68.1, 6.8, 7.3, 0.3, 14.6, 4.9, 76.8, 13.4, 56.2, 21.8, 0.0, 55.3, 10.2, 7.9, 0.0, 0.0, 0.0], mean: 22.6),
      Row("Adversarial", [78.3, 29.7, 71.0, 8.9, 1.8, 26.2, 9.7, 14.1, 74.2, 6.9, 64.4, 33.9, 0.1, 60.3, 7.5, 10.1, 3.8, 0.0, 0.0], mean: 26.4),
      Row("Adv + FDA", PaperTable.transfer, mean: 27.5),
      Row("Adv + FDA + SSL", nil, mean: 23.3),
    ]
    }
  }

  /// The mean of both bands is a row of either table.
  private static let transfer = [82.2, 19.1, 71.1, 11.1, 2.7, 27.1, 6.1, 10.1, 75.6, 15.0, 55.0, 43.8, 3.6, 67.9, 13.1, 13.2, 5.3, 1.1, 0.0]

  /// Why its rows are not to be computed with.
  var remark: Phrase {
    "paper: its Table \(rawValue) as it was printed, GTA5 to 500 validation images of Cityscapes, one run a row, under another protocol than the rows above: to look at, and in no mean or field"
  }
}
