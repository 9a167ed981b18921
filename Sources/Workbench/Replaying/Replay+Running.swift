import Language

extension Replay {
  /// Runs it to the end or to the first failure that was not expected. `asking` may stop it before a statement, whose prose it is given;
  /// `told` hears of each step that was compared when it is done.
  public func run(asking: (_ prose: [String], _ statement: String) -> Answer = { _, _ in .run }, told: (Step) -> Void = { _ in }) -> Report {
    var report = Report()
    report.isStrict = options.isStrict
    let before = session.tally
    for item in script.strayOutputs {
      let step = stray(item)
      report.steps.append(step)
      report.verdict = .differs
      told(step)
    }
    var isOverridden = false, isCompared = options.start == nil
    for (index, group) in groups.enumerated() {
      let text = script.source[group.item.range]
      if group.item.statement?.name?.text == options.start { isCompared = true }
      if !isCompared, bindsNothing(group.item) {
        report.steps.append(passedOver(group, text))
        continue
      }
      if isCompared, asking(prose(before: index), text) == .stop {
        report.isStopped = true
        break
      }
      let evaluation: Evaluation
      if let name = group.item.statement?.name?.text, group.item.statement?.value?.literal != nil, let value = options.overrides[name] {
        evaluation = session.evaluate("\(name) = \(value)")
        isOverridden = true
      } else {
        evaluation = session.evaluate(group.item, of: script)
      }
      if evaluation == .interrupted {
        (report.isInterrupted, report.goesOn) = (true, evaluation.goesOn)
        break
      }
      isCompared = isCompared || evaluation.entry?.name == options.start
      var step = isCompared ? step(group, evaluation, index) : passedOver(group, text)
      if isOverridden, group.failures.isEmpty, evaluation.diagnostic == nil { (step.verdict, step.outputsVerdict, step.difference) = (nil, nil, []) }
      report.steps.append(step)
      report.verdict = max(report.verdict, step.verdict ?? .same)
      if isCompared { told(step) }
      if let diagnostic = evaluation.diagnostic, group.failures.isEmpty {
        report.failure = diagnostic
        break
      }
      // Ctrl-C during a statement that had no step left to stop at.
      if evaluation == .done, session.surroundings.interrupt.isRequested {
        report.isInterrupted = true
        break
      }
      if evaluation == .quit {
        for group in groups.dropFirst(index + 1) {
          let step = unreached(group, since: step.line)
          report.steps.append(step)
          report.unreached += 1
          report.verdict = max(report.verdict, step.verdict ?? .same)
          told(step)
        }
        break
      }
    }
    (report.kept, report.made) = (session.tally.kept - before.kept, session.tally.made - before.made)
    return report
  }

  private func step(_ group: Group, _ evaluation: Evaluation, _ index: Int) -> Step {
    var step = passedOver(group, evaluation.canonical ?? script.source[group.item.range])
    step.isRun = true
    let recorded = group.recorded.map { script.items[$0].text(in: script.source) }
    if let diagnostic = evaluation.diagnostic {
      step.failure = diagnostic
      step.outputs = [mark("#!", diagnostic.description)]
      if group.failures.isEmpty { return step }
      step.verdict = compared(group.failures, [Phrase(pieces: [.words(diagnostic.description)])]).verdict
      if !group.outputs.isEmpty { step.verdict = max(step.verdict ?? .same, compared(group.outputs, []).verdict) }
      step.outputsVerdict = step.verdict
    } else {
      let now = TranscriptLayout.lines(evaluation.display)
      step.display = evaluation.display
      step.outputs = now.map { mark("#>", $0.text) }
      step.recipe = evaluation.entry?.recipe
      if options.takesContents || options.isExact { step.content = evaluation.content }
      if !group.failures.isEmpty {
        (step.verdict, step.outputsVerdict) = (.differs, .differs)
        step.reason = "it was expected to fail"
      } else {
        if !group.outputs.isEmpty {
          let comparison = compared(group.outputs, now)
          (step.verdict, step.outputsVerdict) = (comparison.verdict, comparison.verdict)
          if comparison.isRecipeChanged { step.reason = "the recipe changed" }
        }
        compareWithLock(&step, index)
      }
    }
    if let verdict = step.outputsVerdict, verdict != .same { step.difference = DifferenceLine.between(recorded, step.outputs) }
    return step
  }

  private func compared(_ recorded: [String], _ now: [Phrase]) -> OutputComparison {
    OutputComparison(recorded: recorded, now: now, isExact: options.isExact)
  }

  /// A recorded line above the first statement: nothing gives it.
  private func stray(_ item: Script.Item) -> Step {
    let words = item.text(in: script.source)
    return Step(line: item.line, statement: words, verdict: .differs, reason: "no statement above this recorded line could show it")
  }

  /// A statement that `quit` keeps from being run: what is recorded of it was not compared.
  private func unreached(_ group: Group, since line: Int) -> Step {
    var step = passedOver(group, script.source[group.item.range])
    step.reason = "it was not run, as `quit` in line \(line) ends the script"
    if !group.recorded.isEmpty { step.verdict = .differs }
    return step
  }

  private func passedOver(_ group: Group, _ statement: String) -> Step {
    Step(line: group.item.line, statement: statement)
  }

  /// The lines of prose between the statement before and this one.
  private func prose(before index: Int) -> [String] {
    let start = index == 0 ? 0 : groups[index - 1].place + 1
    let recorded = Set(index == 0 ? script.recorded(after: -1) : groups[index - 1].recorded)
    return (start..<groups[index].place).filter { !recorded.contains($0) }.map { script.items[$0].text(in: script.source) }
  }

  /// A statement that shows or checks and leaves no value and no seed behind.
  private func bindsNothing(_ item: Script.Item) -> Bool {
    guard let statement = item.statement, statement.name == nil else { return false }
    guard let call = statement.call, let command = session.catalog[call.command] else { return statement.call == nil }
    if let command = command as? any Command.Type { return command.naming != .counted }
    return (command as? any SessionCommand.Type)?.isLasting == false
  }

  private func mark(_ mark: String, _ line: String) -> String { line.isEmpty ? mark : "\(mark) \(line)" }
}
