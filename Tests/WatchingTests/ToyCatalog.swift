import Imaging
import Language
import Storage
import Synchronization
import Workbench

/// A domain in which everything is instant, but for stairs.
enum Toy {
  static let catalog = Catalog([Draw.self, Climb.self, Fall.self])
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

struct Draw: Command {
  static let summary = "Draw a picture."
  static let category = Category.judging
  static let isStored = false
  func run(_ context: Context) throws -> Shown { Shown(display: .picture(Image(size: PixelSize(4, 2), red: 200), caption: "a <red> one")) }
}

/// Fails when it is run, and not before.
struct Fall: Command {
  static let summary = "Fall."
  static let category = Category.judging
  func run(_ context: Context) throws -> ToyValue { throw Diagnostic("it fell") }
}

/// Goes on where an interrupt stopped it.
struct Climb: Command {
  static let summary = "Climb stairs, and go on where an interrupt stopped."
  static let category = Category.models
  /// Called at each step of a way, by whoever tests what happens meanwhile.
  static let meanwhile = Mutex<[String: @Sendable (Int) -> Void]>([:])
  @Setting("which way") var way = "up"
  @Setting("how many", in: 1...100) var stairs = 3
  func run(_ context: Context) throws -> ToyValue {
    var done = context.workspace.contains("done") ? Int(String(decoding: try context.workspace.read("done"), as: UTF8.self)) ?? 0 : 0
    let start = done
    while done < stairs {
      done += 1
      try context.workspace.write("done", Array("\(done)".utf8))
      Climb.meanwhile.withLock { $0[way] }?(done)
      try context.step(Progress(fraction: Double(done) / Double(stairs), stage: "stair \(done)/\(stairs)", figures: ["high \(done)"]))
    }
    return ToyValue(words: start == 0 ? "climbed \(stairs) \(way)" : "climbed \(stairs) \(way), the last \(stairs - start) now")
  }
}
