import Language
import Storage
import Testing
import Workbench

/// A journal that is not as it was written is found out, and costs no line of the script beside it.
@Suite struct JournalTests {
  static let typed = ["n = 1", "load dataset", "# Words.", "undo", "redo", "fda beta=9", "build model"]

  /// A closed session in memory: its files, the journal's and the script's names.
  struct Recorded {
    let files = MemoryFileSystem()
    let journal: String, script: String, text: String

    init(_ typed: [String] = JournalTests.typed) throws {
      try files.makeFolder("/s")
      let (session, opening) = try Session.open(Toy.catalog, Surroundings(directory: "/s", fileSystem: files)) { _ in }
      for statement in typed { session.evaluate(statement) }
      (script, text) = ("/s/" + opening.script, session.transcript)
      journal = String(script.dropLast(6)) + ".journal"
    }

    /// The same files once more, on a disk of their own.
    init(_ other: Recorded) throws {
      (journal, script, text) = (other.journal, other.script, other.text)
      try files.makeFolder("/s/.segue/sessions")
      for path in [journal, script] { try files.write(try #require(other.bytes(path)), to: path) }
    }

    func open() throws -> (session: Session, opening: Session.Opening) {
      try Session.open(Toy.catalog, Surroundings(directory: "/s", fileSystem: files)) { _ in }
    }

    func bytes(_ path: String) -> [UInt8]? { try? files.read(path) }
    /// Every file of the sessions' folder that holds these bytes.
    func holders(of bytes: [UInt8]) throws -> [String] { try files.names(in: "/s/.segue/sessions").filter { self.bytes("/s/.segue/sessions/" + $0) == bytes } }
  }

  @Test(arguments: 0..<4) func everyFlippedBitIsFound(_ part: Int) throws {
    let whole = try Recorded(), journal = try #require(whole.bytes(whole.journal))
    for at in journal.indices where at % 4 == part {
      let damaged = try Recorded(whole)
      var bytes = try #require(damaged.bytes(damaged.journal))
      bytes[at] ^= 1 << UInt8((at / 4) % 8)
      try damaged.files.write(bytes, to: damaged.journal)
      let (session, opening) = try damaged.open()
      #expect(opening.damaged > 0 && opening.remarks.count == 1, "byte \(at)")
      #expect(try !damaged.holders(of: bytes).isEmpty, "byte \(at): the damaged journal is kept")
      #expect(damaged.bytes(damaged.script) == Array(damaged.text.utf8), "byte \(at): the script stays")
      #expect(session.evaluate("k = 3") == .done)
      #expect(damaged.bytes(damaged.script) == Array(damaged.text.utf8))
      #expect(opening.script != String(damaged.script.dropFirst(3)))
    }
  }

  @Test func aJournalThatLostItsEndIsFound() throws {
    let whole = try Recorded(), length = try #require(whole.bytes(whole.journal)).count
    for cut in stride(from: 0, to: length, by: 3) {
      let damaged = try Recorded(whole)
      try damaged.files.write(Array(try #require(damaged.bytes(damaged.journal)).prefix(cut)), to: damaged.journal)
      let (session, opening) = try damaged.open()
      session.evaluate("k = 3")
      #expect(try !damaged.holders(of: Array(damaged.text.utf8)).isEmpty || session.transcript.hasPrefix(damaged.text), "cut at \(cut)")
      if session.transcript != damaged.text + "k = 3\n" { #expect(!opening.remarks.isEmpty, "cut at \(cut)") }
    }
  }

  /// Lines that are gone, stand twice or in another order.
  @Test func linesAreCounted() throws {
    func lines(_ recorded: Recorded) throws -> [ArraySlice<UInt8>] { try #require(recorded.bytes(recorded.journal)).split(separator: 0x0A) }
    let count = try lines(Recorded()).count
    for at in 0..<(count - 1) {
      for change in 0..<3 {
        let damaged = try Recorded()
        var lines = try lines(damaged)
        if change == 0 { lines.remove(at: at) } else if change == 1 { lines.insert(lines[at], at: at) } else { lines.swapAt(at, at + 1) }
        try damaged.files.write(lines.flatMap { $0 + [0x0A] }, to: damaged.journal)
        #expect(try damaged.open().opening.damaged > 0, "line \(at + 1), change \(change)")
        #expect(damaged.bytes(damaged.script) == Array(damaged.text.utf8))
      }
    }
  }

  /// Journals of earlier versions have bare JSON; they are read, and go on with checked lines.
  @Test func journalsOfEarlierVersionsAreRead() throws {
    let old = try Recorded()
    let bare = String(decoding: try #require(old.bytes(old.journal)), as: UTF8.self).split(separator: "\n").map { $0.drop { $0 != "{" } + "\n" }.joined()
    try old.files.write(Array(bare.utf8), to: old.journal)
    do {
      let (session, opening) = try old.open()
      #expect(opening.damaged == 0 && opening.remarks == [] && session.transcript == old.text)
      session.evaluate("k = 3")
    }
    let (session, opening) = try old.open()
    #expect(opening.damaged == 0 && session.transcript == old.text + "k = 3\n")
  }

  @Test(arguments: ["x = 99\n", "", "n = 2\nload dataset\n", "\u{0}\u{0}"]) func aScriptThatWasChangedIsKept(_ changed: String) throws {
    let recorded = try Recorded()
    try recorded.files.write(Array(changed.utf8), to: recorded.script)
    let (session, opening) = try recorded.open()
    #expect(session.transcript == recorded.text && opening.damaged == 0)
    #expect(recorded.bytes(recorded.script) == Array(recorded.text.utf8))
    #expect(opening.remarks.count == (changed.isEmpty ? 0 : 1))
    #expect(try changed.isEmpty || recorded.holders(of: Array(changed.utf8)).count == 1)
  }

  @Test func aKillBetweenTheTwoFilesIsNoDamage() throws {
    for cut in 0...40 {
      let recorded = try Recorded(["n = 1", "m = 2", "load dataset"])
      try recorded.files.write(Array(recorded.text.utf8.prefix(cut)), to: recorded.script)
      let (_, opening) = try recorded.open()
      #expect(opening.remarks == [] && recorded.bytes(recorded.script) == Array(recorded.text.utf8))
    }
  }
}
