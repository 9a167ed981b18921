public import Language
internal import Rendering
internal import Storage
public import Workbench

/// A script that somebody edits: each time it is saved it is evaluated, and a ``Board`` shows how it stands. What is in the store comes from
/// there, so that what did not change is there at once.
///
/// A version that is saved while another is evaluated is taken up between two statements; where it changed the statement that runs, or one
/// above, that one is stopped first, and keeps how far it came.
public final class ScriptWatch {
  /// What the terminal shows.
  public enum News {
    case event(Event)
    /// A fault, with the script that it is in.
    case fault(Diagnostic, Source)
    case words(String)
  }

  /// How watching ended.
  public enum Ending: Sendable, Equatable {
    /// The file is followed no more.
    case over
    /// Somebody asked to stop; whether the statement that was stopped wrote down how far it came.
    case interrupted(goesOn: Bool)
  }

  private let board: Board
  private let name: String
  private let catalog: Catalog
  private let surroundings: Surroundings
  private let news: (News) -> Void
  private let course: Course
  private let file: FollowedFile
  /// What the page showed last, for statements that are evaluated again.
  private var cells: [Document.Cell] = []
  private var progress = ProgressWords()

  /// - Parameters:
  ///   - path: absolute.
  ///   - name: what people call it.
  ///   - limit: the longest script that is read, in bytes.
  public init(
    _ path: String, name: String, atMost limit: Int, _ catalog: Catalog, _ surroundings: Surroundings, _ board: Board, every milliseconds: Int = 100,
    news: @escaping (News) -> Void
  ) throws {
    (self.board, self.name, self.catalog, self.surroundings, self.news) = (board, name, catalog, surroundings, news)
    let course = Course(surroundings.interrupt), vocabulary = catalog.vocabulary
    self.course = course
    file = try FollowedFile(path, atMost: limit, surroundings.fileSystem, every: milliseconds) { version in
      if case .bytes(let bytes) = version, let script = try? Script(bytes: bytes, vocabulary) { course.compare(script.statements) }
    }
  }

  /// Evaluates each version until somebody asks to stop.
  ///
  /// - Parameter stopping: evaluates while Ctrl-C asks to stop.
  public func run(stopping: (Interrupt, () -> Void) -> Void) -> Ending {
    while let version = file.next() {
      switch version {
      case .missing: tell("\(name) is not there; what it held last is shown until it is back")
      case .unreadable(let words): tell("\(words); what it held last is shown")
      case .bytes(let bytes):
        let script: Script
        do { script = try Script(bytes: bytes, catalog.vocabulary) } catch {
          tell("\(name): \(error.description)")
          continue
        }
        var ending: Ending?
        stopping(surroundings.interrupt) { ending = evaluate(script) }
        if let ending { return ending }
      }
    }
    return .over
  }

  /// Looks no more at the file; `run` returns.
  public func end() { file.end() }

  private func tell(_ words: String) {
    news(.words(words))
    board.change { state in
      (state.notices, state.mood) = ([words], .trouble)
      state.words = "Waiting for \(name)"
    }
  }

  /// Nil where the next version is to follow.
  private func evaluate(_ script: Script) -> Ending? {
    let start = ProgressWords.seconds()
    course.begin()
    var page = WatchedPage(script, name: name, showing: cells, catalog.vocabulary)
    board.change { $0 = page.state }
    let faults = page.show(Session.check(script, catalog, surroundings))
    for fault in faults { news(.fault(fault, script.source)) }
    board.change { $0 = page.state }
    let session = Session(catalog, surroundings) { [weak self] in self?.show($0) }
    var gathered = EvaluatedCells(in: session), isCut = false
    let replay: Replay
    do { replay = try Replay(script, in: session) } catch {
      _ = course.end()
      tell(error.description)
      return nil
    }
    let report = replay.run(asking: { _, _ in
      if file.hasNewer || page.isFaulty { isCut = true; return .stop }
      course.begin(page.begin())
      progress = ProgressWords()
      board.begin(page.running, of: page.count)
      return .run
    }, told: { step in
      gathered.add(step)
      page.end(step, gathered[line: step.line], of: script)
      board.change { $0 = page.state }
    })
    if let failure = report.failure { news(.fault(failure, script.source)) }
    for line in gathered.markStale() { page.replace(line: line, by: gathered[line: line]) }
    let isSuperseded = course.end()
    cells = page.cells
    // Also where nothing was running that could stop.
    if report.isInterrupted || surroundings.interrupt.isRequested, !isSuperseded { return .interrupted(goesOn: report.goesOn) }
    if isSuperseded || isCut && file.hasNewer { return nil }
    let seconds = ProgressWords.seconds() - start
    page.finish(faults: faults.count, failure: report.failure.map { script.source.place(of: $0.range?.start ?? 0).line }, unreached: report.unreached)
    board.change { $0 = page.state }
    if faults.isEmpty, report.failure == nil { news(.words("\(name) is up to date: \(counted(page.count, "statement")) in \(String(tenths: seconds)) s")) }
    return nil
  }

  private func show(_ event: Event) {
    news(.event(event))
    if case .progressed(let now) = event, let step = progress.step(now) { board.set(step) }
  }
}

extension String {
  /// A number of seconds, to a tenth.
  fileprivate init(tenths seconds: Double) {
    let tenths = Int((seconds * 10).rounded())
    self = "\(tenths / 10).\(tenths % 10)"
  }
}
