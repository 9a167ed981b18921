public import Language

/// Runs a script again and compares what it shows with what it recorded.
public struct Replay {
  public struct Options: Sendable {
    /// Other values for literal bindings: `rounds` to `1`.
    public var overrides: [String: String] = [:]
    /// A verdict of close counts as failed.
    public var isStrict = false
    /// Values must be what the lock says, to the last bit.
    public var isExact = false
    /// What the script was recorded from; it tells why an output differs.
    public var lock: ReplayLock?
    /// Whether to take the digests of values, for ``Replay/lock(_:)``; reading whole values costs time.
    public var takesContents = false
    /// Of the arithmetic in use: `avx512`.
    public var instructionSet = ""
    /// Nothing is compared before the statement that makes this name; what shows and checks before it is passed over.
    public var start: String?

    public init(overrides: [String: String] = [:], isStrict: Bool = false) { (self.overrides, self.isStrict) = (overrides, isStrict) }
  }

  /// Which recorded outputs a new text of the script replaces.
  public enum Update: String, Sendable, CaseIterable {
    /// Only where nothing is recorded.
    case missing
    /// Also where the verdict is not same.
    case changed
  }

  /// What came of one statement.
  public struct Step: Sendable {
    /// The statement's line in the script, from 1.
    public var line: Int
    /// As it would be recorded now; where it failed before that, as it was written.
    public var statement: String
    /// Nil where nothing is recorded, and below an override.
    public var verdict: Verdict?
    /// Why it differs, in words, where that is known: the recipe changed.
    public var reason: String?
    /// Recorded lines and what is shown now, where they are not the same.
    public var difference: [DifferenceLine]
    /// What is shown now, with the marks `#>` or `#!`.
    public var outputs: [String]
    /// What the value is made from, and the digest of what it holds.
    public var recipe: Recipe?
    public var content: String?

    public init(
      line: Int, statement: String, verdict: Verdict? = nil, reason: String? = nil, difference: [DifferenceLine] = [], outputs: [String] = [],
      recipe: Recipe? = nil, content: String? = nil
    ) {
      (self.line, self.statement, self.verdict, self.reason) = (line, statement, verdict, reason)
      (self.difference, self.outputs, self.recipe, self.content) = (difference, outputs, recipe, content)
    }
  }

  /// What is to happen to the next statement.
  public enum Answer: Sendable { case run, stop }

  public struct Report: Sendable {
    public var steps: [Step] = []
    public var verdict = Verdict.same
    /// The first failure that was not expected; the replay ended there.
    public var failure: Diagnostic?
    public var isInterrupted = false
    /// True where somebody said to stop before the end.
    public var isStopped = false
    public var kept = 0
    public var made = 0
    public var isStrict = false

    public init() {}

    /// 0 all good, 1 a statement failed, 3 outputs differ, 130 interrupted.
    public var exitCode: Int32 {
      if isInterrupted { return 130 }
      if failure != nil { return 1 }
      return verdict == .differs || (isStrict && verdict == .close) ? 3 : 0
    }
  }

  let script: Script
  let session: Session
  let options: Options
  private let groups: [Group]

  /// A statement with the lines that were recorded of it.
  private struct Group {
    var item: Script.Item
    var outputs: [String] = []
    var failures: [String] = []
    /// Where these lines stand among the script's items.
    var recorded: Range<Int>
  }

  /// Fails where an override names no literal binding of the script or is no literal, where the script makes no `start`, and where the
  /// lock knows nothing of this instruction set but is to be held to.
  public init(_ script: Script, in session: Session, _ options: Options = Options()) throws(Diagnostic) {
    self.script = script
    self.session = session
    self.options = options
    groups = Replay.groups(script)
    try checkLock()
    try checkStart()
    try script.check(options.overrides, session.vocabulary)
  }

  private static func groups(_ script: Script) -> [Group] {
    var groups: [Group] = []
    for (index, item) in script.items.enumerated() {
      switch item.content {
      case .statement: groups.append(Group(item: item, recorded: (index + 1)..<(index + 1)))
      case .output(let line) where groups.last?.recorded.upperBound == index:
        groups[groups.count - 1].outputs.append(line)
        groups[groups.count - 1].recorded = groups[groups.count - 1].recorded.lowerBound..<(index + 1)
      case .failure(let line) where groups.last?.recorded.upperBound == index:
        groups[groups.count - 1].failures.append(line)
        groups[groups.count - 1].recorded = groups[groups.count - 1].recorded.lowerBound..<(index + 1)
      default: break
      }
    }
    return groups
  }

  /// Runs it to the end or to the first failure that was not expected. `asking` may stop it before a statement, whose prose it is given;
  /// `told` hears of each step that was compared when it is done.
  public func run(asking: (_ prose: [String], _ statement: String) -> Answer = { _, _ in .run }, told: (Step) -> Void = { _ in }) -> Report {
    var report = Report()
    report.isStrict = options.isStrict
    let before = session.tally
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
      let outcome: Session.Outcome
      if let name = group.item.statement?.name?.text, group.item.statement?.value?.literal != nil, let value = options.overrides[name] {
        outcome = session.evaluate("\(name) = \(value)")
        isOverridden = true
      } else {
        outcome = session.evaluate(group.item, of: script)
      }
      if outcome == .interrupted {
        report.isInterrupted = true
        break
      }
      isCompared = isCompared || session.lastEntry?.name == options.start
      var step = isCompared ? step(group, outcome, index) : passedOver(group, text)
      if isOverridden, group.failures.isEmpty, session.lastDiagnostic == nil { (step.verdict, step.difference) = (nil, []) }
      report.steps.append(step)
      report.verdict = max(report.verdict, step.verdict ?? .same)
      if isCompared { told(step) }
      if case .failed(let diagnostic) = outcome, group.failures.isEmpty {
        report.failure = diagnostic
        break
      }
      // Ctrl-C during a statement that had no step left to stop at.
      if outcome == .done, session.surroundings.interrupt.isRequested {
        report.isInterrupted = true
        break
      }
      if outcome == .quit { break }
    }
    (report.kept, report.made) = (session.tally.kept - before.kept, session.tally.made - before.made)
    return report
  }

  private func step(_ group: Group, _ outcome: Session.Outcome, _ index: Int) -> Step {
    var step = passedOver(group, session.lastCanonical ?? script.source[group.item.range])
    let recorded = group.outputs.map { mark("#>", $0) } + group.failures.map { mark("#!", $0) }
    if case .failed(let diagnostic) = outcome {
      let words = Phrase(pieces: [.words(diagnostic.description)])
      step.outputs = [mark("#!", diagnostic.description)]
      if group.failures.isEmpty { return step }
      step.verdict = OutputComparison(recorded: group.failures, now: [words]).verdict
    } else {
      let now = TranscriptLayout.lines(session.lastDisplay)
      step.outputs = now.map { mark("#>", $0.text) }
      step.recipe = session.lastEntry?.recipe
      if options.takesContents || options.isExact || options.lock != nil { step.content = session.lastContent }
      if !group.failures.isEmpty {
        step.verdict = .differs
        step.reason = "it was expected to fail"
      } else {
        if !group.outputs.isEmpty {
          let comparison = OutputComparison(recorded: group.outputs, now: now)
          step.verdict = comparison.verdict
          if comparison.isRecipeChanged { step.reason = "the recipe changed" }
        }
        compareWithLock(&step, index)
      }
    }
    if let verdict = step.verdict, verdict != .same { step.difference = DifferenceLine.between(recorded, step.outputs) }
    return step
  }

  private func passedOver(_ group: Group, _ statement: String) -> Step {
    Step(line: group.item.line, statement: statement)
  }

  /// The lines of prose between the statement before and this one.
  private func prose(before index: Int) -> [String] {
    let end = groups[index].recorded.lowerBound - 1
    let start = index == 0 ? 0 : groups[index - 1].recorded.upperBound
    return script.items[start..<max(start, end)].map { $0.text(in: script.source) }
  }

  /// A statement that shows or checks and leaves no value and no seed behind.
  private func bindsNothing(_ item: Script.Item) -> Bool {
    guard let statement = item.statement, statement.name == nil else { return false }
    guard let call = statement.call, let command = session.catalog[call.command] else { return statement.call == nil }
    if let command = command as? any Command.Type { return command.naming != .counted }
    return command is any SessionCommand.Type && command != SetSeed.self
  }

  private func mark(_ mark: String, _ line: String) -> String { line.isEmpty ? mark : "\(mark) \(line)" }

  /// The script's text with its outputs brought up to date; everything else stays as it is, byte for byte.
  /// Nothing is brought up to date below an override, nor at a failure that was not expected.
  public func updated(_ report: Report, _ update: Update) -> String {
    var replaced: [Int: [String]] = [:]
    var dropped: Set<Int> = []
    let isOverridden = !options.overrides.isEmpty
    for (step, group) in zip(report.steps, groups) where !isOverridden {
      let isMissing = group.recorded.isEmpty && !step.outputs.isEmpty && step.outputs.allSatisfy { $0.hasPrefix("#>") }
      let isChanged = update == .changed && (step.verdict ?? .same) != .same
      guard isMissing || isChanged else { continue }
      replaced[group.recorded.lowerBound - 1] = step.outputs
      dropped.formUnion(group.recorded)
    }
    var lines: [String] = []
    for (index, item) in script.items.enumerated() where !dropped.contains(index) {
      lines.append(script.source[item.range])
      lines += replaced[index] ?? []
    }
    // Lines end as the script's do, also where it comes from an editor that ends them with a carriage return.
    let ending = script.source.text.contains("\r\n") ? "\r\n" : "\n", text = lines.joined(separator: ending)
    let isEnded = script.source.text.utf8.last == UInt8(ascii: "\n")
    return text.isEmpty || !isEnded && replaced.isEmpty ? text : text + ending
  }
}
