import Commands
import Glibc
import Language
import Testing
import Workbench

/// Files that change between statements: nothing of the new ones is stored under what the old ones made.
@Suite struct ChangingFilesTests {
  /// Replaces a file's bytes by others of the same length, and sets its time of change back, as `cp -p` does.
  private func replaceSilently(_ bench: Bench, _ name: String, _ bytes: [UInt8]) throws {
    let path = bench.path + "/" + name
    var status = stat()
    try #require(stat(path, &status) == 0 && Int(status.st_size) == bytes.count)
    let file = open(path, O_WRONLY)
    try #require(file >= 0 && pwrite(file, bytes, bytes.count, 0) == bytes.count)
    close(file)
    var times = [status.st_atim, status.st_mtim]
    try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
    // Clocks of file systems tick every few milliseconds; another change of state makes sure that one tick lies in between.
    var after = stat()
    repeat {
      try #require(chmod(path, 0o644) == 0 && stat(path, &after) == 0)
    } while after.st_ctim.tv_sec == status.st_ctim.tv_sec && after.st_ctim.tv_nsec == status.st_ctim.tv_nsec
  }

  static let readers = ["train m on=a.train batch=2 epochs=1", "iou m on=a", "predict m on=a[3]", "show a", "pseudolabel m on=a", "spectrum a[3]", "x = a[3].image"]

  @Test(arguments: readers, ["images", "labels"]) func whatChangedIsNotReadAsWhatItWas(_ statement: String, _ folder: String) throws {
    let bench = Bench()
    try bench.gta("a", 4)
    let session = try bench.open()
    #expect(session.perform(Small.built + ["a = load dataset gta5 a"]) == nil)
    let names = (0..<4).map { "a/\(folder)/\($0).png" }, whole = try names.map { try #require(bench.bytes($0)) }
    for (name, bytes) in zip(names, whole) {
      var altered = bytes
      altered[altered.count / 2] ^= 1
      try replaceSilently(bench, name, altered)
    }
    let before = bench.contents(".segue/store").keys.count
    let outcome = session.evaluate(statement)
    #expect(outcome.diagnostic?.message.contains("it changed since the dataset was loaded") == true, "\(outcome)")
    #expect(outcome.diagnostic?.message.contains("a/\(folder)/") == true)
    #expect(bench.contents(".segue/store").keys.count == before)
    // Restored, they are other files with the same bytes: they are read, and loaded again they have the same recipe.
    for (name, bytes) in zip(names, whole) { try replaceSilently(bench, name, bytes) }
    #expect(session.perform([statement, "b = load dataset gta5 a"]) == nil)
    let digests = session.names.filter { $0.name == "a" || $0.name == "b" }.map(\.digest)
    #expect(Set(digests).count == 1)
  }

  /// In a session that is opened again, a dataset whose files changed is another one for all that is made of it.
  @Test func whatIsMadeOfChangedFilesHasAnotherRecipe() throws {
    let bench = Bench(), other = Bench()
    try bench.gta("a", 5)
    try other.gta("a", 5)
    do {
      let session = try bench.open()
      #expect(session.perform(Small.built + ["a = load dataset gta5 a", "t = train m on=a.train validate=a.val batch=2 epochs=1", "i = iou t on=a.val"]) == nil)
    }
    for each in [bench, other] { for i in 0..<5 { try each.label("a/labels/\(i).png", [11]) } }
    let session = try bench.open()
    bench.events = []
    // Work is not lost: the model is what was trained.
    #expect(session.perform(["t", "u = t@1"]) == nil)
    #expect(!bench.events.contains { if case .progressed(let progress) = $0 { progress.stage.hasPrefix("epoch") } else { false } })
    #expect(session.perform(["v = train m on=a.train validate=a.val batch=2 epochs=1"]) == nil)
    let alone = try other.open()
    #expect(alone.perform(Small.built + ["a = load dataset gta5 a", "v = train m on=a.train validate=a.val batch=2 epochs=1"]) == nil)
    func origin(_ session: Session, _ name: String) -> Origin? { session.names.first { $0.name == name }?.origin }
    #expect(origin(session, "v") == origin(alone, "v") && origin(session, "v") != origin(session, "t"))
    #expect(try session.value(of: Reference("v")).fingerprint() == alone.value(of: Reference("v")).fingerprint())
    // What the store has under the old recipe is what the old files made.
    #expect(try session.value(of: Reference("t")).fingerprint() != session.value(of: Reference("v")).fingerprint())
    #expect(session.perform(["refresh"]) == nil)
    #expect(origin(session, "t") == origin(session, "v"))
  }

  @Test func weightsThatChangeAreReadAsWhatTheyAre() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["save m to=a.safetensors", "save t to=b.safetensors", "l = load weights \"a.safetensors\" into=m", "i = iou l on=few.val"]) == nil)
    try replaceSilently(bench, "a.safetensors", try #require(bench.bytes("b.safetensors")))
    bench.events = []
    #expect(session.perform(["l2 = load weights \"a.safetensors\" into=m", "j = iou l2 on=few.val", "k = iou t on=few.val"]) == nil)
    #expect(bench.kept == [false, false, false])
    #expect(try session.value(of: Reference("j")).fingerprint() == session.value(of: Reference("k")).fingerprint())
    #expect(try session.value(of: Reference("j")).fingerprint() != session.value(of: Reference("i")).fingerprint())
  }
}
