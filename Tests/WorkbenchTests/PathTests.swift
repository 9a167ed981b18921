import Language
import Storage
import Testing
import Workbench

/// How files are named: by a person, and to a person.
@Suite struct PathTests {
  /// A failure names files as they were typed, so that it reads the same elsewhere.
  @Test(arguments: ["no/such.bin", "./no/such.bin", "../elsewhere/such.bin"]) func failuresNameFilesAsTheyWereTyped(_ typed: String) throws {
    let directory = TestDirectory(), session = try directory.session()
    defer { withExtendedLifetime(directory) {} }
    #expect(session.evaluate("load weights \(typed)").diagnostic?.message == "cannot read \(typed): there is no such file or folder")
    #expect(session.evaluate("keep") == .done)
    #expect(session.transcript == "load weights \(typed)\n#! cannot read \(typed): there is no such file or folder\n")
  }

  @Test func whatWasNotTypedIsNamedFromTheWorkingDirectory() throws {
    let directory = TestDirectory()
    let faulty = FaultyFileSystem(directory.files)
    let (session, _) = try directory.open(faulty)
    faulty.fail(.readOnly)
    let message = try #require(session.evaluate("n = 1").diagnostic).message
    #expect(message.hasPrefix("cannot write .segue/sessions/"))
  }

  @Test func theHomeIsFoundInStatements() throws {
    let home = try #require(personalFolder)
    let directory = TestDirectory(), session = try directory.session()
    defer { withExtendedLifetime(directory) {} }
    let name = "segue-no-such-file-\(session.surroundings.directory.suffix(8))"
    #expect(session.evaluate("load weights ~/\(name)").diagnostic?.message == "cannot read ~/\(name): there is no such file or folder")
    #expect(!home.isEmpty)
  }
}
