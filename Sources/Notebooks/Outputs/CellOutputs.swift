internal import Console
package import Rendering
package import Workbench

/// What the statements of a cell show, as messages to front ends.
package final class CellOutputs {
  private let isSilent: Bool
  private let publish: (String, JSONText) -> Void
  private var progress: ProgressDisplay
  /// The statement as it stands in the cell.
  private var typed = ""
  private var lines: [String] = []

  /// - Parameter now: seconds of a clock that only goes forward.
  package init(isSilent: Bool, now: @escaping () -> Double = ProgressDisplay.seconds, publish: @escaping (String, JSONText) -> Void) {
    (self.isSilent, self.publish) = (isSilent, publish)
    progress = ProgressDisplay(now: now)
  }

  /// The words that were shown; nil where there are none.
  var words: String? { lines.isEmpty ? nil : lines.joined(separator: "\n") }

  package func begin(_ statement: String) {
    typed = statement
    progress.begin()
  }

  /// Its last word on how far it came.
  package func end() { if let message = progress.end() { tell(message.type, message.content) } }

  package func show(_ event: Event) {
    switch event {
    case .began(_, let canonical):
      // What is recorded is shown where it is not what was typed: under which name the result is found.
      if Self.words(typed) != Self.words(canonical) { stream("stdout", canonical) }
    case .progressed(let step): if let message = progress.message(step) { tell(message.type, message.content) }
    case .noted(let words): note(words)
    case .produced(_, _, let display, let digest, let kept):
      for output in NotebookOutput.all(display) { self.display(output) }
      if kept, let digest { stream("stdout", "kept from before, @\(digest.prefix(8))") }
    // Whoever evaluates the cell tells of failures, and of the end.
    case .failed, .ended: break
    }
  }

  /// Worth a line, and no output.
  func note(_ words: String) { stream("stderr", words) }

  private func display(_ output: NotebookOutput) {
    lines += output.data.filter { $0.type == "text/plain" }.map(\.text)
    tell("display_data", .object([
      ("data", .object(output.data.map { ($0.type, .string($0.text)) })), ("metadata", .object([])), ("transient", .object([])),
    ]))
  }

  private func stream(_ name: String, _ words: String) { tell("stream", .object([("name", .string(name)), ("text", .string(words + "\n"))])) }

  private func tell(_ type: String, _ content: JSONText) { if !isSilent { publish(type, content) } }

  private static func words(_ statement: String) -> [Substring] { statement.split { $0 == " " || $0 == "\n" || $0 == "\\" } }
}
