import Imaging
import Language
import Storage
import Synchronization
import Workbench

/// A domain in which everything is instant, and each sort of output is shown by one command.
enum Toy {
  static let catalog = Catalog([Draw.self, Rows.self, Curve.self, Climb.self, LoadStreets.self])
}

struct ToyValue: StorableValue {
  static let kind: Kind = .model
  var words: String
  var display: Display { .text("\(words)") }
  var summary: Phrase { "\(words)" }
  func save(to folder: Folder) throws { try folder.write("words", Array(words.utf8)) }
  static func load(from folder: Folder) throws -> ToyValue { ToyValue(words: String(decoding: try folder.read("words"), as: UTF8.self)) }
}

struct Shown: Value {
  static let kind: Kind = .table
  var display: Display
  var summary: Phrase { "shown" }
}

struct LoadStreets: Command {
  static let name = "load streets"
  static let summary = "Load streets."
  static let category = Category.data
  static let isStored = false
  @Choice("where they are") var spot = Spot.town
  enum Spot: String, CaseIterable, ExplainedChoice {
    case town, village
    var explanation: String { self == .town ? "houses on both sides" : "a few houses" }
  }
  func run(_ context: Context) throws -> ToyValue { ToyValue(words: "streets of a \(spot.rawValue)") }
}

struct Draw: Command {
  static let summary = "Draw a picture."
  static let category = Category.judging
  static let isStored = false
  func run(_ context: Context) throws -> Shown { Shown(display: .picture(Image(size: PixelSize(4, 2), red: 200), caption: "a <red> one")) }
}

struct Rows: Command {
  static let summary = "Show a table."
  static let category = Category.judging
  static let isStored = false
  func run(_ context: Context) throws -> Shown {
    Shown(display: .table(DisplayTable(columns: [.init("class", .left), .init("IoU")], rows: [["road & kerb", "\(Number(55.2, places: 1))"]])))
  }
}

struct Curve: Command {
  static let summary = "Show a curve."
  static let category = Category.judging
  static let isStored = false
  func run(_ context: Context) throws -> Shown {
    Shown(display: .plot(Plot(title: "loss", horizontal: "epoch", vertical: "loss", series: [.init("loss", [(0, 1), (1, 0.5)])], caption: "it falls")))
  }
}

/// Goes on where an interrupt stopped it.
struct Climb: Command {
  static let summary = "Climb stairs, and go on where an interrupt stopped."
  static let category = Category.models
  /// Called at each step, by whoever tests what happens meanwhile.
  static let meanwhile = Mutex<(@Sendable (Int) -> Void)?>(nil)
  @Setting("which way") var way = "up"
  @Setting("how many", in: 1...100) var stairs = 3
  func run(_ context: Context) throws -> ToyValue {
    var done = context.workspace.contains("done") ? Int(String(decoding: try context.workspace.read("done"), as: UTF8.self)) ?? 0 : 0
    let start = done
    while done < stairs {
      done += 1
      try context.workspace.write("done", Array("\(done)".utf8))
      if way == "watched" { Climb.meanwhile.withLock(\.self)?(done) }
      try context.step(Progress(fraction: Double(done) / Double(stairs), stage: "stair \(done)/\(stairs)", figures: ["high \(done)"]))
    }
    return ToyValue(words: start == 0 ? "climbed \(stairs)" : "climbed \(stairs), the last \(stairs - start) now")
  }
}
