import FoundationEssentials
import Language
import Storage
import Testing
import Workbench

/// What Segue knows of the files that it has written: it writes over them, and over nothing else.
@Suite struct WrittenFilesTests {
  @Test func processesThatRunAtOnceLoseNothing() async throws {
    let directory = TestDirectory()
    let path = directory.path
    func write(_ round: Int) async throws -> [String] {
      try await withThrowingTaskGroup(of: [String].self) { group in
        for worker in 0..<4 {
          group.addTask {
            let session = Session(Toy.catalog, try Surroundings(directory: path))
            return (0..<12).compactMap { session.evaluate("show \(round) to=out/\(worker)-\($0).txt").diagnostic?.description }
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
    #expect(try await write(1) == [])
    #expect(try await write(2) == [])
    #expect(try directory.files.names(in: path + "/out").count == 48)
  }

  /// A store that lies below the working directory is no place for files.
  @Test(arguments: ["values", "."]) func nothingIsWrittenIntoTheStore(_ place: String) throws {
    let directory = TestDirectory()
    let session = Session(Toy.catalog, try Surroundings(directory: directory.path, store: place))
    for statement in ["load dataset", "build model", "train epochs=3"] { #expect(session.evaluate(statement) == .done) }
    let front = place == "." ? "" : place + "/", before = try directory.files.names(in: "\(directory.path)/\(front)store")
    for name in ["store/x.txt", "store/\(before[0])/x.txt", "work/x.txt", "format"] {
      let diagnostic = session.evaluate("show 1 to=\(front)\(name)").diagnostic
      #expect(diagnostic?.message == "'\(front)\(name)' lies in the store of values" && diagnostic?.remedy == "write to another folder", "\(name): \(diagnostic?.message ?? "written")")
    }
    #expect(try directory.files.names(in: "\(directory.path)/\(front)store") == before)
    #expect(session.evaluate("show 1 to=\(front)x.txt") == .done)
  }

  /// What grows stays Segue's own as it does, and is taken for nobody else's.
  @Test func filesGrow() throws {
    let directory = TestDirectory(), files = WrittenFiles(directory.path + "/.segue", storeAt: [], directory.files), path = directory.path + "/out/x.log"
    func append(_ text: String) throws { try files.append(Array(text.utf8), to: path, below: directory.path, force: false) }
    try append("one ")
    try append("two")
    #expect(directory.text("out/x.log") == "one two")
    try files.write(Array("three".utf8), to: path, below: directory.path, force: false)
    try append(" four")
    #expect(directory.text("out/x.log") == "three four")
    try directory.write("mine", "out/x.log")
    let refusal = #expect(throws: WrittenFiles.Refusal.self) { try append(" and theirs") }
    #expect(refusal == .isForeign && directory.text("out/x.log") == "mine")
  }

  @Test func aDirectoryThatWasMovedKnowsItsFiles() throws {
    let directory = TestDirectory()
    try directory.files.makeFolder(directory.path + "/a")
    func show(_ folder: String, _ number: Int) throws -> Evaluation {
      Session(Toy.catalog, try Surroundings(directory: "\(directory.path)/\(folder)")).evaluate("show \(number) to=out/x.txt")
    }
    #expect(try show("a", 1) == .done)
    try directory.files.move(directory.path + "/a", to: directory.path + "/b")
    #expect(try show("b", 2) == .done)
    #expect(directory.text("b/out/x.txt") == "2")
    try directory.write("mine", "b/out/x.txt")
    #expect(try show("b", 3).diagnostic?.message == "'out/x.txt' exists and was not written by Segue")
    #expect(directory.text("b/out/x.txt") == "mine")
  }

  /// The record of earlier versions holds absolute paths, perhaps of where the directory was before.
  @Test(arguments: ["", "/elsewhere"]) func theRecordOfEarlierVersionsCounts(_ before: String) throws {
    let directory = TestDirectory()
    try directory.files.makeFolder(directory.path + "/.segue")
    try directory.write("4", "x.txt")
    try directory.write("mine", "y.txt")
    let front = before.isEmpty ? directory.path : before, digest = contentDigest(Array("4".utf8))
    try directory.write("{\"\(front)/x.txt\":\"\(digest)\",\"\(front)/y.txt\":\"\(digest)\"}", ".segue/written.json")
    let session = try directory.session()
    #expect(session.evaluate("show 5 to=x.txt") == .done)
    #expect(session.evaluate("show 5 to=y.txt").diagnostic != nil)
    #expect(try directory.session().evaluate("show 6 to=x.txt") == .done)
    #expect(directory.text("x.txt") == "6" && directory.text("y.txt") == "mine")
  }
}
