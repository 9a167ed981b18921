internal import Console
internal import Glibc
internal import Language
internal import Rendering
internal import Workbench

/// Where a long statement stands, as one display that is updated. What is done at once shows none.
package struct ProgressDisplay {
  /// Seconds before it appears, and between two updates.
  static let patience = 0.5, pause = 0.25

  private let now: () -> Double
  private var line = ProgressLine(.pipe, palette: .none)
  private var began = 0.0
  /// Nil where nothing is shown yet.
  private var shown: (id: String, at: Double)?
  private var last: Progress?

  init(now: @escaping () -> Double) { self.now = now }

  package static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  mutating func begin() {
    (began, shown, last) = (now(), nil, nil)
    line = ProgressLine(.pipe, palette: .none)
  }

  mutating func message(_ progress: Progress) -> (type: String, content: JSONText)? {
    let time = now()
    last = progress
    let words = line.text(progress, at: time, columns: 100)
    if let shown {
      guard time - shown.at >= ProgressDisplay.pause else { return nil }
      self.shown = (shown.id, time)
      return ("update_display_data", content(shown.id, words, progress))
    }
    guard time - began >= ProgressDisplay.patience else { return nil }
    let id = "progress-" + Wire.unique()
    shown = (id, time)
    return ("display_data", content(id, words, progress))
  }

  /// What stays of it: how far it came, and how long that took.
  mutating func end() -> (type: String, content: JSONText)? {
    guard let shown, let last else { return nil }
    self.shown = nil
    let share = last.fraction >= 1 ? [] : ["stopped at \(Int((last.fraction * 100).rounded(.down)))%"]
    let words = ([last.stage.escapedForTerminal()] + share + last.figures.map(\.text) + [TimeLeft.words(now() - began)]).joined(separator: "  ")
    return ("update_display_data", content(shown.id, words, nil))
  }

  private func content(_ id: String, _ words: String, _ progress: Progress?) -> JSONText {
    let bar = progress.map { "<progress max=\"1\" value=\"\(min(max($0.fraction.isFinite ? $0.fraction : 0, 0), 1))\"></progress> " } ?? ""
    // The bar of the line stands for itself in HTML.
    let plain = progress == nil ? words : words.filter { $0 != "\u{2501}" && $0 != "\u{2578}" && $0 != "\u{2500}" }
    return .object([
      ("data", .object([("text/html", .string("<div>\(bar)\(SVGText.escaped(plain))</div>")), ("text/plain", .string(words))])),
      ("metadata", .object([("segue", .object([("progress", .bool(true))]))])), ("transient", .object([("display_id", .string(id))])),
    ])
  }
}
