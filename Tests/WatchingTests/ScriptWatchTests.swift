import Foundation
import Language
import Rendering
import Synchronization
import Testing
import Watching
import Workbench

/// Somebody edits a script, and the board shows how it stands.
@Suite struct ScriptWatchTests {
  /// A directory with a script that is watched on a thread of its own.
  private final class Desk {
    let folder: URL
    let board: Board
    let interrupt = Interrupt()
    private let watch: Held
    private let done = DispatchSemaphore(value: 0)
    let ending = Mutex<ScriptWatch.Ending?>(nil)
    let told = Mutex<[String]>([])

    /// It belongs to its thread, but for `end`.
    private struct Held: @unchecked Sendable { let watch: ScriptWatch }

    init(_ text: String) throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent("segue-watch-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      board = try Board(source: "x.segue")
      let box = Weak()
      try Data(text.utf8).write(to: folder.appendingPathComponent("x.segue"))
      let surroundings = try Surroundings(directory: folder.path, interrupt: interrupt)
      watch = Held(watch: try ScriptWatch(folder.path + "/x.segue", name: "x.segue", atMost: 1 << 20, Toy.catalog, surroundings, board, every: 10) { news in
        let words: String? = switch news {
        case .event(.began(_, let statement)): "began \(statement)"
        case .event(.produced(_, _, _, _, let kept)): kept ? "kept" : "made"
        case .event: nil
        case .fault(let fault, _): "fault \(fault.message)"
        case .words(let words): words
        }
        if let words { box.desk.withLock { $0 }?.tell(words) }
      })
      box.desk.withLock { $0 = Reference(self) }
      let watch = watch, done = done, reference = Reference(self)
      Thread.detachNewThread {
        let ending = watch.watch.run { interrupt, work in
          interrupt.reset()
          work()
        }
        reference.end(ending)
        done.signal()
      }
    }

    private final class Weak: Sendable { let desk = Mutex<Reference?>(nil) }
    private final class Reference: @unchecked Sendable {
      weak var desk: Desk?
      init(_ desk: Desk) { self.desk = desk }
      func tell(_ words: String) { desk?.told.withLock { $0.append(words) } }
      func end(_ ending: ScriptWatch.Ending) { desk?.ending.withLock { $0 = ending } }
    }

    func end() {
      watch.watch.end()
      done.wait()
      try? FileManager.default.removeItem(at: folder)
    }

    /// As editors do it: written aside and renamed.
    func save(_ text: String) throws { try Data(text.utf8).write(to: folder.appendingPathComponent("x.segue"), options: .atomic) }

    /// Waits until the board shows it.
    func sees(_ isThere: (Board.State) -> Bool) -> Bool {
      for _ in 0..<2000 {
        if isThere(board.shown.state) { return true }
        usleep(5000)
      }
      return false
    }

    func isUpToDate(_ texts: String...) -> Bool { sees { $0.words == "Up to date" && texts == $0.document.cells.map { $0.display.words } } }
  }

  @Test func whatIsSavedIsEvaluatedAgain() throws {
    let desk = try Desk("## Stairs\n# Up we go.\na = climb stairs=2\ndraw\n")
    defer { desk.end() }
    #expect(desk.isUpToDate("climbed 2 up", "a <red> one"))
    let state = desk.board.shown.state
    #expect(state.mood == .good && state.statements == [.done, .done] && state.began == nil && state.document.title == "Stairs")
    #expect(desk.told.withLock { $0.filter { $0 == "kept" } } == [])
    desk.told.withLock { $0 = [] }
    try desk.save("a = climb stairs=2\nb = climb way=\"down\"\n")
    #expect(desk.isUpToDate("climbed 2 up", "climbed 3 down"))
    #expect(desk.told.withLock { $0.filter { ["kept", "made"].contains($0) } } == ["kept", "made"])
    // The same words again.
    desk.told.withLock { $0 = [] }
    try desk.save("a = climb stairs=2\nb = climb way=\"down\"\n")
    #expect(desk.sees { _ in desk.told.withLock { $0.filter { ["kept", "made"].contains($0) } } == ["kept", "kept"] })
  }

  @Test func aFaultHasItsCaretAndTheNextSaveMendsIt() throws {
    let desk = try Desk("a = climb\nb = climb stirs=2\ndraw\n")
    defer { desk.end() }
    #expect(desk.sees { $0.words == "1 error" })
    let state = desk.board.shown.state
    #expect(state.mood == .trouble && state.statements == [.done, .failed, .waiting])
    #expect(state.document.cells[0].display.words == "climbed 3 up")
    #expect(state.document.cells[1].failure == "climb has no parameter 'stirs' (did you mean stairs?)")
    #expect(state.document.cells[1].caret == "b = climb stirs=2\n          ^~~~~")
    #expect(desk.told.withLock { $0.contains("fault climb has no parameter 'stirs'") })
    try desk.save("a = climb\nb = climb stairs=2\ndraw\n")
    #expect(desk.isUpToDate("climbed 3 up", "climbed 2 up", "a <red> one"))
    #expect(desk.board.shown.state.document.cells.allSatisfy { $0.failure == nil && $0.caret == nil })
  }

  @Test func aFailureStopsItWhereItIs() throws {
    let desk = try Desk("a = climb\nfall\ndraw\n")
    defer { desk.end() }
    #expect(desk.sees { $0.words == "Line 2 failed" })
    let state = desk.board.shown.state
    #expect(state.statements == [.done, .failed, .waiting] && state.document.cells[1].failure == "it fell")
    try desk.save("a = climb\nfall\n#! it fell\ndraw\n")
    #expect(desk.sees { $0.words == "Up to date" && $0.statements == [.done, .done, .done] && $0.document.cells[1].failure == "it fell" })
  }

  @Test func aFileThatGoesIsWaitedFor() throws {
    let desk = try Desk("a = climb stairs=4\n")
    defer { desk.end() }
    #expect(desk.isUpToDate("climbed 4 up"))
    let path = desk.folder.appendingPathComponent("x.segue")
    try FileManager.default.removeItem(at: path)
    #expect(desk.sees { $0.words == "Waiting for x.segue" && $0.notices == ["x.segue is not there; what it held last is shown until it is back"] })
    #expect(desk.board.shown.state.document.cells.map(\.display.words) == ["climbed 4 up"])
    try Data([0xFF, 0x0A]).write(to: path)
    #expect(desk.sees { $0.notices.first?.contains("line 1 is not UTF-8 text") == true })
    try desk.save("draw\n")
    #expect(desk.isUpToDate("a <red> one"))
    #expect(desk.board.shown.state.notices == [])
  }

  /// Work that the new version asks for as well goes on; other work stops, and what it did is kept.
  @Test(arguments: [(true, "climbed 5 over"), (false, "climbed 5 over, the last 4 now")]) func savingWhileAStatementRuns(_ keeps: Bool, _ words: String) throws {
    // Each test has a way of its own.
    let way = "over\(keeps ? "" : " it")", first = "a = climb way=\"\(way)\" stairs=5\n", desk = try Desk("draw\n")
    defer { desk.end() }
    #expect(desk.isUpToDate("a <red> one"))
    let next = keeps ? "# New words.\n\(first)draw\n" : "b = climb stairs=2\n"
    let folder = desk.folder, isSaved = Mutex(false), seen = DispatchSemaphore(value: 0)
    let interrupt = desk.interrupt
    Climb.meanwhile.withLock { ways in
      ways[way] = { stair in
        if stair == 1, isSaved.withLock({ saved in defer { saved = true }; return !saved }) {
          try? Data(next.utf8).write(to: folder.appendingPathComponent("x.segue"), options: .atomic)
          // Until it was heard of, or for long enough that it would have been.
          for _ in 0..<(keeps ? 20 : 1000) where !interrupt.isRequested { usleep(10_000) }
          seen.signal()
        }
      }
    }
    defer { Climb.meanwhile.withLock { $0[way] = nil } }
    try desk.save(first)
    #expect(seen.wait(timeout: .now() + 20) == .success)
    if keeps {
      #expect(desk.isUpToDate("climbed 5 \(way)", "a <red> one"))
      #expect(desk.told.withLock { $0.filter { $0.hasPrefix("began a = climb") }.count } == 2, "evaluated, then kept")
    } else {
      #expect(desk.isUpToDate("climbed 2 up"))
      try desk.save(first)
      #expect(desk.isUpToDate("climbed 5 \(way), the last 4 now"))
    }
    #expect(desk.ending.withLock { $0 } == nil)
  }

  @Test func ctrlCEndsItAndWhatWasDoneIsKept() throws {
    let desk = try Desk("draw\na = climb way=\"away\" stairs=5\n"), interrupt = desk.interrupt
    Climb.meanwhile.withLock { $0["away"] = { if $0 == 2 { interrupt.request() } } }
    defer {
      desk.end()
      Climb.meanwhile.withLock { $0["away"] = nil }
    }
    #expect(desk.sees { _ in desk.ending.withLock { $0 } != nil })
    #expect(desk.ending.withLock { $0 } == .interrupted(goesOn: true))
  }

  /// Until a statement is evaluated again its outputs stay, so that nothing jumps.
  @Test func whatStatementsShowedStaysUntilTheyAreEvaluatedAgain() throws {
    let vocabulary = Toy.catalog.vocabulary
    let shown = [
      Document.Cell("a = climb", vocabulary, display: .text("one")), Document.Cell("draw", vocabulary, display: .text("two")),
      Document.Cell("draw", vocabulary, display: .text("three")), Document.Cell("fall", vocabulary, failure: "it fell"),
    ]
    let page = WatchedPage(Script("draw\n# New.\na   =  climb\nb = climb\ndraw\nfall\n", vocabulary), name: "x.segue", showing: shown, vocabulary)
    #expect(page.cells.map(\.display.words) == ["two", "one", "", "three", ""])
    #expect(page.cells.allSatisfy { $0.failure == nil } && page.state.statements == Array(repeating: .waiting, count: 5))
    #expect(page.state.document.items.count == 6)
  }
}

extension Display {
  var words: String { TranscriptLayout.lines(self).map(\.text).joined(separator: "\n") }
}
