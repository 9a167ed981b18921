import Language
import Scenes
import Segmentation
import Workbench

/// Which classes a mean IoU is taken over, as the literature reports it.
enum MeanClasses: String, CaseIterable, Codable, ExplainedChoice {
  case nineteen = "19"
  case sixteen = "16"
  case thirteen = "13"

  /// Train ids.
  var kinds: Set<Int> {
    switch self {
    case .nineteen: Set(0..<ConfusionMatrix.classes)
    case .sixteen: IoUReport.sixteen
    case .thirteen: IoUReport.thirteen
    }
  }

  var explanation: String {
    switch self {
    case .nineteen: "all of Cityscapes' classes"
    case .sixteen: "those that SYNTHIA has too: without \(without(.nineteen))"
    case .thirteen: "the 16 without \(without(.sixteen))"
    }
  }

  private func without(_ larger: MeanClasses) -> String {
    let names = larger.kinds.subtracting(kinds).sorted().map { CityscapesClass.all[$0].name }
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  /// Of a column: `mIoU`, `mIoU16`.
  var heading: String { self == .nineteen ? "mIoU" : "mIoU\(rawValue)" }

  /// `mIoU`, `mIoU (16 classes)`
  var title: String { self == .nineteen ? "mIoU" : "mIoU (\(rawValue) classes)" }
}
