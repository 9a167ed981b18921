import Language

extension Replay {
  /// The script's text with its outputs brought up to date; everything else stays as it is, byte for byte.
  /// Nothing is brought up to date below an override, nor at a failure that was not expected.
  public func updated(_ report: Report, _ update: Update) -> String {
    var replaced: [Int: [String]] = [:]
    var dropped: Set<Int> = []
    let groups = Dictionary(uniqueKeysWithValues: groups.map { ($0.item.line, $0) })
    for step in report.steps where options.overrides.isEmpty && step.isRun {
      guard let group = groups[step.line] else { continue }
      let isMissing = group.recorded.isEmpty && !step.outputs.isEmpty && step.outputs.allSatisfy { $0.hasPrefix("#>") }
      let isChanged = update == .changed && step.outputsVerdict != nil && step.outputsVerdict != .same
      guard isMissing || isChanged else { continue }
      replaced[group.place] = step.outputs
      dropped.formUnion(group.recorded)
    }
    if replaced.isEmpty { return script.source.text }
    var text = ""
    let usual = script.source.lineEnding
    for (place, item) in script.items.enumerated() where !dropped.contains(place) {
      let ending = script.source.lineEnding(after: item.range)
      text += script.source[item.range]
      for line in replaced[place] ?? [] { text += (ending.isEmpty ? usual : ending) + line }
      text += ending.isEmpty && replaced[place] != nil ? usual : ending
    }
    return text
  }
}
