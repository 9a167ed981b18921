import Foundation
import Imaging
import Language
import Notebooks
import Rendering
import Storage
import Synchronization
import Testing
import Workbench

/// Kernels and the sessions of a directory; interrupts and progress. One after another: they watch the same stairs.
@Suite(.serialized) struct KernelSessionTests {
  private func open(_ folder: TestFolder, _ choice: Session.Choice) throws -> (Session, Session.Opening) {
    try Session.open(Toy.catalog, try Surroundings(directory: folder.path), choice) { _ in }
  }

  /// What was made in a notebook is found at the prompt.
  @Test func theSessionOfANotebookGoesOnAtThePrompt() throws {
    let folder = try TestFolder()
    do {
      let front = try FrontEnd(.new(.notebook(named: "my lesson")), in: folder)
      _ = try front.execute("# Words\nn = 25\nup = climb stairs=4")
      _ = try front.execute("nothing")
    }
    let listed = Session.list(in: try Surroundings(directory: folder.path), Toy.catalog.vocabulary)
    #expect(listed.count == 1 && listed[0].kind == .notebook(named: "my lesson") && listed[0].name.hasSuffix("-1-notebook-my_lesson") && listed[0].kind.words == "notebook my_lesson")
    // It is not what `segue` goes on with unless it is named.
    #expect(!listed[0].isCurrent)
    #expect(try !open(folder, .last).1.isContinued)
    let (session, opening) = try open(folder, .named(listed[0].name))
    #expect(opening.isContinued && session.boundNames == ["n", "up"])
    #expect(session.transcript.hasPrefix("# Words\nn = 25\nup = climb stairs=4\n"))
  }

  /// And back.
  @Test func aKernelGoesOnWithTheSessionOfThePrompt() throws {
    let folder = try TestFolder()
    do {
      let (session, _) = try open(folder, .last)
      session.evaluate("n = 25")
    }
    let front = try FrontEnd(.last, in: folder)
    let (shown, reply) = try front.execute("expect n = 25")
    #expect(reply["status"] == "ok" && shown.contains { $0["text"]?.contains("goes on: `vars` lists its 1 name") == true })
    // What the front end was told it is not told again.
    #expect(try front.execute("expect n = 25").shown.allSatisfy { $0["text"]?.contains("goes on") != true })
    let history = try #require(try front.answer("history_request", ["hist_access_type": "range", "session": -1])["history"] as? [[Any]])
    #expect(history.map { $0[2] as? String } == ["n = 25"])
  }

  @Test func twoKernelsOfOneSession() throws {
    let folder = try TestFolder()
    let first = try FrontEnd(.last, in: folder), second = try FrontEnd(.last, in: folder)
    _ = try first.execute("n = 1")
    let (shown, reply) = try second.execute("n = 2")
    #expect(reply["status"] == "ok" && shown.contains { $0["name"] == "stderr" && $0["text"]?.contains("is open elsewhere; this is a new one") == true }, "\(shown)")
    #expect(try first.execute("expect n = 1").reply["status"] == "ok")
  }

  /// A session that cannot be opened is a failure of the cell, and the kernel lives.
  @Test func aSessionThatCannotBeOpened() throws {
    let folder = try TestFolder()
    let front = try FrontEnd(.named("nobody"), in: folder)
    let (_, reply) = try front.execute("n = 1")
    #expect(reply["status"] == "error" && reply["evalue"]?.contains("no session is named 'nobody'") == true)
    #expect(try front.answer("complete_request", ["code": "cl", "cursor_pos": 2])["status"] as? String == "error")
    #expect(try front.answer("kernel_info_request")["status"] as? String == "ok")
  }

  /// The wish to stop is heard while a cell is evaluated; it goes on from there when it is evaluated again.
  @Test func anInterruptKeepsWhatIsDone() throws {
    let front = try FrontEnd(), mailbox = front.mailbox
    Climb.meanwhile.withLock { $0 = { if $0 == 3 { mailbox.interruptEvaluation() } } }
    defer { Climb.meanwhile.withLock { $0 = nil } }
    let cell = "up = climb stairs=9 way=\"watched\"\nn = 1"
    let (shown, reply) = try front.execute(cell)
    #expect(reply["status"] == "error" && reply["ename"] == "interrupted" && reply["evalue"]?.contains("go on where it stopped") == true, "\(reply)")
    #expect(shown.last?.type == "error")
    Climb.meanwhile.withLock { $0 = nil }
    #expect(try front.execute("m = 2").reply["status"] == "ok")
    let again = try front.execute(cell)
    #expect(again.shown.contains { $0.data["text/plain"] == "climbed 9, the last 6 now" }, "\(again.shown)")
  }

  /// Between two cells there is nothing to stop.
  @Test func anInterruptBetweenCellsIsForgotten() throws {
    let front = try FrontEnd()
    ControlRequests(post: front.post, mailbox: front.mailbox).handle(try front.request("interrupt_request", [:]))
    #expect(front.told.contains { $0.type == "interrupt_reply" && $0.channel == .control && $0["status"] == "ok" })
    #expect(try front.execute("climb").reply["status"] == "ok")
  }

  @Test(arguments: [true, false]) func shutdownStopsWhatRuns(_ restarts: Bool) throws {
    let front = try FrontEnd(), mailbox = front.mailbox
    let request = try front.request("shutdown_request", ["restart": restarts])
    front.mailbox.deliver(try front.request("execute_request", ["code": "n = 1"]))
    Climb.meanwhile.withLock { $0 = { if $0 == 3 { mailbox.close() } } }
    defer { Climb.meanwhile.withLock { $0 = nil } }
    #expect(try front.execute("up = climb stairs=9 way=\"watched\"").reply["ename"] == "interrupted")
    ControlRequests(post: front.post, mailbox: front.mailbox).handle(request)
    let replies = front.told.filter { $0.type == "shutdown_reply" }
    #expect(replies.map(\.channel) == [.control, .iopub] && replies.allSatisfy { $0.content["restart"] as? Bool == restarts })
    // Nothing that waited is evaluated any more.
    #expect(mailbox.next() == nil)
  }

  /// One display that is updated; nothing for what is quick, and no more than four a second.
  @Test func progressIsOneDisplay() throws {
    final class Clock { var seconds = 0.0 }
    let clock = Clock()
    var told: [(type: String, content: String)] = []
    let outputs = CellOutputs(isSilent: false, now: { clock.seconds }) { told.append(($0, $1.text)) }
    outputs.begin("train")
    for step in 1...100 {
      clock.seconds += 0.05
      outputs.show(.progressed(Progress(fraction: Double(step) / 100, stage: "epoch \(step)/100", figures: ["loss <1"])))
    }
    outputs.end()
    #expect(told.first?.type == "display_data" && told.dropFirst().allSatisfy { $0.type == "update_display_data" })
    #expect((15...21).contains(told.count), "\(told.count)")
    let ids = Set(told.compactMap { $0.content.firstMatch(of: /"display_id":"([^"]*)"/)?.1 })
    #expect(ids.count == 1 && told[3].content.contains("<progress max") && told[3].content.contains("loss &lt;1"))
    #expect(told.last?.content.contains("epoch 100/100  loss <1  5 s") == true && told.last?.content.contains("<progress") == false, "\(told.last?.content ?? "")")
    told = []
    outputs.begin("quick")
    outputs.show(.progressed(Progress(fraction: 0.5, stage: "half")))
    outputs.end()
    #expect(told.isEmpty)
    outputs.begin("stopped")
    for share in [0.1, 0.3] {
      clock.seconds += 1
      outputs.show(.progressed(Progress(fraction: share, stage: "part")))
    }
    outputs.end()
    #expect(told.last?.content.contains("part  stopped at 30%  2 s") == true, "\(told)")
  }

  @Test func specsNameTheProgram() throws {
    let files = MemoryFileSystem()
    let written = try KernelSpec.install(in: "/data/kernels", program: "/opt/segue", files)
    #expect(written == ["/data/kernels/segue/kernel.json", "/data/kernels/segue-session/kernel.json"])
    let specs = try written.map { try #require(JSONSerialization.jsonObject(with: Data(try files.read($0))) as? [String: Any]) }
    #expect(specs.allSatisfy { $0["interrupt_mode"] as? String == "message" && $0["language"] as? String == "segue" })
    #expect(specs[0]["argv"] as? [String] == ["/opt/segue", "kernel", "{connection_file}"])
    #expect(specs[1]["argv"] as? [String] == ["/opt/segue", "kernel", "--continue", "{connection_file}"])
    for folder in ["segue", "segue-session"] {
      #expect(String(decoding: try files.read("/data/kernels/\(folder)/logo-svg.svg"), as: UTF8.self).contains("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      for side in [32, 64] {
        let bytes = try files.read("/data/kernels/\(folder)/logo-\(side)x\(side).png")
        let image = try PNG.decodeImage(bytes)
        #expect(image.size == PixelSize(side, side) && Array(image.pixels.prefix(3)) == [70, 130, 180], "sky in the upper left")
      }
    }
    // Again, where the program moved.
    _ = try KernelSpec.install(in: "/data/kernels", program: "/other/segue", files)
    #expect(String(decoding: try files.read(written[0]), as: UTF8.self).contains("/other/segue"))
  }
}
