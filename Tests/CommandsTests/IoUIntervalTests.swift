import Commands
import FoundationEssentials
import Language
import Testing
import Workbench

/// Means over fewer classes, intervals over images, and tables over seeds and settings.
@Suite struct IoUIntervalTests {
  private func csv(_ bench: Bench, _ name: String) -> [String: [Double?]] {
    let lines = String(decoding: bench.bytes(name) ?? [], as: UTF8.self).split(separator: "\n").dropFirst()
    return Dictionary(uniqueKeysWithValues: lines.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return (String(cells[0]), cells.dropFirst().map { Double($0) })
    })
  }

  @Test func intervalsHoldTheMean() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["i = iou t m t on=few.val bootstrap=200", "save i to=i.csv", "j = iou t m t on=few.val", "save j to=j.csv"]) == nil)
    let rows = csv(bench, "i.csv"), plain = csv(bench, "j.csv")
    for model in 0..<3 {
      let (low, mean, high) = (try #require(rows["mean 95 % low"]?[model]), try #require(rows["mean"]?[model]), try #require(rows["mean 95 % high"]?[model]))
      #expect(low <= high && low <= mean + 0.05 && high >= mean - 0.05 && rows["mean"]?[model] == plain["mean"]?[model])
    }
    #expect(rows["difference from the first 95 % low"]?[2] == 0 && rows["difference from the first 95 % high"]?[2] == 0)
    #expect(rows["difference from the first 95 % low"]?[0] == .some(nil))
    #expect(session.perform(["i"]) == nil && session.shown.contains { $0.contains("95 % over images") } && session.shown.contains { $0.contains("less the first") })
    // The table without intervals is what it was, and keeps its recipe.
    #expect(session.perform(["j"]) == nil && !session.shown.contains { $0.contains("95 %") })
  }

  @Test func meansOverFewerClasses() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["i = iou t on=few.val", "k = iou t on=few.val classes=16", "save k to=k.csv", "l = iou t on=few.val classes=13", "save l to=l.csv"]) == nil)
    for (name, left) in [("k.csv", ["terrain", "truck", "train"]), ("l.csv", ["terrain", "truck", "train", "wall", "fence", "pole"])] {
      let rows = csv(bench, name)
      let counted = rows.filter { !["mean", "pixel accuracy"].contains($0.key) && !left.contains($0.key) }.compactMap { $0.value[0] }
      #expect(abs(try #require(rows["mean"]?[0]) - counted.reduce(0, +) / Double(counted.count)) < 1e-12)
    }
    #expect(session.perform(["k"]) == nil && session.shown.contains { $0.hasPrefix("mIoU (16 classes)") } && session.shown.contains { $0.contains("mean over 16 of them") })
    // What is only asked to be shown is in no recipe.
    #expect(Set(session.names.filter { ["i", "k", "l"].contains($0.name) }.map(\.digest)).count == 1)
  }

  /// Real trainings with other seeds: what `repeat` says of a seed is what `seed` and the same statements say.
  @Test func repeatedTrainings() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["i = iou t on=few.val", "r = repeat i seeds=2", "save r to=r.csv", "plot i"]) == nil)
    let other = try bench.open(new: true)
    #expect(other.perform(["seed 1"] + Small.trained + ["i = iou t on=few.val", "save i to=i.csv"]) == nil)
    let mean = try #require(csv(bench, "i.csv")["mean"]?[0])
    let lines = String(decoding: bench.bytes("r.csv") ?? [], as: UTF8.self).split(separator: "\n").map { $0.split(separator: ",") }
    let repeated = try #require(lines.first { $0[0] == "1" && $0[2] == "mIoU" }.flatMap { Double($0[3]) })
    #expect(abs(repeated - 100 * mean) < 1e-9)
  }

  /// What a check can tell of a study before anything is trained.
  @Test(arguments: [
    ("repeat i", true), ("sweep n 1 2 of=i", true), ("w = sweep n 1 2 of=i\nrepeat w row=\"mIoU\"\nexpect w.best = 1", true), ("other = 3\nsweep other 5 of=i", false),
    ("repeat i row=\"rode\"", false), ("sweep n 1 2x2 of=i", false), ("repeat i seeds=1", false), ("repeat m", false), ("iou t bootstrap=5 on=few.val", false), ("iou t classes=12 on=few.val", false),
  ]) func checkedBeforeAnythingRuns(_ statement: String, _ isRight: Bool) throws {
    let lines = Small.built + ["n = 1", "t = train m on=few.train batch=2 epochs=n validate=few.val", "i = iou t on=few.val", statement]
    #expect(Session.check(Script(lines.joined(separator: "\n") + "\n", Bench.catalog.vocabulary), Bench.catalog, .memory()).isEmpty == isRight)
  }

  @Test func aSweepIsDrawn() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.built + ["n = 1", "t = train m on=few.train batch=2 epochs=n validate=few.val", "i = iou t on=few.val", "w = sweep n 1 2 of=i", "plot w to=\"w.svg\""]) == nil)
    #expect(String(decoding: bench.bytes("w.svg") ?? [], as: UTF8.self).contains("mIoU over n"))
  }
}
