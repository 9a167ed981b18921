import Adaptation
import Workbench

/// The words for ``PseudoLabelRule/Way``.
enum PseudoRule: String, CaseIterable, Sendable, ExplainedChoice {
  case fda, fixed, crst

  var way: PseudoLabelRule.Way {
    switch self {
    case .fda: .ranked
    case .fixed: .fixed
    case .crst: .portions
    }
  }

  var explanation: String {
    switch self {
    case .fda: "keep= of each class by rank, and whatever is more confident than above="
    case .fixed: "above= for every class"
    case .crst: "keep= of each class by rank; the label is the class of the largest probability over threshold (its rounds have keep=20%, 25%, ...)"
    }
  }
}
