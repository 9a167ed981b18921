import Commands
import Language
import Testing
import Workbench

/// `profile=`: one word for all choices on which the paper and its authors' code differ.
@Suite struct ProfileTests {
  private let bench = Bench()

  private static let data = Small.data + ["g = fda few toward=d.target beta=0.1", "n = build model bisenet width=1/8"]

  /// What is chosen is in the recipe, and the word that chose it is not: the same by hand is the same value.
  @Test(arguments: [
    ("build model width=1/8 profile=paper", "build model width=1/8 spatial=path"),
    ("build model width=1/8 profile=repo", "build model width=1/8 spatial=stdc"),
    ("augment few profile=paper", "augment few"),
    ("augment few profile=repo", "augment few contrast=2..6 saturation=1..4 labels=still"),
    ("augment few profile=repo labels=move p=1", "augment few contrast=2..6 saturation=1..4 p=1"),
    ("fda few toward=d.target profile=paper", "fda few toward=d.target window=paper"),
    ("fda few toward=d.target profile=repo", "fda few toward=d.target"),
    ("fda few toward=d.target profile=paper window=corners", "fda few toward=d.target window=corners"),
    ("train n on=few.train epochs=1 batch=2 profile=paper", "train n on=few.train epochs=1 batch=2"),
    ("train n on=few.train epochs=2 batch=2 profile=repo", "train n on=few.train epochs=2 batch=2 schedule=epoch crop=1280x720"),
    ("train n on=g.train epochs=2 batch=2 profile=repo", "train n on=g.train epochs=2 batch=2 schedule=epoch"),
    ("train n on=g.train toward=d.target.train epochs=1 profile=repo", "train n on=g.train toward=d.target.train epochs=1 schedule=epoch"),
    ("train n on=g.train epochs=2 batch=2 profile=repo schedule=step", "train n on=g.train epochs=2 batch=2"),
  ]) func whatItChoosesIsTheSameByHand(_ chosen: String, _ byHand: String) throws {
    let session = try bench.open()
    #expect(session.perform(Self.data + ["a = \(chosen)", "b = \(byHand)"]) == nil)
    let digests = session.names.filter { ["a", "b"].contains($0.name) }.map(\.digest)
    #expect(digests.count == 2 && digests[0] == digests[1], "\(chosen)")
    #expect(session.history.suffix(2).first?.contains("profile=") == true, "the word is recorded")
  }

  /// Statements without it are what they were, and one that chooses otherwise is another value.
  @Test func whatItChoosesIsAnotherValue() throws {
    let session = try bench.open()
    #expect(session.perform(Self.data + ["a = augment few", "b = augment few profile=repo", "c = fda few toward=d.target", "e = fda few toward=d.target profile=paper"]) == nil)
    let digests = session.names.filter { ["a", "b", "c", "e"].contains($0.name) }.map(\.digest)
    #expect(Set(digests).count == 4)
    for name in ["a", "c"] {
      let recipe = try #require(try session.recipe(of: Reference(name)))
      #expect(recipe.parameters["profile"] == nil && recipe.parameters["labels"] == nil)
    }
  }

  /// A text that a name holds chooses for a whole script, and is seen through.
  @Test func oneNameSwitchesAScript() throws {
    let session = try bench.open()
    #expect(session.perform(Self.data + [
      "how = \"repo\"", "v = augment few profile=how", "s = train n on=v.train epochs=2 batch=2 profile=how", "u = train n on=few.train epochs=1 batch=2",
      "i = iou s on=few.val profile=how", "j = iou s u on=few.val", "k = iou u on=few.val", "w = train n on=v.train epochs=1 batch=2", "l = iou w on=few.val", "l",
    ]) == nil)
    #expect(session.shown.joined(separator: " ").contains("made with profile=repo in part"))
    #expect(session.perform(["i"]) == nil)
    // The network was built by no profile.
    #expect(session.shown.joined(separator: " ").contains("absent classes as 0; made with profile=repo in part"))
    #expect(session.perform(["j"]) == nil)
    #expect(session.shown.joined(separator: " ").contains("made with profile=repo in part (s), no profile (u)"))
    #expect(session.perform(["k"]) == nil)
    #expect(!session.shown.joined().contains("profile"), "tables of models without one say nothing")
  }

  @Test func tablesSayTheProfileOfWholeChains() throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + [
      "n = build model bisenet width=1/8 profile=paper", "v = augment few profile=paper", "s = train n on=v.train epochs=1 batch=2 profile=paper", "i = iou s on=few.val", "i",
    ]) == nil)
    #expect(session.shown.joined(separator: " ").contains("one confusion matrix; made with profile=paper"))
    #expect(session.perform(["tabulate i"]) == nil)
    #expect(session.shown.joined(separator: " ").contains("made with profile=paper"), "rows keep it")
  }

  /// The mean of the authors' code: a class that is not there is 0 and counts.
  @Test func absentClassesCountAsNothing() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["i = iou t on=few.val", "j = iou t on=few.val profile=repo"]) == nil)
    let table = try #require(try session.value(of: Reference("i")) as? any Measured).measures
    let present = table.numbers.prefix(19).compactMap { $0[0]?.value }
    let other = try #require(try session.value(of: Reference("j", [.field("miou")])).number).value
    #expect(present.count < 19 && abs(other - present.reduce(0, +) / 19) < 0.06)
    #expect(session.names.filter { ["i", "j"].contains($0.name) }.map(\.digest).count == 2)
    let diagnostic = session.evaluate("iou t on=few.val bootstrap=100 profile=repo").diagnostic
    #expect(diagnostic?.message.contains("counts them as 0") == true && diagnostic?.range != nil)
    #expect(session.evaluate("tabulate i j").diagnostic?.message.contains("and not so in i") == true)
  }

  /// `explain` says what is chosen, and shows settings as they come out.
  @Test(arguments: [
    ("train n on=d.source.train profile=repo", ["profile=repo chooses crop=1280x720 schedule=epoch, where they are left out"]),
    ("train n on=d.source.train toward=d.target.train profile=repo", ["batch=8", "crop=1280x720"]),
    ("augment few profile=repo", ["contrast=2..6", "labels=still", "their labels are not"]),
    ("fda few toward=d.target profile=paper", ["window=paper"]),
    ("build model profile=repo", ["spatial=stdc"]),
    ("pseudolabel n on=d.target.train profile=paper", ["keep=0.66"]),
    ("pseudolabel n on=d.target.train rule=fixed profile=paper", ["chooses nothing here"]),
    ("iou n on=few.val profile=repo", ["absent=zero"]),
  ]) func explainSaysWhatItChooses(_ statement: String, _ words: [String]) throws {
    let session = try bench.open()
    #expect(session.perform(Self.data + ["explain \(statement)"]) == nil)
    let shown = session.shown.joined(separator: "\n")
    for word in words { #expect(shown.contains(word), "\(shown)") }
  }

  /// Labels that stay where they are under a mirrored image.
  @Test func labelsOfTheAuthorsCodeAreNotMirrored() throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + ["a = augment few p=1 contrast=1..1 saturation=1..1", "b = augment few p=1 contrast=1..1 saturation=1..1 labels=still"]) == nil)
    func digest(_ text: String) throws -> String {
      #expect(session.perform(["x = \(text)"]) == nil)
      return try session.value(of: Reference("x")).fingerprint()
    }
    #expect(try digest("a[0].image") == digest("b[0].image"))
    #expect(try digest("a[0].label") != digest("b[0].label") && digest("few[0].label") == digest("b[0].label"))
  }

  /// Two rates at a time: with one step an epoch both schedules are one.
  @Test func ratesFallByEpoch() throws {
    let session = try bench.open()
    #expect(session.perform(Self.data + [
      "a = train n on=few.train batch=4 epochs=2", "b = train n on=few.train batch=4 epochs=2 schedule=epoch", "c = train n on=few.train batch=2 epochs=2", "e = train n on=few.train batch=2 epochs=2 schedule=epoch",
    ]) == nil)
    func loss(_ name: String) throws -> Double { try #require(try session.value(of: Reference(name, [.field("loss")])).number).value }
    #expect(try loss("a") == loss("b") && loss("c") != loss("e"))
  }
}
