import Language

extension Session {
  /// Evaluates a statement that was read without faults.
  func evaluate(_ statement: Statement, comment: String?, text: String) -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    lastDisplay = .nothing
    lastDiagnostic = nil
    lastCanonical = nil
    var isPending = false
    func ended() -> Double {
      let (seconds, atto) = (clock.now - start).components
      return Double(seconds) + Double(atto) * 1e-18
    }
    do {
      if statement.prefix != nil {
        lastCanonical = statement.canonical
        statementNumber += 1
        emit(.began(number: statementNumber, canonical: statement.canonical))
        try explain(statement)
        emit(.ended(seconds: ended()))
        return .done
      }
      let plan = try plan(statement)
      let canonical = plan.canonical + (comment.map { " # \($0)" } ?? "")
      lastCanonical = canonical
      if plan.isRecorded {
        try file?.begin(canonical)
        isPending = file != nil
      }
      statementNumber += 1
      emit(.began(number: statementNumber, canonical: canonical))
      var entry = Entry(
        id: timeline.nextID, effect: plan.effect, name: plan.name, canonical: canonical, full: plan.full, seed: timeline.seed,
        environment: timeline.names.filter { plan.references.contains($0.key) }, isStored: false, outputs: [], seconds: 0)
      let product = try plan.perform(&entry)
      entry.seconds = ended()
      lastDisplay = product.display
      if plan.isRecorded {
        entry.outputs = TranscriptLayout.lines(product.display).map(\.text)
        if let value = product.value { values[entry.id] = value }
        timeline.add(entry)
        lastStatement = canonical
        isPending = false
        record { try file?.end(entry, adding: true) }
      }
      emit(.produced(name: entry.name, kind: product.kind, display: product.display, digest: entry.origin?.digest, kept: product.isKept))
      emit(.ended(seconds: entry.seconds))
      return isQuitting ? .quit : .done
    } catch {
      if let damage = error as? Folder.Damage { forget(damage) }
      if isPending { record { try file?.failed() } }
      let diagnostic = told(error)
      let canonical = lastCanonical
      _ = fail(diagnostic, text)
      lastCanonical = canonical
      emit(.ended(seconds: ended()))
      return error is Interrupted ? .interrupted : .failed(diagnostic)
    }
  }

  /// What a failed statement tells: files below the working directory by their way from it, so that a failure that a lesson keeps reads the
  /// same wherever the lesson is replayed.
  private func told(_ error: any Error) -> Diagnostic {
    var diagnostic = Session.diagnostic(error)
    diagnostic.message = Session.shortened(diagnostic.message, below: surroundings.directory)
    diagnostic.remedy = diagnostic.remedy.map { Session.shortened($0, below: surroundings.directory) }
    return diagnostic
  }

  /// `text` with paths below `directory` as they are seen from it, and with itself as `.`.
  package static func shortened(_ text: String, below directory: String) -> String {
    guard directory != "/" else { return text }
    let parts = text.split(separator: directory, omittingEmptySubsequences: false)
    var out = String(parts[0])
    for part in parts.dropFirst() {
      let beginsAPath = out.last.map { " '\"(".contains($0) } ?? true
      switch part.first {
      case "/" where beginsAPath && part.count > 1: out += part.dropFirst()
      case nil where beginsAPath: out += "."
      case let next? where beginsAPath && " ',;:)\"".contains(next): out += "." + part
      default: out += directory + part
      }
    }
    return out
  }

  /// Any error as something to tell a person.
  static func diagnostic(_ error: any Error) -> Diagnostic {
    switch error {
    case let error as Diagnostic: error
    case let error as FileError: error.diagnostic
    case let error as Folder.Damage: error.diagnostic
    case is Interrupted: Diagnostic("interrupted", remedy: "type the statement again to go on where it stopped")
    case let error as any CustomStringConvertible: Diagnostic(error.description)
    default: Diagnostic("\(error)")
    }
  }

  /// A line that is not a statement goes into the script as it is.
  func recordProse(_ line: String) -> Outcome {
    let entry = Entry(
      id: timeline.nextID, effect: .prose(line), name: nil, canonical: line, full: line, seed: 0, environment: [:], isStored: false, outputs: [], seconds: 0)
    timeline.add(entry)
    record { try file?.end(entry, adding: true) }
    return .done
  }

  /// Recording that fails is told, and the session goes on: nothing that was made is lost by it.
  func record(_ write: () throws -> Void) {
    do { try write() } catch { emit(.noted("not recorded: \(Session.diagnostic(error))")) }
  }
}
