public import Language

/// Runs a script and tells its transcript line by line: a script again, with the outputs of now.
public struct ScriptRun {
  let script: Script
  let session: Session

  public init(_ script: Script, in session: Session) { (self.script, self.session) = (script, session) }

  /// Stops at the first failure, unless the script records that failure. 0 all good, 1 a statement failed, 130 interrupted.
  public func run(told: (String) -> Void) -> Int32 {
    for (index, item) in script.items.enumerated() {
      switch item.content {
      case .output, .failure: continue
      case .statement: break
      default:
        session.evaluate(item, of: script)
        told(item.text(in: script.source))
        continue
      }
      let outcome = session.evaluate(item, of: script)
      told(session.lastCanonical ?? script.source[item.range])
      for line in TranscriptLayout.lines(session.lastDisplay) { told(line.text.isEmpty ? "#>" : "#> \(line.text)") }
      switch outcome {
      case .done: break
      case .quit: return 0
      case .interrupted: return 130
      case .failed(let diagnostic):
        told("#! \(diagnostic)")
        guard index + 1 < script.items.count, case .failure = script.items[index + 1].content else { return 1 }
      }
    }
    return 0
  }
}
