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
  /// What is being done, from the outer to the inner, where a statement evaluates others.
  private var stages: [String] = []
  /// The last statement that failed, for `keep`.
  var lastFailure: (text: String, diagnostic: Diagnostic)?
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

  /// Whether processes that evaluate the same statements do not know of each other any more where they are: nothing more can be done together.
  public internal(set) var isOutOfStep = false

  /// What came of the last statement, for those who come later.
  public internal(set) var last = Evaluation(.done)

  /// A session that starts with no names and is recorded nowhere.
  public convenience init(_ catalog: Catalog, _ surroundings: Surroundings = .memory(), sink: @escaping (Event) -> Void = { _ in }) {
    self.init(catalog, surroundings, file: nil, sink: sink)
  }

  init(_ catalog: Catalog, _ surroundings: Surroundings, file: SessionFile?, sink: @escaping (Event) -> Void) {
    (self.catalog, self.surroundings, self.file, self.sink) = (catalog, surroundings, file, sink)
  }

  public var vocabulary: Vocabulary { catalog.vocabulary }

  /// Evaluates one statement or several lines that a person typed, prose among them; stops at the first failure.
  /// Ranges of diagnostics count from the start of `text`.
  ///
  /// - Returns: what came of the last statement that was evaluated.
  @discardableResult
  public func evaluate(_ text: String) -> Evaluation {
    let script = Script(text, vocabulary)
    var evaluation = Evaluation(.done)
    for item in script.items {
      let latest = evaluate(item, of: script, isScripted: false)
      if case .statement = item.content { evaluation = latest }
      // Ctrl-C during a statement that had no step left to stop at ends what was typed with it all the same.
      if evaluation != .done || surroundings.interrupt.isRequested { break }
    }
    return evaluation
  }

  /// Evaluates one line of a script. Prose and empty lines are recorded; recorded outputs are passed over. A script may not remove what is kept.
  @discardableResult
  public func evaluate(_ item: Script.Item, of script: Script) -> Evaluation { evaluate(item, of: script, isScripted: true) }

  private func evaluate(_ item: Script.Item, of script: Script, isScripted: Bool) -> Evaluation {
    switch item.content {
    case .statement(let statement, let comment):
      last = evaluation(of: statement, comment, item, script, isScripted)
      return last
    case .prose, .heading: recordProse(item.text(in: script.source))
    case .blank where isScripted: recordProse("")
    case .shebang(let line) where isScripted && timeline.entries.isEmpty: recordProse(line)
    case .output, .failure, .blank, .shebang: break
    }
    return Evaluation(.done)
  }

  private func evaluation(of statement: Statement?, _ comment: String?, _ item: Script.Item, _ script: Script, _ isScripted: Bool) -> Evaluation {
    let text = script.source[item.range]
    if let diagnostic = script.diagnostics.first(where: { item.range.start <= $0.range?.start ?? -1 && $0.range?.start ?? -1 <= item.range.end }) {
      return failure(diagnostic, text)
    }
    if let statement { return evaluate(statement, comment: comment, text: text, isScripted: isScripted) }
    // An indented comment alone: in a transcript it would continue the line above.
    if let comment, isScripted { recordProse("# \(comment)") }
    return Evaluation(.done)
  }

  func emit(_ event: Event) {
    if case .progressed(var progress) = event, !stages.isEmpty {
      progress.stage = (stages + [progress.stage]).joined(separator: ": ")
      return sink(.progressed(progress))
    }
    sink(event)
  }

  /// Does work whose progress is reported under a heading.
  func during<Result>(_ stage: String, _ work: () throws -> Result) rethrows -> Result {
    stages.append(stage)
    defer { stages.removeLast() }
    return try work()
  }

  /// Tells of a failure and remembers it.
  func failure(_ diagnostic: Diagnostic, _ text: String, _ canonical: String? = nil) -> Evaluation {
    let single = Statement.parse(text, vocabulary)
    if single.statement?.call.flatMap({ catalog[$0.command] as? any SessionCommand.Type })?.isAboutLast != true { lastStatement = text }
    lastFailure = (single.diagnostics.isEmpty ? single.statement?.canonical ?? text : text.split(whereSeparator: \.isNewline).joined(separator: " "), diagnostic)
    emit(.failed(diagnostic))
    return Evaluation(.failed(diagnostic), canonical)
  }
}
