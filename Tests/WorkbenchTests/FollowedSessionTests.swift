import Language
import Storage
import Testing
import Workbench

/// A session is looked at while another process records it.
@Suite struct FollowedSessionTests {
  @Test func whatIsRecordedIsSeenAndNothingIsLocked() throws {
    let directory = TestDirectory(), surroundings = try directory.surroundings()
    let (session, opening) = try Session.open(Toy.catalog, surroundings, .new(.prompt)) { _ in }
    session.evaluate("n = 1")
    let followed = try FollowedSession(nil, Toy.catalog, try directory.surroundings())
    #expect(followed.name == opening.name)
    #expect(try followed.refresh() == 0)
    #expect(followed.recorded().map(\.text) == ["n = 1"])
    // The recorder goes on, and looking again shows it.
    session.evaluate("# Words.")
    session.evaluate("build model")
    session.evaluate("n = zzz")
    #expect(try followed.refresh() == 0 && followed.running == nil)
    #expect(followed.recorded().map(\.text) == ["n = 1", "# Words.", "model1 = build model bisenet"])
    guard case .output(let display?) = followed.recorded().last?.content else { return #expect(Bool(false), "the model is shown") }
    #expect(TranscriptLayout.lines(display).map(\.text) == session.recorded().last?.outputs)
    _ = try session.undo()
    #expect(try followed.refresh() == 0)
    #expect(followed.recorded().map(\.text) == ["n = 1", "# Words."])
    #expect(session.recordingFault() == nil)
  }

  @Test func aStatementThatRunsAndAHalfWrittenLineAreSeen() throws {
    let directory = TestDirectory(), surroundings = try directory.surroundings()
    let (session, opening) = try Session.open(Toy.catalog, surroundings, .new(.prompt)) { _ in }
    session.evaluate("n = 1")
    session.evaluate("m = 2")
    let path = "\(directory.path)/.segue/sessions/\(opening.name).journal", whole = try directory.files.read(path)
    let lines = whole.split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
    try directory.files.write(lines.dropLast().flatMap(\.self), to: path)
    let followed = try FollowedSession(opening.name, Toy.catalog, try directory.surroundings())
    #expect(try followed.refresh() == 0)
    #expect(followed.running == "m = 2" && followed.recorded().map(\.text) == ["n = 1"])
    try directory.files.write(Array(whole.dropLast(10)), to: path)
    #expect(try followed.refresh() == 0 && followed.recorded().map(\.text) == ["n = 1"])
    try directory.files.write(whole, to: path)
    #expect(try followed.refresh() == 0 && followed.running == nil && followed.recorded().count == 2)
  }

  @Test func itsScriptNamesIt() throws {
    let directory = TestDirectory(), surroundings = try directory.surroundings()
    let (session, opening) = try Session.open(Toy.catalog, surroundings, .new(.run)) { _ in }
    session.evaluate("n = 1")
    try directory.write("n = 1\n", "x.segue")
    #expect(FollowedSession.name(ofScript: ".segue/sessions/\(opening.name).segue", in: surroundings) == opening.name)
    #expect(FollowedSession.name(ofScript: "x.segue", in: surroundings) == nil)
    #expect(FollowedSession.name(ofScript: ".segue/sessions/none.segue", in: surroundings) == nil)
    #expect(throws: Diagnostic.self) { try FollowedSession("none", Toy.catalog, surroundings) }
    // A script's session is none that the prompt goes on with.
    #expect(throws: Diagnostic.self) { try FollowedSession(nil, Toy.catalog, surroundings) }
  }
}
