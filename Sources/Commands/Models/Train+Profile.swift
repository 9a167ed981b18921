import Imaging
import Language
import Scenes
import Workbench

// What `profile=` chooses of a training.
extension Train {
  /// - `schedule`: the paper's text lets the rate fall by iteration, its code by epoch.
  /// - `crop`: the code cuts 1280x720 out of GTA5 where nothing is restyled, else 1024x512, as the text does everywhere.
  /// - `batch`, toward a target: 2 in the text, and in the code where images are restyled; else its code has 8.
  /// - Rates with pseudo-labels: half of the others, in both.
  var presets: [String: Term] {
    guard let profile else { return [:] }
    let isPlain = on.role == .source && on.whole?.styles.isEmpty != false
    let isLarge = profile == .repo && isPlain
    var chosen = ["schedule": Term(word: (profile == .repo ? RateSchedule.epoch : .step).rawValue)]
    chosen["crop"] = Term(isLarge ? .size(width: 1280, height: 720) : .size(width: Train.defaultCrop.width, height: Train.defaultCrop.height))
    if toward != nil { chosen["batch"] = Term(.number(isLarge ? 8 : 2)) }
    guard pseudo != nil else { return chosen }
    chosen["lr"] = Term(.number(usualRate / 2))
    if toward != nil, targetMethod.declaration.settings.contains("dlr") { chosen["dlr"] = Term(.number(5e-5)) }
    return chosen
  }
}

enum RateSchedule: String, CaseIterable, Sendable, ExplainedChoice {
  case step, epoch

  var explanation: String {
    switch self {
    case .step: "after every step"
    case .epoch: "after every epoch, as in the paper's authors' code"
    }
  }
}
