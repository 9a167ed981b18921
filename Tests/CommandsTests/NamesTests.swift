import Commands
import Language
import Testing
import Workbench

/// Names, spellings and requests to print are in no recipe, and what is shown of them comes from the statement at hand.
@Suite struct NamesTests {
  /// Two ways to write one value, after `Small.trained` and `u = t`.
  static let same: [(one: String, other: String)] = [
    ("iou t on=few.val", "iou u on=few.val"), ("iou t t on=few.val", "iou t u on=few.val"), ("confusion t on=few.val", "confusion u on=few.val count=3"),
    ("confusion t on=few.val", "confusion t on=few.val of=all"), ("build model width=1/8", "build model bisenet width=1/8 plan=training size=64x32 batch=2 precision=bf16"),
    ("build model width=1/8", "build model width=1/8 plan=inference"), ("iou t on=few.val", "iou t@1 on=few.val"), ("iou t on=few.val", "iou t@best on=few.val"),
    ("ensemble t u", "ensemble t@1 t@best"), ("predict t on=few[0]", "predict u on=few[0]"), ("spectrum few[0]", "spectrum few[0] beta=0.2 window=corners"),
    ("features t on=few[0] layer=\"sp.conv1.bn\"", "features u on=few[0] layer=\"sp.conv1.bn\" count=2"),
    ("train m on=few.train epochs=1 batch=2", "train m on=few.train epochs=1 batch=2 lr=0.05"),
    ("train t on=few.train epochs=1 batch=2", "train t@1 on=few.train epochs=1 batch=2 lr=0.01 momentum=0.9"),
    ("train m on=few.train toward=d.target.train epochs=1 batch=2", "train m on=few.train toward=d.target.train epochs=1 method=adversary"),
    ("train m on=few.train toward=d.target.train epochs=1 method=entropy", "train m on=few.train toward=d.target.train epochs=1 method=entropy entropy=0.001"),
    ("train m on=few.train toward=d.target.train epochs=1", "train m on=few.train toward=d.target.train epochs=1 dlr=0.0001 adversarial=0.1% gan=vanilla"),
    (
      "train m on=few.train toward=d.target.train epochs=1 method=teacher",
      "train m on=few.train toward=d.target.train epochs=1 method=teacher mixed=1 threshold=0.968 jitter=25% blur=yes"
    ),
    ("train m on=few.train toward=d.target.train epochs=1", "train m on=few.train toward=d.target.train epochs=1 targetbatch=2 loss=ce shards=1"),
    ("train m on=few.train pseudo=few.train epochs=1 batch=2 loss=ohem", "train m on=few.train pseudo=few.train epochs=1 batch=2 loss=ohem hard=70% pseudoloss=ce"),
    ("adapt t on=few.train", "adapt u on=few.train batch=8"), ("adapt t@1 on=few", "adapt t on=few"), ("lab few", "lab few toward=d.target"),
    ("pseudolabel t on=few.train keep=20%", "pseudolabel t on=few.train keep=0.2 rule=fda floor=0"),
    ("load dataset streets", "load dataset size=256x128 resize=bilinear"), ("pseudolabel t on=few.train", "pseudolabel u on=few.train keep=34% to=there"),
    ("iou t on=few.val", "iou u on=few.val absent=zero profile=repo"), ("fda few", "fda few profile=repo"), ("augment few", "augment few labels=move profile=paper"),
    ("train m on=few.train epochs=1 batch=2", "train m on=few.train epochs=1 batch=2 schedule=step profile=paper"),
    ("fda few", "fda few toward=d.target beta=1%"), ("take few count=2", "take few count=two random=no"),
  ]

  @Test(arguments: same.indices) func oneValueHasOneRecipe(_ index: Int) throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["u = t", "two = 2", "x = " + Self.same[index].one]) == nil)
    bench.events = []
    #expect(session.perform(["y = " + Self.same[index].other]) == nil)
    #expect(session.names.map(\.digest).suffix(2).reduce(into: Set()) { $0.insert($1) }.count == 1)
    #expect(bench.steps == 0, "nothing is computed twice")
    #expect(try session.value(of: Reference("x")).fingerprint() == session.value(of: Reference("y")).fingerprint())
  }

  /// Statements with words of their own in what they show.
  static let shows = [
    "iou NAME on=few.val", "iou NAME t on=DATA", "confusion NAME on=DATA", "confusion NAME on=DATA count=4", "plot NAME", "plot i", "show NAME on=DATA",
    "show NAME on=DATA what=confidence", "show DATA", "show DATA[0].image", "predict NAME on=DATA[0]", "features NAME on=DATA[0] count=3", "spectrum DATA[0] beta=0.1",
    "build model width=1/8 plan=inference size=64x32", "build model width=1/8", "combine amplitude=AMP phase=PHA", "spectrum PIC", "diff i k", "tabulate i k", "tabulate i k paper=2", "NAME", "i", "show AMP PIC",
  ]
  private static let words = ["NAME": ("t", "u"), "DATA": ("few.val", "v"), "AMP": ("a", "b"), "PHA": ("p", "q"), "PIC": ("c", "e"), "i": ("i", "i2"), "k": ("k", "k2")]

  private func written(_ statement: String, _ isOther: Bool) -> String {
    statement.split(separator: " ").map { word in
      Self.words.reduce(String(word)) { text, pair in
        let name = isOther ? pair.value.1 : pair.value.0
        if pair.key.count > 1 { return text.replacing(pair.key, with: name) }
        return text == pair.key ? name : text
      }
    }.joined(separator: " ")
  }

  private static let prepared = Small.trained + [
    "u = t", "v = few.val", "a = spectrum few[0]", "b = a", "p = spectrum few[1] part=phase", "q = p", "c = combine amplitude=a phase=p",
    "e = combine amplitude=b phase=q", "i = iou t on=few.val", "i2 = iou u on=v", "k = iou m on=few.val", "k2 = iou m on=v",
  ]

  /// What a statement shows after another spelling of the same value is what it shows without: in a store that the other filled, in a
  /// session that remembers the other, after undo, and when the session is opened again.
  @Test(arguments: shows) func whatIsShownComesFromTheStatement(_ statement: String) throws {
    let fresh = Bench(), used = Bench()
    let one = written(statement, false), other = written(statement, true)
    let alone = try fresh.open()
    #expect(alone.perform(Self.prepared + [one]) == nil)
    let expected = alone.shown
    #expect(!expected.isEmpty)
    do {
      let session = try used.open()
      #expect(session.perform(Self.prepared + [other]) == nil)
      #expect(session.perform([one]) == nil)
      #expect(session.shown == expected, "remembered")
      #expect(session.perform(["undo", one]) == nil)
      #expect(session.shown == expected, "after undo")
    }
    let again = try used.open()
    let recorded = again.recorded().compactMap { if case .output(let display?) = $0.content { TranscriptLayout.lines(display).map(\.text) } else { nil } }
    #expect(recorded.last == expected, "reopened")
    let new = try used.open(new: true)
    #expect(new.perform(Self.prepared + [one]) == nil)
    #expect(new.shown == expected, "from the store")
  }

  /// A lasting value keeps the titles of the statement that made it.
  @Test func lastingTablesKeepTheirTitles() throws {
    let bench = Bench()
    do {
      let session = try bench.open()
      #expect(session.perform(Small.trained + ["u = t", "x = iou t on=few.val", "y = iou u on=few.val", "plot x"]) == nil)
      #expect(session.shown.contains { $0.contains("IoU by class of t") })
      #expect(session.perform(["plot y"]) == nil)
      #expect(session.shown.contains { $0.contains("IoU by class of u") })
    }
    let session = try bench.open()
    bench.events = []
    #expect(session.perform(["plot x"]) == nil)
    #expect(session.shown.contains { $0.contains("IoU by class of t") })
    #expect(session.perform(["n = y.u"]) == nil)
    #expect(session.evaluate("y.t").diagnostic?.message == "'y' has no field 't'")
    #expect(bench.steps == 0)
  }

  /// A discriminator that read or said something else is none to go on with; it is shown for what it is.
  @Test func adversariesOfAnotherKindBeginAnew() throws {
    let bench = Bench(), session = try bench.open()
    let toward = "on=few.train toward=d.target.train batch=2 epochs=1", remark = "the discriminator of an adversary of another kind is of no use here: training starts with a new one"
    #expect(session.perform(Small.built + ["a = train m \(toward) method=advent gan=ls", "b = train a \(toward) method=advent gan=ls"]) == nil)
    #expect(!bench.notes.contains(remark))
    #expect(session.perform(["c = train a \(toward) method=advent", "show a on=few[0] what=discriminator"]) == nil)
    #expect(bench.notes.contains(remark))
    #expect(session.perform(["explain train a \(toward)"]) == nil)
    #expect(session.shown.joined(separator: " ").contains(remark))
    #expect(session.perform(["t = train a \(toward) method=teacher", "explain train a \(toward) method=teacher"]) == nil)
    #expect(!session.shown.joined(separator: " ").contains("discriminator"))
  }

  /// Ctrl-C aside, training goes on alike from the same weights: the last epoch has the discriminator that belongs to it.
  @Test func theSameWeightsTrainOnAlike() throws {
    let bench = Bench()
    let session = try bench.open()
    let adversarial = "toward=d.target.train batch=2 epochs=1"
    #expect(session.perform(Small.built + ["a = train m on=few.train toward=d.target.train batch=2 epochs=2 every=1", "b = train a on=few.train \(adversarial)"]) == nil)
    bench.events = []
    #expect(session.perform(["c = train a@2 on=few.train \(adversarial)"]) == nil)
    #expect(bench.steps == 0 && session.names.suffix(2).map(\.digest).reduce(into: Set()) { $0.insert($1) }.count == 1)
    #expect(session.perform(["e = train a@1 on=few.train \(adversarial)"]) == nil)
    #expect(bench.notes.contains("a discriminator is kept for the last epoch only, so that from epoch 1 training starts with a new one"))
    #expect(session.perform(["explain train a@1 on=few.train \(adversarial)"]) == nil)
    #expect(session.shown.contains { $0.contains("kept for the last epoch only") })
    // Weights that go through a file train on alike, too.
    #expect(session.perform(["save a to=a.safetensors", "l = load weights \"a.safetensors\" into=m", "f = train a on=few.train batch=2 epochs=1", "g = train l on=few.train batch=2 epochs=1"]) == nil)
    #expect(try session.value(of: Reference("f")).fingerprint() == session.value(of: Reference("g")).fingerprint())
  }
}
