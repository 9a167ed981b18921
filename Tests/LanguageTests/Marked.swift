import Foundation
import Language

/// A statement in which `‹` and `›` stand around what a diagnostic should point at.
struct Marked {
  var text: String
  var range: SourceRange?

  init(_ marked: String) {
    text = marked.replacing("‹", with: "").replacing("›", with: "")
    guard let open = marked.range(of: "‹"), let close = marked.range(of: "›") else { return }
    let start = marked[..<open.lowerBound].utf8.count
    range = SourceRange(start, start + marked[open.upperBound..<close.lowerBound].utf8.count)
  }
}

extension Vocabulary {
  static let toy = Vocabulary(
    commands: ["load dataset", "load weights", "build model", "fda", "train", "iou", "show", "expect", "seed", "help", "explain"], comparing: ["expect"], prefixes: ["explain"])
}
