import Workbench

/// What a class adds to a mean IoU that is neither labelled nor predicted.
enum AbsentClasses: String, CaseIterable, Sendable, ExplainedChoice {
  case excluded, zero

  var explanation: String {
    switch self {
    case .excluded: "it is left out of the mean"
    case .zero: "0, as in the paper's authors' code; a mean over few images then says mostly which classes are in them"
    }
  }
}
