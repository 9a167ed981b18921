import Language
import Storage

extension Session {
  /// Evaluates a statement that was read without faults.
  func evaluate(_ statement: Statement, comment: String?, text: String, isScripted: Bool) -> Evaluation {
    let clock = ContinuousClock()
    let start = clock.now
    var evaluation = Evaluation(.done)
    var isPending = false
    func ended() -> Double {
      let (seconds, atto) = (clock.now - start).components
      return Double(seconds) + Double(atto) * 1e-18
    }
    do {
      if statement.prefix != nil {
        evaluation.canonical = statement.canonical
        statementNumber += 1
        emit(.began(number: statementNumber, canonical: statement.canonical))
        evaluation.display = try explanation(of: statement)
        emit(.produced(name: nil, kind: "text", display: evaluation.display, digest: nil, kept: false))
        emit(.ended(seconds: ended()))
        return evaluation
      }
      let plan = try plan(statement, isScripted: isScripted)
      let canonical = plan.canonical + (comment.map { " # \($0)" } ?? "")
      evaluation.canonical = canonical
      if plan.isRecorded {
        try file?.begin(canonical)
        isPending = file != nil
        record { try claim?.use() }
      }
      statementNumber += 1
      emit(.began(number: statementNumber, canonical: canonical))
      var entry = Entry(
        id: timeline.nextID, effect: plan.effect, name: plan.name, canonical: canonical, full: plan.full, seed: timeline.seed,
        environment: timeline.names.filter { plan.references.contains($0.key) }, isStored: false, outputs: [], seconds: 0)
      let product = try plan.perform(&entry)
      entry.seconds = ended()
      evaluation.display = product.display
      if plan.isRecorded {
        entry.outputs = TranscriptLayout.lines(product.display).map(\.text)
        if let value = product.value { values[entry.id] = value }
        timeline.add(entry)
        (evaluation.entry, evaluation.value) = (entry, product.value)
        lastStatement = canonical
        isPending = false
        record { try file?.end(entry) }
      }
      emit(.produced(name: entry.name, kind: product.kind, display: product.display, digest: entry.origin?.digest, kept: product.isKept))
      emit(.ended(seconds: entry.seconds))
      if plan.ends { evaluation.outcome = .quit }
      return evaluation
    } catch {
      if let damage = error as? Folder.Damage { forget(damage) }
      if isPending { record { try file?.failed() } }
      if let done = error as? PartDone {
        emit(.noted("\(evaluation.canonical ?? text): \(done.diagnostic)"))
        emit(.ended(seconds: ended()))
        var left = Evaluation(.failed(done.diagnostic), evaluation.canonical)
        left.isLeftToOthers = true
        return left
      }
      var failed = failure(diagnostic(error), text, evaluation.canonical)
      if let interrupted = error as? Interrupted { (failed.outcome, failed.goesOn) = (.interrupted, interrupted.goesOn) }
      emit(.ended(seconds: ended()))
      return failed
    }
  }

  /// Binds a call, and remembers how its files were named.
  func bound(_ type: any CommandDeclaration.Type, _ call: Call, _ scope: Scope) throws -> BoundCall {
    let bound = try type.bound(call, scope, directory: surroundings.directory)
    for file in bound.files { fileNames[file.location.path] = file.location.text }
    return bound
  }

  /// Any error as something to tell a person. Files are called as they were typed, else by their way from the working directory, so that
  /// a failure that is kept reads the same elsewhere.
  func diagnostic(_ error: any Error) -> Diagnostic {
    var diagnostic = Session.plainDiagnostic(error)
    func named(_ words: String) -> String {
      let typed = fileNames.sorted { ($0.key.count, $0.key) > ($1.key.count, $1.key) }.reduce(words) { $0.naming($1.key, $1.value) }
      return typed.naming(surroundings.directory, "").escapedForTerminal(keepingNewlines: true)
    }
    diagnostic.message = named(diagnostic.message)
    diagnostic.remedy = diagnostic.remedy.map(named)
    return diagnostic
  }

  private static func plainDiagnostic(_ error: any Error) -> Diagnostic {
    switch error {
    case let error as Diagnostic: error
    case let error as any DiagnosedError: error.diagnostic
    case let interrupted as Interrupted: Diagnostic("interrupted", remedy: interrupted.goesOn ? "type the statement again to go on where it stopped" : nil)
    default: Diagnostic((error as? any CustomStringConvertible)?.description ?? "\(error)")
    }
  }

  /// A line that is not a statement goes into the script as it is.
  func recordProse(_ line: String) {
    let entry = Entry(
      id: timeline.nextID, effect: .prose(line), name: nil, canonical: line, full: line, seed: 0, environment: [:], isStored: false, outputs: [], seconds: 0)
    timeline.add(entry)
    record { try file?.end(entry) }
  }

  /// Recording that fails is reported, and the session goes on: nothing that was made is lost by it.
  func record(_ write: () throws -> Void) {
    do { try write() } catch { emit(.noted("not recorded: \(diagnostic(error))")) }
  }
}
