import Commands
import Testing
import Workbench

/// Ctrl-C while the files of a dataset are looked at or hashed stops at the next file; the same statement then goes on.
@Suite struct InterruptedReadingTests {
  @Test(arguments: ["looking at image ", "reading file "]) func readingStopsAtTheNextFile(_ stage: String) throws {
    let bench = Bench(), interrupt = Interrupt()
    try bench.gta("g", 20)
    let surroundings = try Surroundings(directory: bench.path, fileSystem: bench.files, interrupt: interrupt)
    var stages: [String] = []
    let session = Session(DomainCommands.catalog, surroundings) { event in
      guard case .progressed(let progress) = event else { return }
      stages.append(progress.stage)
      if progress.stage.hasPrefix(stage) { interrupt.request() }
    }
    #expect(session.evaluate("a = load dataset gta5 g") == .interrupted)
    #expect(stages.last?.hasPrefix(stage) == true && stages.count { $0.hasPrefix(stage) } == 1, "\(stages)")
    #expect(session.names.isEmpty)
    let next = Session(DomainCommands.catalog, surroundings)
    interrupt.reset()
    #expect(next.evaluate("a = load dataset gta5 g") == .done)
  }
}
