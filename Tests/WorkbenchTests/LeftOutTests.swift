import Language
import Testing
import Workbench

@Suite struct LeftOutTests {
  /// The seven statements of the design, as typed and as recorded.
  static let seven = [
    ("load dataset", "dataset1 = load dataset streets"),
    ("build model", "model1 = build model bisenet"),
    ("fda beta=0.01", "fda1 = fda dataset1.source toward=dataset1.target beta=0.01"),
    ("train epochs=25", "train1 = train model1 on=fda1.train epochs=25"),
    ("ensemble", "ensemble1 = ensemble train1"),
    ("pseudolabel", "pseudolabel1 = pseudolabel ensemble1 on=dataset1.target.train"),
    ("iou", "iou1 = iou ensemble1 on=dataset1.target.val"),
  ]

  @Test func theSevenStatements() {
    let session = Session(Toy.catalog)
    for (typed, recorded) in Self.seven {
      #expect(session.evaluate(typed) == .done)
      #expect(session.last.canonical == recorded)
    }
    #expect(session.history == Self.seven.map(\.1))
  }

  /// What is typed after the seven statements, and how it is recorded.
  @Test(arguments: [
    ("fda beta=5%", "fda2 = fda dataset1.source toward=dataset1.target beta=0.05"),
    ("augment", "augment1 = augment fda1"),
    ("augment flip=50% contrast=50%..2", "augment1 = augment fda1 flip=0.5 contrast=0.5..2"),
    ("train", "train2 = train model1 on=fda1.train"),
    ("train toward=dataset1.target.train", "train2 = train model1 on=fda1.train toward=dataset1.target.train"),
    ("train train1 lr=1e-4", "train2 = train train1 on=fda1.train lr=0.0001"),
    ("train model=model1 epochs=3 on=dataset1.source.train", "train2 = train model1 on=dataset1.source.train epochs=3"),
    ("iou train1 ensemble1", "iou2 = iou train1 ensemble1 on=dataset1.target.val"),
    ("better = iou train1", "better = iou train1 on=dataset1.target.val"),
    ("load dataset gta5 data/gta size=512x256 strict=yes", #"dataset2 = load dataset gta5 "data/gta" size=512x256 strict=yes"#),
    ("build model tiny width=1/4", "model2 = build model tiny width=1/4"),
    ("show dataset1 train1@best", "show dataset1 train1@best"),
    ("x   =  train1@1", "x = train1@1"),
    ("rounds = 2.50e1", "rounds = 25"),
    ("share = 7%", "share = 7%"),
  ])
  func records(_ typed: String, _ recorded: String) {
    let session = Session(Toy.catalog)
    for (typed, _) in Self.seven { session.evaluate(typed) }
    #expect(session.evaluate(typed) == .done)
    #expect(session.last.canonical == recorded)
  }

  @Test func everyTrainedModelThatHoldsAName() {
    let session = Session(Toy.catalog)
    session.evaluate("load dataset\nbuild model\na = train on=dataset1.source.train\nb = train on=dataset1.source.train epochs=3\nsame = a\nc = train on=dataset1.source.train epochs=4\nc = 3")
    #expect(session.evaluate("ensemble") == .done)
    #expect(session.last.canonical == "ensemble1 = ensemble a b")
  }

  @Test func aNumberIsNeverUsedTwice() {
    let session = Session(Toy.catalog)
    session.evaluate("load dataset\nfda3 = fda beta=0.02\nfda\nundo\nfda beta=9\nfda")
    session.evaluate("fda")
    #expect(session.history.last?.hasPrefix("fda5 = ") == true)
  }

  @Test func sayingWhatIsMissing() {
    let session = Session(Toy.catalog)
    #expect(session.evaluate("fda") == .failed(Diagnostic(
      "fda needs source, and there is nothing to take: the latest source", at: SourceRange(0, 3), remedy: "make one first, or write <source>")))
  }
}
