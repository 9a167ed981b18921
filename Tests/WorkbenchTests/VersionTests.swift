import Language
import Testing
import Workbench

/// A session that another version of Segue recorded says what is different now.
@Suite struct VersionTests {
  /// `train` as a later version might have it.
  struct NewerTrain: Command {
    static let name = "train"
    static let summary = "Train a network otherwise."
    static let category = Category.models
    static let version = 2
    static let foundations = ["arithmetic": "7"]
    @Input("the network to start from", latest: .built) var model: Model
    @Input("labelled images", latest: .sourceTrain) var on: Dataset
    @Input("the domain to adapt to") var toward: Dataset?
    @Input("evaluated every epoch", usually: .targetVal) var validate: Dataset?
    @Setting("passes over the images", in: 1...1000) var epochs = 10
    @Setting("learning rate", in: 0...1) var lr: Double?
    func run(_ context: Context) throws -> Model { Model(title: "trained otherwise", stage: .trained, loss: 2, kept: ["1"]) }
  }

  static let newer = Catalog(Toy.domain.filter { $0.name != "train" } + [NewerTrain.self])

  @Test func changesAreToldAndRefreshed() throws {
    let directory = TestDirectory()
    do {
      let (session, opening) = try directory.open()
      session.evaluate("load dataset\nbuild model\nfda\na = train epochs=2\nb = train epochs=3\niou a\nsame = a")
      #expect(opening.changes == [])
    }
    #expect(try directory.open().opening.changes == [], "the same version changes nothing")
    let (session, opening) = try Session.open(Self.newer, try directory.surroundings()) { _ in }
    #expect(opening.changes == ["train changed in this version of Segue (version 1, now 2): a, b", "arithmetic was absent and is 7: a, b"])
    session.evaluate("vars")
    let vars = TranscriptLayout.lines(session.last.display).map(\.text)
    #expect(vars.contains { $0.hasPrefix("a ") && $0.contains("  other version  ") })
    #expect(session.evaluate("refresh") == .done)
    #expect(session.names.filter { !session.changesOfVersion(of: $0.name).isEmpty }.isEmpty)
    #expect(try (session.value(of: Reference("a")) as? Model)?.title == "trained otherwise")
    #expect(session.names.filter(\.isStale).isEmpty, "what was made from it follows")
  }
}
