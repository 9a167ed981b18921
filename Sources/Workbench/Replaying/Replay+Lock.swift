import Language

extension Replay {
  /// Holds a step to the lock: whether its value is the same to the last bit, and why what it shows is not.
  func compareWithLock(_ step: inout Step, _ index: Int) {
    guard options.overrides.isEmpty, let lock = options.lock else { return }
    guard let entry = lock.entry(index, step.statement) else {
      if options.isExact { (step.verdict, step.reason) = (.differs, "it is not in the lock") }
      return
    }
    let changes = entry.recipe.flatMap { old in step.recipe.map { causes(old, $0, lock) } } ?? []
    if !changes.isEmpty {
      // Outputs that happen to agree say nothing of what else depends on it.
      (step.verdict, step.reason) = (.differs, changes.joined(separator: "; "))
      return
    }
    let old = entry.contents[options.instructionSet], isSameContent = old == nil || old == step.content
    if options.isExact, !isSameContent { step.verdict = .differs }
    guard let verdict = step.verdict, verdict != .same else { return }
    if old == nil, let other = entry.contents.keys.sorted().first {
      step.reason = "recorded with \(other) instructions; these are \(options.instructionSet)"
    } else if old != nil, options.isExact {
      step.reason = isSameContent ? "the value is the same to the last bit; only what is shown or recorded of it changed" : "the recipe is the same, and the value is not: bits differ"
    }
  }

  /// What changed in a recipe and in those below it: where an operand is another value, what makes it another.
  private func causes(_ old: Recipe, _ now: Recipe, _ lock: ReplayLock) -> [String] {
    let known = Dictionary(lock.entries.compactMap(\.recipe).map { ($0.digest, $0) }) { first, _ in first }
    var seen: Set<[String]> = []
    return old.causes(of: now, known: { known[$0] }, current: { session.recipe($0) }, &seen)
  }

  /// What this run found, to be written beside the script. Nil without ``Options/takesContents``, below an override, and where
  /// not everything was run.
  public func lock(_ report: Report) -> ReplayLock? {
    guard options.takesContents, options.overrides.isEmpty, options.start == nil, report.failure == nil, !report.isStopped, !report.isInterrupted else { return nil }
    return ReplayLock(entries: report.steps.filter(\.isRun).map { step in
      ReplayLock.Entry(statement: step.statement, recipe: step.recipe, contents: step.content.map { [options.instructionSet: $0] } ?? [:])
    })
  }

  /// Exactness is promised within one instruction set only.
  func checkLock() throws(Diagnostic) {
    guard options.isExact else { return }
    guard let lock = options.lock else { throw Diagnostic("there is no lock to compare with", remedy: "`segue replay --lock` writes one") }
    if lock.format < ReplayLock.format {
      throw Diagnostic("the lock was written by an older Segue, which checked only three samples of each dataset", remedy: "write it again with --lock")
    }
    let known = lock.instructionSets
    guard known.contains(options.instructionSet) else {
      throw Diagnostic(
        "the lock holds values computed with \(known.isEmpty ? "no" : known.joined(separator: " and ")) instructions, and these are \(options.instructionSet)",
        remedy: "results are bit-identical only within one instruction set; set SEGUE_CPU to one of them where the processor has it, or replay without --exact")
    }
  }

  func checkStart() throws(Diagnostic) {
    guard let start = options.start else { return }
    let statements = script.items.compactMap(\.statement)
    let names = statements.compactMap { $0.name?.text }
    // A name that Segue gives is only known when the statement was evaluated.
    let counted = statements.compactMap { $0.name == nil ? $0.call.flatMap { session.catalog[$0.command]?.countedWord } : nil }
    let word = String(start.reversed().drop { $0.isASCII && $0.isNumber }.reversed())
    guard names.contains(start) || counted.contains(word) else {
      throw Diagnostic("no statement of the script makes '\(start)'", remedy: suggestion(for: start, in: names, none: "none of them has a name"))
    }
  }
}

extension ReplayLock {
  /// What is known of a statement: at its place, or wherever it stands alone now.
  fileprivate func entry(_ index: Int, _ statement: String) -> Entry? {
    if index < entries.count, entries[index].statement == statement { return entries[index] }
    let same = entries.filter { $0.statement == statement }
    return same.count == 1 ? same[0] : nil
  }
}

extension Evaluation {
  /// A digest of the value that the statement left behind; nil where it left none, or where it cannot be told.
  var content: String? { value.flatMap { try? $0.fingerprint() } }
}
