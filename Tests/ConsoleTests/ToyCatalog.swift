import Console
import Imaging
import Language
import Workbench

/// A dataset with two domains, enough for completion to have fields and kinds.
struct ToyDataset: Value {
  static let kind: Kind = .dataset
  var part = ""
  var display: Display { .text("\(summary)") }
  var summary: Phrase { "50 images\(part)" }
  var fieldNames: [String] { part.isEmpty ? ["source", "target"] : ["train", "val"] }
  func field(_ name: String) throws -> any Value { ToyDataset(part: part + " of " + name) }
  var count: Int? { part.isEmpty ? nil : 50 }
  func element(_ index: Int) throws -> any Value { ToyDataset(part: part + " \(index)") }
}

struct ToyModel: Value {
  static let kind: Kind = .model
  var display: Display { .text("8334304 parameters") }
  var summary: Phrase { "a network" }
  var epochs: [String] { ["1", "5", "best"] }
  func epoch(_ epoch: String) throws -> any Value { self }
}

struct LoadDataset: Command {
  enum Format: String, CaseIterable { case streets, gta5, cityscapes, camvid }
  static let name = "load dataset"
  static let summary = "Read labelled images."
  static let category = Category.data
  @Choice("where they come from") var format = Format.streets
  @Path("where the files are", .reading) var from: Location?
  func run(_ context: Context) throws -> ToyDataset { ToyDataset() }
}

struct LoadWeights: Command {
  static let name = "load weights"
  static let summary = "Read a network's weights."
  static let category = Category.models
  @Path("a file of tensors", .reading) var file: Location
  func run(_ context: Context) throws -> ToyModel { ToyModel() }
}

struct BuildModel: Command {
  static let name = "build model"
  static let summary = "Make a network."
  static let category = Category.models
  func run(_ context: Context) throws -> ToyModel { ToyModel() }
}

struct FDA: Command {
  static let summary = "Give images the target's style."
  static let category = Category.data
  @Input("images to restyle") var source: ToyDataset
  @Input("where the style comes from") var toward: ToyDataset
  @Setting("half the window's side", in: 0...0.5) var beta = 0.01
  func run(_ context: Context) throws -> ToyDataset { ToyDataset(part: " restyled") }
}

struct Train: Command {
  static let summary = "Train a network."
  static let category = Category.models
  @Input("a network") var model: ToyModel
  @Setting("passes over the images", in: 1...) var epochs = 3
  @Setting("augment the images") var augment = false
  func run(_ context: Context) throws -> ToyModel {
    for epoch in 1...epochs {
      try context.step(Progress(
        fraction: Double(epoch) / Double(epochs), stage: "epoch \(epoch)/\(epochs)", figures: ["loss \(Number(1 / Double(epoch), places: 3))"], milestone: true))
    }
    return ToyModel()
  }
}

struct Features: Command {
  static let summary = "Look at a layer."
  static let category = Category.judging
  @Input("a network") var model: ToyModel
  @Setting("a layer") var layer = "ffm.out"
  func words(for parameter: String) -> [Suggestion] {
    parameter != "layer" || $model == nil ? [] : ["cp.deep.a.x", "cp.deep.a.y", "ffm.conv", "ffm.out", "head"].map { Suggestion($0, help: "of \(model.summary.text)") }
  }
  func run(_ context: Context) throws -> ToyModel { ToyModel() }
}

struct Picture: Command {
  static let summary = "Show a picture."
  static let category = Category.judging
  static let naming = Naming.none
  @Input("images") var source: ToyDataset
  func run(_ context: Context) throws -> ToyPicture { ToyPicture() }
}

struct ToyPicture: Value {
  static let kind = Kind("image")
  var display: Display { .picture(Image(size: PixelSize(2, 2), pixels: [UInt8](repeating: 9, count: 12)), caption: "a picture") }
  var summary: Phrase { "a picture" }
}

let toyCatalog = Catalog([LoadDataset.self, LoadWeights.self, BuildModel.self, FDA.self, Train.self, Features.self, Picture.self])

/// A session in memory with a dataset `city` and a model `net`, and the terminal and printer it talks to.
func toySession(_ terminal: any Terminal, statements: [String] = ["city = load dataset", "net = build model"]) -> (Session, EventPrinter) {
  let surroundings = Surroundings.memory()
  let printer = EventPrinter(terminal: terminal, interrupt: surroundings.interrupt, now: { 0 })
  var isQuiet = true
  let session = Session(toyCatalog, surroundings) { if !isQuiet { printer.show($0) } }
  for statement in statements { session.evaluate(statement) }
  isQuiet = false
  return (session, printer)
}
