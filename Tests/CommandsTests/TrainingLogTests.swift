import Language
import Storage
import Tensors
import TestSupport
import Testing
import Workbench

/// `train … log=DIR`: what TensorBoard finds there, while and after it trains.
@Suite struct TrainingLogTests {
  private static let training = "train m on=few.train batch=2 epochs=3 validate=few.val"
  private let bench = Bench()

  /// The values of every scalar by tag: step and number.
  private func scalars(_ bytes: [UInt8]) -> [String: [(Int, Float)]] {
    var found: [String: [(Int, Float)]] = [:]
    for event in events(bytes) {
      for value in event.messages(5).flatMap({ $0.messages(1) }) where value.messages(9)[0].messages(1)[0].texts(1) == ["scalars"] {
        found[value.texts(1)[0], default: []].append((event.integers(2)[0], value.messages(8)[0].floats(5)[0]))
      }
    }
    return found
  }

  private func events(_ bytes: [UInt8]) -> [ProtobufReader] {
    var events: [ProtobufReader] = [], rest = bytes[...]
    while rest.count >= 16 {
      let length = rest.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
      events.append(ProtobufReader(Array(rest.dropFirst(12).prefix(length))))
      rest = rest.dropFirst(16 + length)
    }
    return events
  }

  private func tags(_ bytes: [UInt8], of plugin: String) -> [String] {
    events(bytes).flatMap { $0.messages(5).flatMap { $0.messages(1) } }.filter { $0.messages(9)[0].messages(1)[0].texts(1) == [plugin] }.map { $0.texts(1)[0] }
  }

  /// The event files below a folder, in the order of their names.
  private func files(_ folder: String) -> [(name: String, bytes: [UInt8])] {
    bench.contents(folder).keys.sorted().map { ($0, bench.bytes($0)!) }
  }

  @Test func curvesAreThoseOfTheHistory() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["t = \(Self.training) log=runs", "save t.history to=h.csv"]) == nil)
    let digest = try #require(session.names.first { $0.name == "t" }?.digest), found = files("runs")
    #expect(found.count == 1 && found[0].name.hasPrefix("runs/\(digest.prefix(8))/events.out.tfevents."), "\(found.map(\.name))")
    let curves = scalars(found[0].bytes), lines = String(decoding: try #require(bench.bytes("h.csv")), as: UTF8.self).split(separator: "\n")
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false), rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    for (column, tag) in [("loss", "loss/loss"), ("miou", "validation/mIoU")] {
      let place = try #require(columns.firstIndex { $0 == column })
      #expect(curves[tag]?.map(\.0) == [1, 2, 3] && curves[tag]?.map(\.1) == rows.map { Float(Double($0[place])!) }, "\(tag)")
    }
    #expect(curves["rate/network"]?.map(\.1).first.map { $0 < 0.05 } == true && curves["rate/network"]?.count == 3)
    #expect(curves.keys.contains("IoU/road"), "\(curves.keys)")
    #expect(tags(found[0].bytes, of: "text") == ["recipe"])
    #expect(tags(found[0].bytes, of: "images") == ["validation/prediction", "validation/image", "validation/label"] + ["validation/prediction", "validation/prediction"])
    #expect(bench.notes.last == "curves of 3 epochs in runs/\(digest.prefix(8)): tensorboard --logdir runs")
  }

  /// Where curves are written is no part of what is trained: the value is the same one, and it is recorded.
  @Test func whereItIsLoggedChangesNothing() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["t = \(Self.training)", "u = \(Self.training) log=runs"]) == nil)
    #expect(session.names.first { $0.name == "t" }?.digest == session.names.first { $0.name == "u" }?.digest)
    #expect(bench.kept.suffix(2) == [false, true])
    #expect(session.transcript.contains("log=\"runs\""))
    // Also of what was kept, as far as it is known; once.
    let found = files("runs")
    #expect(found.count == 1 && scalars(found[0].bytes)["validation/mIoU"]?.map(\.0) == [1, 2, 3])
    #expect(session.perform(["v = \(Self.training) log=runs"]) == nil)
    #expect(files("runs").map(\.bytes) == found.map(\.bytes))
  }

  @Test func trainingsLieSideBySide() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["t = \(Self.training) log=runs/", "train m on=few.train batch=2 epochs=1 lr=0.01 log=\"runs\""]) == nil)
    #expect(Set(files("runs").map { $0.name.split(separator: "/")[1] }).count == 2)
  }

  /// Each epoch is there when it ends; one that goes on after Ctrl-C goes on with its curves, and no epoch is there twice.
  @Test func aTrainingThatGoesOnGoesOnWithItsCurves() throws {
    let interrupt = Interrupt(), bench = bench
    let stopped = try Session.open(Bench.catalog, Surroundings(directory: bench.path, interrupt: interrupt)) { event in
      if case .progressed(let progress) = event, progress.stage.hasPrefix("epoch 3/") { interrupt.request() }
    }.session
    #expect(stopped.perform(Small.built) == nil)
    #expect(stopped.evaluate("t = \(Self.training) log=runs") == .interrupted)
    let first = files("runs")
    #expect(first.count == 1 && scalars(first[0].bytes)["loss/loss"]?.map(\.0) == [1, 2])
    let session = try bench.open(new: true)
    #expect(session.perform(Small.built + ["t = \(Self.training) log=runs"]) == nil)
    let both = files("runs")
    #expect(both.count == 2 && both[0].bytes == first[0].bytes)
    #expect(scalars(both.flatMap(\.bytes))["loss/loss"]?.map(\.0) == [1, 2, 3])
  }

  /// What a file was cut off at is written again.
  @Test func epochsOfADamagedFileAreWrittenAgain() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["t = \(Self.training) log=runs"]) == nil)
    let file = files("runs")[0]
    try bench.write(file.name, Array(file.bytes.dropLast(5)))
    #expect(session.perform(["u = \(Self.training) log=runs"]) == nil)
    let later = try #require(files("runs").last)
    #expect(files("runs").count == 2 && scalars(later.bytes)["loss/loss"]?.map(\.0) == [3])
  }
}
