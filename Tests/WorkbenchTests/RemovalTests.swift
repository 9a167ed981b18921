import FoundationEssentials
import Language
import Storage
import Testing
import Workbench

/// What may be removed from the disk, by whom, and what never is.
@Suite struct RemovalTests {
  static let removing = ["store trim=yes", "store unfinished=yes", "store trim=yes unfinished=yes", "store trim=yes older=0", "store to=1 trim=yes"]

  @Test(arguments: removing) func aScriptMayNotRemove(_ statement: String) throws {
    let directory = TestDirectory()
    try directory.session().evaluate(StoreTests.work)
    let script = Script("n = 1\n\(statement)\n", Toy.catalog.vocabulary), message = "a script may not remove values from the store"
    let found = Session.check(script, Toy.catalog, try directory.surroundings())
    #expect(found.map(\.message) == [message])
    #expect(script.source[try #require(found[0].range)] == "yes")
    let session = try directory.session()
    #expect(try Replay(script, in: session).run().failure?.message == message)
    #expect(session.evaluate(script.items[1], of: script).diagnostic?.message == message)
    #expect(session.surroundings.store.contents().count == 1)
    #expect(session.evaluate(statement) == .done, "a person may")
  }

  @Test(arguments: ["store", "store trim=no", "undo"]) func aScriptMayDoTheRest(_ statement: String) throws {
    let report = try Replay(Script("n = 1\n\(statement)\n", Toy.catalog.vocabulary), in: Session(Toy.catalog)).run()
    #expect(report.failure == nil)
  }

  @Test func onlyWhatHasTheFormOfAValueIsRemoved() throws {
    let directory = TestDirectory()
    try directory.session().evaluate(StoreTests.work)
    let others = [
      "store/photos/1.png", "store/notes.txt", "store/\(String(repeating: "A", count: 64))/x", "store/\(String(repeating: "a", count: 63))/x", "work/mine/x",
      "work/fresh-start/x", "use/readme", "use/1-2-3", "decoded/holiday.png", "store/.writing-notes", "sessions/.writing-a-b",
    ]
    for name in others { try put("mine", ".segue/" + name, directory) }
    let session = try directory.session()
    for statement in Self.removing { #expect(session.evaluate(statement) == .done) }
    _ = try directory.open()
    #expect(session.surroundings.store.contents().isEmpty)
    for name in others { #expect(directory.text(".segue/" + name) == "mine", "\(name)") }
  }

  @Test(arguments: ["store", "work", "use", "decoded"]) func nothingIsDoneThroughALink(_ name: String) throws {
    let directory = TestDirectory()
    try directory.files.makeFolder(directory.path + "/.segue")
    let digest = String(repeating: "a", count: 64)
    for file in ["a.txt", "1-1", "\(digest)/manifest.json"] { try put("mine", "home/" + file, directory) }
    try link(".segue/" + name, "home", directory)
    let error = #expect(throws: Diagnostic.self) { try directory.surroundings() }
    #expect(error?.message == "\(directory.path)/.segue/\(name) is a link, and Segue removes files in that folder")
    for file in ["a.txt", "1-1", "\(digest)/manifest.json"] { #expect(directory.text("home/" + file) == "mine") }
  }

  /// A name with a value's form may itself be a link: only the link goes.
  @Test func aLinkInPlaceOfAValueGoesAlone() throws {
    let directory = TestDirectory()
    for file in ["count", "epoch-1"] { try put("mine", "home/" + file, directory) }
    let plain = try directory.session()
    plain.evaluate("slow goal=3")
    let digest = try #require(plain.names.first).digest
    try directory.files.remove("\(directory.path)/.segue/store/\(digest)")
    try directory.files.makeFolder(directory.path + "/.segue/store")
    for place in ["store", "work"] {
      try link(".segue/\(place)/\(digest)", "home", directory)
      let session = try directory.session()
      #expect(session.evaluate("slow goal=3") == .done)
      #expect(session.evaluate("store trim=yes unfinished=yes") == .done)
      #expect(directory.text("home/count") == "mine" && directory.text("home/epoch-1") == "mine", "\(place)")
      try directory.files.remove("\(directory.path)/.segue/store/\(digest)")
    }
  }

  /// What a killed process left goes, what a living one writes stays.
  @Test func halfWrittenFilesOfTheDeadAreRemoved() throws {
    let directory = TestDirectory()
    do { try directory.open().session.evaluate("n = 1") }
    let strays = [".segue/.writing-99999999-1", ".segue/sessions/.writing-99999999-2", ".segue/store/.writing-99999999-3/x"]
    for stray in strays { try put("half", stray, directory) }
    _ = try directory.open()
    for stray in strays { #expect(directory.text(stray) == nil, "\(stray)") }
    try put("half", "out/.writing-99999999-4", directory)
    #expect(try directory.session().evaluate("show 4 to=out/x.txt") == .done)
    #expect(directory.text("out/.writing-99999999-4") == nil && directory.text("out/x.txt") != nil)
  }

  @Test func theFolderIgnoresItselfInVersionControl() throws {
    let directory = TestDirectory()
    do { try directory.open().session.evaluate("n = 1") }
    #expect(directory.text(".segue/.gitignore") == "*\n")
    try directory.write("!mine\n", ".segue/.gitignore")
    try directory.session().evaluate(StoreTests.work)
    #expect(directory.text(".segue/.gitignore") == "!mine\n")
    let other = TestDirectory()
    try other.session().evaluate(StoreTests.work)
    #expect(other.text(".segue/.gitignore") == "*\n")
  }

  private func put(_ text: String, _ name: String, _ directory: TestDirectory) throws {
    let path = directory.path + "/" + name
    try directory.files.makeFolder(String(path[..<path.lastIndex(of: "/")!]))
    try directory.write(text, name)
  }

  private func link(_ name: String, _ target: String, _ directory: TestDirectory) throws {
    try FileManager.default.createSymbolicLink(atPath: directory.path + "/" + name, withDestinationPath: directory.path + "/" + target)
  }
}
