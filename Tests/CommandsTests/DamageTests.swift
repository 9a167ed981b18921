import Language
import Storage
import Tensors
import Testing
import Workbench

/// Values on the disk that are not what was written, disks that are full or forbid, and training that runs away.
@Suite struct DamageTests {
  /// Stored values whose statement is typed again in a new session: recomputed, with a note, and the same byte for byte.
  @Test(arguments: [
    ("t", "epoch-1.safetensors"), ("t", "training.json"), ("i", "table.json"), ("p", "label-0.png"), ("p", "report.json"), ("x", "tensor.safetensors"),
    ("x", "image.png"), ("t", "manifest.json"),
  ])
  func damagedValuesAreMadeAnew(_ name: String, _ file: String) throws {
    let statements = Small.trained + ["i = iou t on=few.val", "p = pseudolabel t on=few.train", "x = predict t on=few[0]"]
    let bench = Bench()
    let first = try bench.open()
    #expect(first.perform(statements) == nil)
    let whole = try bench.stored(first, name).filter { $0.key != "manifest.json" }
    try bench.damage(first, name, file)
    let session = try bench.open(new: true)
    bench.events = []
    #expect(session.perform(statements) == nil)
    #expect(bench.notes.contains { $0.hasSuffix("it is recomputed") && $0.contains(file) }, "\(bench.notes)")
    #expect(try bench.stored(session, name).filter { $0.key != "manifest.json" } == whole)
    #expect(session.transcript == first.transcript)
  }

  /// Files that are as their manifest has them and hold something else: what a person, or another program, put there.
  @Test(arguments: [
    ("c", "confusion.json", #""counts":[1,2]"#, "the stored file is no confusion matrix"), ("x", "tensor.safetensors", "tensr", "the stored file holds no tensor"),
  ])
  func strangeValuesAreMadeAnew(_ name: String, _ file: String, _ content: String, _ words: String) throws {
    let statements = Small.trained + ["c = confusion t on=few.val", "x = predict t on=few[0]"]
    let bench = Bench(), first = try bench.open()
    #expect(first.perform(statements) == nil)
    let folder = ".segue/store/" + (first.names.first { $0.name == name }?.digest ?? "")
    let old = try #require(bench.bytes("\(folder)/\(file)")), text = String(decoding: old, as: UTF8.self)
    let new = file == "confusion.json" ? Array(text.replacing(/"counts"\s*:\s*\[[^\]]*\]/, with: content).utf8) : Safetensors([(content, Tensor(shape: [1], values: [1]))]).encoded
    #expect(new != old)
    let manifest = String(decoding: try #require(bench.bytes("\(folder)/manifest.json")), as: UTF8.self)
    try bench.write("\(folder)/\(file)", new)
    try bench.write(
      "\(folder)/manifest.json", text: manifest.replacing(contentDigest(old), with: contentDigest(new)).replacing("\"size\" : \(old.count)", with: "\"size\" : \(new.count)"))
    let session = try bench.open(new: true)
    bench.events = []
    #expect(session.perform(statements) == nil)
    #expect(bench.notes.contains("\(words); it is recomputed"), "\(bench.notes)")
    #expect(bench.bytes("\(folder)/\(file)") == old)
  }

  /// A value that proves damaged when it is used: the message says what helps, and that helps.
  @Test(arguments: ["refresh", "t = train m on=few.train toward=d.target.train batch=2 epochs=3 every=1"]) func damageFoundInUse(_ cure: String) throws {
    let bench = Bench()
    do {
      let session = try bench.open()
      #expect(session.perform(Small.built + ["t = train m on=few.train toward=d.target.train batch=2 epochs=3 every=1", "e = ensemble t"]) == nil)
      try bench.damage(session, "t", "epoch-2.safetensors")
    }
    let session = try bench.open()
    #expect(session.perform(["iou t@3 on=few.val"]) == nil)
    let diagnostic = try #require(session.evaluate("iou t@2 on=few.val").diagnostic)
    let digest = session.names.first { $0.name == "t" }?.digest.prefix(8) ?? ""
    #expect(diagnostic.message == "the stored file epoch-2.safetensors of @\(digest) is damaged")
    #expect(diagnostic.remedy == "type the statement again, or `refresh`, to recompute the value")
    #expect(session.perform([cure, "iou t@2 on=few.val", "iou e on=few.val"]) == nil)
  }

  /// A value that is no longer available is no concern of commands that look for something else.
  @Test func aLostDatasetDoesNotHinderOthers() throws {
    let bench = Bench()
    try bench.gta("g", 4)
    do {
      #expect(try bench.open().perform(Small.trained + ["g = load dataset gta5 g"]) == nil)
    }
    try bench.files.remove(bench.path + "/g")
    let session = try bench.open()
    #expect(session.perform(["vars", "ensemble", "iou ensemble1 on=few.val"]) == nil)
    #expect(session.evaluate("augment").diagnostic?.message.hasPrefix("'g' is no longer available: there is no folder") == true)
  }

  /// A run-away training stops, binds nothing, and leaves the model as it was.
  @Test func divergenceIsTold() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["save t to=before.safetensors"]) == nil)
    let names = session.names.map(\.name), store = bench.contents(".segue/store")
    for _ in 0..<2 {  // also when it is tried again
      let diagnostic = try #require(session.evaluate("train t on=few.train batch=2 epochs=60 lr=10 decay=1").diagnostic)
      #expect(diagnostic.message.hasPrefix("the loss is not a finite number at step "))
      #expect(diagnostic.remedy == "a smaller lr= would help")
      #expect(session.names.map(\.name) == names)
      #expect(bench.contents(".segue/store") == store)
    }
    #expect(session.perform(["save t to=after.safetensors"]) == nil)
    #expect(bench.bytes("before.safetensors") == bench.bytes("after.safetensors"))
    #expect(session.perform(["t2 = train t on=few.train batch=2 epochs=1"]) == nil)
  }

  struct Trouble: Sendable, CustomTestStringConvertible {
    let fault: FaultyFileSystem.Fault
    let statement: String
    let message: String
    var remedy: String?
    var testDescription: String { "\(fault) during \(statement)" }
  }

  private static let training = "train m on=few.train batch=2 epochs=3", clean = "`store trim=yes` removes values that no name holds"

  /// The disk refuses from the statement on: it fails or goes unrecorded, nothing is lost, and on a disk that works again it succeeds.
  @Test(arguments: [
    Trouble(fault: .readOnly, statement: training, message: "cannot write .segue/sessions/SESSION.journal: the disk is read-only", remedy: "run segue in a folder that you may write to"),
    Trouble(fault: .full(afterBytes: 0), statement: training, message: "cannot write .segue/sessions/SESSION.journal: the disk is full", remedy: clean),
    Trouble(fault: .full(afterBytes: 100_000), statement: training, message: "this needs 3.9 MB on the disk, and 0.1 MB are free", remedy: clean),
    Trouble(fault: .failingRename, statement: training, message: "cannot write .segue/work/DIGEST/epoch-1.safetensors: Input/output error"),
    Trouble(fault: .full(afterBytes: 1000), statement: "save t to=t.safetensors", message: "cannot write t.safetensors: the disk is full", remedy: clean),
    Trouble(fault: .readOnly, statement: "save t to=t.safetensors", message: "cannot write .segue/written/DIGEST: the disk is read-only", remedy: "run segue in a folder that you may write to"),
    Trouble(fault: .failingRename, statement: "save t to=t.safetensors", message: "cannot write .segue/written/DIGEST: Input/output error"),
    Trouble(fault: .readOnly, statement: "save mine.segue", message: "cannot write .segue/written/DIGEST: the disk is read-only", remedy: "run segue in a folder that you may write to"),
    Trouble(fault: .full(afterBytes: 2000), statement: "show few to=few.png", message: "cannot write few.png: the disk is full", remedy: clean),
  ])
  func disksThatRefuse(_ trouble: Trouble) throws {
    let bench = Bench()
    let disk = FaultyFileSystem(bench.files)
    let session = try bench.open(disk)
    #expect(session.perform(Small.trained + ["save t to=old.safetensors"]) == nil)
    let (names, script, store, files) = (session.names.map(\.name), session.transcript, bench.contents(".segue/store"), bench.contents())
    disk.fail(trouble.fault)
    let diagnostic = try #require(session.evaluate(trouble.statement).diagnostic)
    #expect(plain(diagnostic.message, bench) == trouble.message)
    #expect(diagnostic.remedy == trouble.remedy)
    #expect(session.names.map(\.name) == names)
    #expect(session.transcript == script)
    #expect(bench.contents(".segue/store") == store)
    #expect(bench.contents() == files)
    disk.fail(nil)
    #expect(session.perform([trouble.statement, "iou t on=few.val", "after = 1"]) == nil)
    // Whoever opens the directory next finds what was recorded.
    let transcript = session.transcript
    #expect(try Bench.reread(bench) == transcript)
  }

  /// Wherever the disk fills while a value is made and stored, the same statement succeeds once there is room again.
  @Test func aDiskThatFillsOnTheWay() throws {
    let bench = Bench()
    let disk = FaultyFileSystem(bench.files)
    let session = try bench.open(disk)
    #expect(session.perform(Small.trained) == nil)
    for bytes in stride(from: 10, through: 1500, by: 300) {
      disk.fail(.full(afterBytes: bytes))
      _ = session.evaluate("iou t on=few.val # \(bytes)")
      disk.fail(nil)
      #expect(session.perform(["iou t on=few.val"]) == nil)
    }
  }

  /// A message without what differs from run to run.
  private func plain(_ message: String, _ bench: Bench) -> String {
    message.replacing(bench.path, with: "HERE").split(separator: "/", omittingEmptySubsequences: false).map { part in
      if part.contains(".journal:") { return "SESSION.journal:" + part.split(separator: ":", maxSplits: 1)[1] }
      return part.prefix(64).count == 64 && part.prefix(64).allSatisfy(\.isHexDigit) ? "DIGEST" + part.dropFirst(64) : String(part)
    }.joined(separator: "/")
  }
}
