import Foundation
import Glibc
import Language
import Storage
import Testing
import Workbench

@Suite struct PersistenceTests {
  @Test func aSessionGoesOn() throws {
    let directory = TestDirectory()
    var transcript = ""
    do {
      let (session, opening) = try directory.open()
      #expect(!opening.isContinued)
      for (typed, _) in LeftOutTests.seven { #expect(session.evaluate(typed) == .done) }
      session.evaluate("seed 5\nundo\n# prose")
      transcript = session.transcript
    }
    let log = Log()
    let (session, opening) = try directory.open { log.events.append($0) }
    #expect(opening.isContinued)
    #expect(opening.names == 7)
    #expect(opening.unfinished == nil)
    #expect(session.transcript == transcript)
    #expect(directory.text(opening.script) == transcript)
    #expect(session.seed == 0)
    session.evaluate("redo")
    #expect(session.seed == 5)
    session.evaluate("undo")
    #expect(session.evaluate("iou train1") == .done)
    #expect(session.last.canonical == "iou2 = iou train1 on=dataset1.target.val")
    #expect(session.evaluate("show ensemble1 train1@best fda1.train") == .done)
    #expect(log.progress == [], "nothing was trained again")
    #expect(session.evaluate("fda") == .done)
    #expect(session.last.canonical?.hasPrefix("fda2 = fda dataset1.source") == true)
  }

  /// A child process that is being started has copies of all open files for a moment, and must not keep a closed session locked.
  @Test func aLockIsLetGoThoughACopyOfItsFileIsOpen() throws {
    let directory = TestDirectory()
    let path = directory.path + "/lock"
    var copy: Int32 = -1
    do {
      let lock = try #require(try directory.files.lock(path))
      try withExtendedLifetime(lock) {
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let held = try #require(descriptors.first { LocalFileSystem().resolved("/proc/self/fd/\($0)") == path }.flatMap { Int32($0) })
        copy = dup(held)
        #expect(try directory.files.lock(path) == nil)
      }
    }
    defer { close(copy) }
    #expect(try directory.files.lock(path) != nil)
  }

  @Test func openElsewhereOrNew() throws {
    let directory = TestDirectory()
    let first = try directory.open()
    first.session.evaluate("n = 1")
    let second = try directory.open()
    #expect(second.opening.isOpenElsewhere)
    #expect(!second.opening.isContinued)
    #expect(second.session.names.isEmpty)
    #expect(first.opening.script != second.opening.script)
    let third = try directory.open(new: true)
    #expect(!third.opening.isOpenElsewhere)
  }

  /// The power goes after any number of changes to the disk: what was finished is there, and the rest can be typed again.
  @Test func aKillLosesAtMostTheRunningStatement() throws {
    let typed = ["load dataset", "build model", "train on=dataset1.source.train epochs=2", "undo", "train on=dataset1.source.train epochs=2", "n = 4", "slow goal=n"]
    for changes in 0..<60 {
      let directory = TestDirectory()
      let faulty = FaultyFileSystem(directory.files)
      var finished: [String] = []
      do {
        let (session, _) = try directory.open(faulty)
        faulty.fail(.powerCut(afterChanges: changes))
        for statement in typed {
          var isLost = false
          let before = faulty.changes
          _ = before
          if session.evaluate(statement) != .done { isLost = true }
          if faulty.changes >= changes { isLost = true }
          if isLost { break }
          finished = session.history
        }
      }
      let (session, _) = try directory.open()
      let kept = session.history
      #expect(kept.count <= finished.count + 1 && kept.count >= finished.count - 1)
      #expect(zip(kept, finished).allSatisfy { $0 == $1 })
      for statement in ["load dataset", "build model", "train on=dataset1.source.train epochs=2", "slow goal=3"] { #expect(session.evaluate(statement) == .done) }
      #expect(directory.text(try #require(sessionScript(directory))) == session.transcript)
    }
  }

  private func sessionScript(_ directory: TestDirectory) -> String? {
    (try? directory.files.names(in: directory.path + "/.segue/sessions"))?.first { $0.hasSuffix(".segue") }.map { ".segue/sessions/" + $0 }
  }

  @Test func aKillWhileRunningIsTold() throws {
    let directory = TestDirectory()
    var path = ""
    do {
      let (session, opening) = try directory.open()
      session.evaluate("n = 4")
      path = opening.script.replacing(".segue", with: ".journal").replacing(".journal/", with: ".segue/")
    }
    let journal = try #require(directory.text(path))
    // What the same session would have gone on with.
    let longer = TestDirectory()
    do { try longer.open().session.evaluate("n = 4\nslow goal=4") }
    let lines = try #require(longer.text(path)).split(separator: "\n").map(String.init)
    #expect(lines.count == 4 && lines[2].contains("slow1 = slow 4"))
    for tail in [lines[2] + "\n", lines[2] + "\n" + lines[3].prefix(60), lines[2] + "\n4 1", lines[2]] {
      try directory.write(journal + tail, path)
      let (session, opening) = try directory.open()
      #expect(opening.unfinished == "slow1 = slow 4")
      #expect(session.history == ["n = 4"])
    }
    try directory.write(journal + "nonsense\n", path)
    #expect(try directory.open().opening.damaged == 1)
  }

  /// What somebody changed in a journal is told where its values are asked for.
  @Test(arguments: [
    (#""full":"load dataset streets""#, #""full":"""#, "the session's journal is damaged"), (#""full":"load dataset streets""#, #""full":"a/b""#, "'a/b' is no value"),
    (#""full":"load dataset streets""#, #""full":"vars""#, "'vars' makes no value"),
    (#""full":"load dataset streets""#, #""full":"frobnicate x=1""#, "no command is named 'frobnicate'"),
    (#""environment":{"dataset1":1}"#, #""environment":{"dataset1":99}"#, "the session's journal is damaged: a value that is needed is not in it"),
  ])
  func aChangedJournalIsTold(_ old: String, _ new: String, _ message: String) throws {
    let directory = TestDirectory()
    var path = ""
    do {
      let (session, opening) = try directory.open()
      session.evaluate("load dataset\nx = fda dataset1.source toward=dataset1.target")
      path = opening.script.replacing(".segue", with: ".journal").replacing(".journal/", with: ".segue/")
    }
    // As earlier versions wrote it: a changed line of today's is found by its checksum.
    let journal = try #require(directory.text(path)).split(separator: "\n").map { $0.drop { $0 != "{" } + "\n" }.joined()
    #expect(journal.contains(old))
    try directory.write(journal.replacing(old, with: new), path)
    let diagnostic = try #require(try directory.open().session.evaluate("show x").diagnostic)
    #expect(diagnostic.message.hasSuffix(message), "\(diagnostic)")
  }

  @Test func whatTheStoreLostIsNotMadeUnasked() throws {
    let directory = TestDirectory()
    do { try directory.open().session.evaluate(StoreTests.work) }
    try directory.files.remove(directory.path + "/.segue/store")
    let log = Log()
    let (session, _) = try directory.open { log.events.append($0) }
    let diagnostic = try #require(session.evaluate("show train1").diagnostic)
    let digest = session.names.first { $0.name == "train1" }?.digest.prefix(8) ?? ""
    #expect(diagnostic.message == "'train1' is no longer available: the value @\(digest) of 'train' is no longer in the store")
    #expect(diagnostic.remedy == "`refresh` recomputes it")
    #expect(session.evaluate("refresh train1") == .done)
    #expect(log.progress.count == 3)
    #expect(session.evaluate("show train1") == .done)
  }
}
