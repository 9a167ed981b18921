import Scenes
import Segmentation
import Storage
import Workbench

/// A confusion matrix of a model on labelled images.
struct ConfusionTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  /// Pixels by true and predicted class, 19 x 19.
  let counts: [UInt64]
  /// How many classes have a row and a column of their own, as the statement at hand asks, like all that follows.
  var shown = ConfusionMatrix.classes
  var of = Confusion.Whole.row
  var protocolWords = ""

  private var matrix: ConfusionMatrix { ConfusionMatrix(counts: counts) }

  /// The classes with most labelled pixels, in the order of their train ids.
  private var classes: [Int] {
    let matrix = matrix
    let labelled = (0..<ConfusionMatrix.classes).filter { matrix.truePixels(of: $0) > 0 }
    return labelled.sorted { (matrix.truePixels(of: $1), $0) < (matrix.truePixels(of: $0), $1) }.prefix(shown).sorted()
  }

  var display: Display {
    let matrix = matrix, classes = classes
    let others = (0..<ConfusionMatrix.classes).filter { !classes.contains($0) }
    let groups = classes.map { [$0] } + (others.isEmpty ? [] : [others])
    func name(_ group: [Int]) -> String { group.count == 1 && classes.contains(group[0]) ? CityscapesClass.all[group[0]].name : "others" }
    func pixels(_ truth: [Int], _ predicted: [Int]) -> UInt64 { truth.reduce(0) { sum, t in predicted.reduce(sum) { $0 + matrix[t, $1] } } }
    let rows = groups.map { truth -> [Phrase] in
      let whole = of == .all ? matrix.pixels : truth.reduce(0) { $0 + matrix.truePixels(of: $1) }
      return ["\(name(truth))"] + groups.map { whole == 0 ? "-" : "\(share(pixels(truth, $0), of: whole))" }
    }
    let whole = of == .all ? "all pixels" : "the pixels of each true class"
    return .table(
      DisplayTable(
        title: "in per cent of \(whole): true classes in rows, what they were taken for in columns",
        columns: [.init("", .left)] + groups.map { .init(name($0)) }, rows: rows, 
        remarks: ["\(protocolWords)"] + (matrix.pixels == 0 ? ["-: no pixel that was evaluated has a label"] : [])))
  }

  private func share(_ part: UInt64, of whole: UInt64) -> Number {
    let share = Double(part) / Double(whole)
    return of == .row ? Figures.classIoU(share) : Number(100 * share, places: 2, .trained(.absolute(3)))
  }

  var summary: Phrase { "confusion of \(Int(classes.count)) classes" }

  static let fileExtensions = [".csv"]

  /// All counts, true classes in rows.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    let names = CityscapesClass.all.map(\.name)
    let rows = names.indices.map { truth in ([names[truth]] + names.indices.map { String(matrix[truth, $0]) }).joined(separator: ",") }
    return Array((["true," + names.joined(separator: ",")] + rows).joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
  }

  func save(to folder: Folder) throws { try folder.write("confusion.json", try JSONFile.encode(self)) }

  static func load(from folder: Folder) throws -> ConfusionTable {
    let table = try JSONFile.decode(ConfusionTable.self, folder.read("confusion.json"))
    guard table.counts.count == ConfusionMatrix.classes * ConfusionMatrix.classes else {
      throw ModelFileError(description: "the stored file is no confusion matrix")
    }
    return table
  }
}
