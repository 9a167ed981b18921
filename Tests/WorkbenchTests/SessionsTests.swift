import FoundationEssentials
import Language
import Storage
import Testing
import Workbench

/// Which session `segue` goes on with, and what becomes of the others.
@Suite struct SessionsTests {
  private static func open(_ directory: TestDirectory, _ choice: Session.Choice) throws -> (session: Session, opening: Session.Opening) {
    try Session.open(Toy.catalog, try directory.surroundings(), choice) { _ in }
  }

  private static func mine(_ directory: TestDirectory) throws -> String {
    let (session, opening) = try open(directory, .last)
    session.evaluate("mine = 1")
    return opening.name
  }

  /// What may happen in a directory between two prompts.
  static let between: [(String, @Sendable (TestDirectory) throws -> Void)] = [
    ("a script ran", { try open($0, .new(.run)).session.evaluate("n = 1") }),
    ("a script failed", { try open($0, .new(.run)).session.evaluate("n = zzz") }),
    ("a lesson was walked through", { try open($0, .new(.walk("03-domain gap"))).session.evaluate("n = 1") }),
    ("a prompt was opened and left", { _ = try open($0, .new(.prompt)) }),
    ("another prompt began meanwhile", { directory in
      let first = try open(directory, .last), second = try open(directory, .last)
      #expect(second.opening.openElsewhere == first.opening.name)
      second.session.evaluate("n = 1")
      withExtendedLifetime(first) {}
    }),
    ("a clock was wrong", { directory in
      for ending in ["journal", "segue"] { try directory.write("", ".segue/sessions/2099-01-01-1-run.\(ending)") }
      for ending in ["journal", "segue"] { try directory.write("", ".segue/sessions/2099-01-01-2.\(ending)") }
    }),
    ("the list was looked at", { _ = Session.list(in: try $0.surroundings(), Toy.catalog.vocabulary) }),
  ]

  @Test(arguments: between.indices) func thePromptGoesOnWithItsSession(_ index: Int) throws {
    let directory = TestDirectory(), name = try Self.mine(directory)
    try Self.between[index].1(directory)
    let (session, opening) = try Self.open(directory, .last)
    #expect(opening.isContinued && opening.name == name, "\(Self.between[index].0)")
    #expect(session.names.map(\.name) == ["mine"])
  }

  @Test func aSessionThatWasBegunOnPurposeGoesOn() throws {
    let directory = TestDirectory()
    _ = try Self.mine(directory)
    try Self.open(directory, .new(.prompt)).session.evaluate("other = 2")
    #expect(try Self.open(directory, .last).session.names.map(\.name) == ["other"])
  }

  /// The second of two prompts takes over only where it is used after the first was left.
  @Test func theSessionUsedLastGoesOn() throws {
    let directory = TestDirectory()
    do {
      var first: Session? = try Self.open(directory, .last).session
      first?.evaluate("first = 1")
      let second = try Self.open(directory, .last).session
      second.evaluate("second = 2")
      first = nil
      second.evaluate("third = 3")
    }
    #expect(try Self.open(directory, .last).session.names.map(\.name) == ["second", "third"])
  }

  @Test func oneIsOpenedByName() throws {
    let directory = TestDirectory(), name = try Self.mine(directory)
    try Self.open(directory, .new(.prompt)).session.evaluate("other = 2")
    do {
      let (session, opening) = try Self.open(directory, .named(name))
      #expect(opening.isContinued && session.names.map(\.name) == ["mine"])
      try session.becomeCurrent()
      let elsewhere = try Self.open(directory, .named(name)).opening
      #expect(!elsewhere.isContinued && elsewhere.openElsewhere == name)
    }
    #expect(try Self.open(directory, .last).opening.name == name)
    #expect(throws: Diagnostic("no session is named '\(name)0'", at: nil, unknown: name + "0", among: [name])) {
      do { _ = try Self.open(directory, .named(name + "0")) } catch var error as Diagnostic { error.remedy = "did you mean \(name)?"; error.replacement = name; throw error }
    }
  }

  /// Directories of versions that kept no such file: the newest session that no script left.
  @Test func withoutAFileTheNewestGoesOn() throws {
    let directory = TestDirectory(), name = try Self.mine(directory)
    try Self.open(directory, .new(.run)).session.evaluate("n = 1")
    for text in [nil, "", "\u{0}", "../../etc/passwd", "2001-01-01-1", "a b"] {
      try directory.files.remove(directory.path + "/.segue/sessions/current")
      if let text { try directory.write(text, ".segue/sessions/current") }
      #expect(try Self.open(directory, .last).opening.name == name, "\(text ?? "no file")")
    }
  }

  @Test func sessionsAreListed() throws {
    let directory = TestDirectory(), name = try Self.mine(directory)
    try Self.open(directory, .new(.run)).session.evaluate("## A title\nn = 1\nm = 2\nk = 3")
    try Self.open(directory, .new(.walk("a/b c"))).session.evaluate("n = 1")
    let list = Session.list(in: try directory.surroundings(), Toy.catalog.vocabulary)
    #expect(Set(list.map(\.kind)) == [.prompt, .run, .step("a_b_c")])
    let run = try #require(list.first { $0.kind == .run })
    #expect(run.statements == 3 && run.firstLines == ["## A title", "n = 1"] && !run.isCurrent && !run.isOpen && run.name.hasSuffix("-run"))
    let mine = try #require(list.first { $0.name == name })
    #expect(mine.isCurrent && mine.statements == 1 && mine.kind == .prompt)
  }

  @Test func someAreRemovedAndNeverTheOneInUse() throws {
    let directory = TestDirectory(), name = try Self.mine(directory)
    let run = try Self.open(directory, .new(.run)).opening.name
    let surroundings = try directory.surroundings()
    #expect(throws: Diagnostic("'\(name)' is the session that `segue` continues", remedy: "begin another one with `segue --new` first")) {
      try Session.remove([run, name], in: surroundings)
    }
    #expect(throws: Diagnostic("no session is named '../x'", remedy: "there are \(name), \(run)")) { try Session.remove([run, "../x"], in: surroundings) }
    let open = try Self.open(directory, .new(.run))
    #expect(throws: Diagnostic("'\(open.opening.name)' is open", remedy: "leave it first")) { try Session.remove([open.opening.name], in: surroundings) }
    #expect(Session.list(in: surroundings, Toy.catalog.vocabulary).count == 3)
    try Session.remove([run], in: surroundings)
    #expect(Session.list(in: surroundings, Toy.catalog.vocabulary).map(\.name).sorted() == [name, open.opening.name].sorted())
    #expect(directory.text(".segue/sessions/\(run).segue") == nil)
  }

  /// A lesson goes on in its own session, and only as far as its text is what it was.
  @Test func aLessonRemembersItsPlace() throws {
    let directory = TestDirectory(), surroundings = try directory.surroundings()
    let lesson = Script("# words\nn = 1\nm = 2\nk = 3\n", Toy.catalog.vocabulary)
    #expect(Session.unfinished(lesson: "one", lesson, in: surroundings) == nil)
    var name = ""
    do {
      let (session, opening) = try Self.open(directory, .new(.walk("one")))
      session.evaluate("n = 1")
      session.keep(place: LessonPlace(1, of: lesson))
      #expect(Session.unfinished(lesson: "one", lesson, in: surroundings) == nil, "it is open")
      name = opening.name
    }
    let found = try #require(Session.unfinished(lesson: "one", lesson, in: surroundings))
    #expect(found.session == name && found.place.statements == 1)
    #expect(Session.unfinished(lesson: "two", lesson, in: surroundings) == nil)
    #expect(Session.unfinished(lesson: "one", Script("# words\nn = 1\nm = 5\n", Toy.catalog.vocabulary), in: surroundings) != nil, "changed below")
    #expect(Session.unfinished(lesson: "one", Script("# words\nn = 5\nm = 2\n", Toy.catalog.vocabulary), in: surroundings) == nil, "changed above")
    let session = try Self.open(directory, .named(name)).session
    session.keep(place: nil)
    withExtendedLifetime(session) {}
    #expect(directory.text(".segue/sessions/\(name).place") == nil)
  }

  @Test func theStoreMayLieElsewhere() throws {
    let directory = TestDirectory()
    try directory.files.makeFolder(directory.path + "/a")
    let surroundings = try Surroundings(directory: directory.path + "/a", store: "../shared")
    let (session, _) = try Session.open(Toy.catalog, surroundings, .last) { _ in }
    #expect(session.evaluate("load dataset\nbuild model\ntrain on=dataset1.source.train") == .done)
    #expect(try !directory.files.names(in: directory.path + "/shared/store").isEmpty)
    #expect(!directory.files.exists(directory.path + "/a/.segue/store"))
    try directory.files.makeFolder(directory.path + "/b")
    let log = Log()
    let other = Session(Toy.catalog, try Surroundings(directory: directory.path + "/b", store: directory.path + "/shared")) { log.events.append($0) }
    #expect(other.evaluate("load dataset\nbuild model\ntrain on=dataset1.source.train") == .done)
    #expect(log.kept.last == true)
  }
}
