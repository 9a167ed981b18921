public import Language

/// A session: statements are evaluated one after another, their values hold names, and everything is recorded.
///
///     let session = try Session(catalog, Surroundings(directory: ".")) { event in print(event) }
///     session.evaluate("load dataset")
///
/// It belongs to one thread; only its ``Surroundings/interrupt`` may be used from elsewhere.
public final class Session {
  public let catalog: Catalog
  public let surroundings: Surroundings
  let sink: (Event) -> Void
  var timeline = Timeline()
  /// Values by entry; those that are missing are loaded or made when they are asked for.
  var values: [Int: any Value] = [:]
  /// Stored values that are not used, each told once.
  var told: Set<String> = []
  /// Where values come from that are not what their entry says any more, because files changed: what is made of them has other recipes.
  var remade: [Int: Origin] = [:]
  /// The number of the statement that is evaluated, counting all that were understood.
  var statementNumber = 0
  var file: SessionFile?
  /// How it becomes the directory's current session; nil where it does not.
  var claim: PromptClaim?
  /// The last statement that failed, for `keep`.
  var lastFailure: (text: String, diagnostic: Diagnostic)?
  var isQuitting = false
  /// Files and folders by their absolute path, as they were typed last.
  var fileNames: [String: String] = [:]
  /// Digests that this session used, which a full store does not throw away.
  var inUse: Set<String> = []
  /// How many values the store had and how many were made.
  public internal(set) var tally = Tally()

  public struct Tally: Sendable, Equatable {
    public var kept = 0
    public var made = 0
  }

  /// Lets a person change a statement, which is then typed; nil where nobody types.
  public var editor: ((String) throws -> Void)?
  /// The statement that ran or failed last, as `edit` takes it.
  var lastStatement: String?

  /// What the last statement showed; ``Display/nothing`` where it showed nothing or failed.
  public internal(set) var lastDisplay = Display.nothing
  /// Why the last statement failed; nil where it did not.
  public internal(set) var lastDiagnostic: Diagnostic?
  /// How the last statement was interrupted; nil where it was not.
  public internal(set) var lastInterrupt: Interrupted?
  /// What the last statement left behind; nil where it failed or is not recorded.
  var lastEntry: Entry?
  /// The value that it made or showed.
  var lastValue: (any Value)?
  /// The last statement as it is recorded; nil where it could not be understood.
  public internal(set) var lastCanonical: String?

  /// A session that starts with no names and is recorded nowhere.
  public convenience init(_ catalog: Catalog, _ surroundings: Surroundings = .memory(), sink: @escaping (Event) -> Void = { _ in }) {
    self.init(catalog, surroundings, file: nil, sink: sink)
  }

  init(_ catalog: Catalog, _ surroundings: Surroundings, file: SessionFile?, sink: @escaping (Event) -> Void) {
    (self.catalog, self.surroundings, self.file, self.sink) = (catalog, surroundings, file, sink)
  }

  /// How an evaluation ended.
  public enum Outcome: Sendable, Equatable {
    case done
    case failed(Diagnostic)
    case interrupted
    /// `quit` was said.
    case quit
  }

  public var vocabulary: Vocabulary { catalog.vocabulary }

  /// Evaluates one statement or several lines that a person typed, prose among them; stops at the first failure.
  /// Ranges of diagnostics count from the start of `text`.
  @discardableResult
  public func evaluate(_ text: String) -> Outcome {
    let script = Script(text, vocabulary)
    for item in script.items {
      let outcome = evaluate(item, of: script, isScripted: false)
      if outcome != .done { return outcome }
    }
    return .done
  }

  /// Evaluates one line of a script. Prose and empty lines are recorded; recorded outputs are passed over. A script may not remove what is kept.
  @discardableResult
  public func evaluate(_ item: Script.Item, of script: Script) -> Outcome { evaluate(item, of: script, isScripted: true) }

  private func evaluate(_ item: Script.Item, of script: Script, isScripted: Bool) -> Outcome {
    switch item.content {
    case .statement(let statement, let comment):
      surroundings.interrupt.reset()
      if let diagnostic = script.diagnostics.first(where: { item.range.start <= $0.range?.start ?? -1 && $0.range?.start ?? -1 <= item.range.end }) {
        return fail(diagnostic, script.source[item.range])
      }
      guard let statement else {
        // An indented comment alone: in a transcript it would continue the line above.
        forgetLast()
        return comment.map { isScripted ? recordProse("# \($0)") : .done } ?? .done
      }
      return evaluate(statement, comment: comment, text: script.source[item.range], isScripted: isScripted)
    case .prose, .heading:
      return recordProse(item.text(in: script.source))
    case .blank where isScripted:
      return recordProse("")
    case .shebang(let line) where isScripted && timeline.entries.isEmpty:
      return recordProse(line)
    case .output, .failure, .blank, .shebang:
      return .done
    }
  }

  func emit(_ event: Event) { sink(event) }

  /// Nothing of the statement before is to be taken for the next one's.
  func forgetLast() {
    lastDisplay = .nothing
    (lastDiagnostic, lastInterrupt, lastCanonical) = (nil, nil, nil)
    (lastEntry, lastValue) = (nil, nil)
  }

  /// Tells of a failure and remembers it.
  func fail(_ diagnostic: Diagnostic, _ text: String) -> Outcome {
    lastDisplay = .nothing
    lastDiagnostic = diagnostic
    lastCanonical = nil
    (lastEntry, lastValue) = (nil, nil)
    let single = Statement.parse(text, vocabulary)
    if single.statement?.call?.command != Edit.name { lastStatement = text }
    lastFailure = (single.diagnostics.isEmpty ? single.statement?.canonical ?? text : text.split(whereSeparator: \.isNewline).joined(separator: " "), diagnostic)
    emit(.failed(diagnostic))
    return .failed(diagnostic)
  }
}
