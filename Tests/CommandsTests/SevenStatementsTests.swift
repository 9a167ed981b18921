import Language
import Testing
import Workbench

/// The seven statements of the design. The real ones train for minutes, so here the training is understood and compared but a small
/// one takes its place under its name; `sessions/` and the README run the real ones.
@Suite struct SevenStatementsTests {
  static let seven = [
    ("load dataset", "dataset1 = load dataset streets"),
    ("build model", "model1 = build model bisenet"),
    ("fda beta=0.01", "fda1 = fda dataset1.source toward=dataset1.target beta=0.01"),
    ("train epochs=25", "train1 = train model1 on=fda1.train epochs=25"),
    ("ensemble", "ensemble1 = ensemble train1"),
    ("pseudolabel", "pseudolabel1 = pseudolabel ensemble1 on=dataset1.target.train"),
    ("iou", "iou1 = iou ensemble1 on=dataset1.target.val"),
  ]

  @Test func areRecordedAsTheDesignPrintsThem() throws {
    let bench = Bench()
    let session = try bench.open()
    for (typed, recorded) in Self.seven {
      #expect(try planned(typed, session) == recorded)
      if typed == "train epochs=25" {
        // A small network and few images in place of the real ones; what follows asks for neither.
        #expect(session.evaluate("small = build model width=1/8") == .done)
        #expect(session.perform(["part = take fda1.train count=4", "train1 = train small on=part validate=part batch=2 epochs=1"]) == nil)
      } else {
        #expect(session.evaluate(typed) == .done, "\(typed)")
        #expect(session.last.canonical == recorded)
      }
    }
    let kept = session.history.filter { !$0.hasPrefix("small") && !$0.hasPrefix("part") && !$0.hasPrefix("train1") }
    #expect(kept == Self.seven.map(\.1).filter { !$0.hasPrefix("train1") })
    #expect(session.shown.last { $0.hasPrefix("50 images of dataset1.target.val") } != nil)
  }

  /// What a statement would be recorded as.
  private func planned(_ typed: String, _ session: Session) throws -> String? {
    let statement = try #require(try Statement.parse(typed, session.vocabulary).checked())
    guard case .stack(let parts) = try session.explanation(of: statement), case .text(let first)? = parts.first else { return nil }
    return first.text
  }
}
