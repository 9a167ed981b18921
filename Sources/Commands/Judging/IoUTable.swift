import Scenes
import Workbench

/// IoU of each class and their mean, for several models side by side.
struct IoUTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  struct Column: Codable, Sendable {
    let title: String
    /// 0...1; nil where the class is neither in labels nor in predictions.
    let classes: [Double?]
    let meanIoU: Double
    let accuracy: Double
    /// How many classes are left out of the mean.
    var absent: Int { classes.count { $0 == nil } }
  }

  let columns: [Column]
  let protocolWords: String

  var display: Display {
    let classRows = CityscapesClass.all.map { known -> [Phrase] in
      ["\(known.name)"] + columns.map { column in column.classes[Int(known.trainID)].map { "\(Figures.classIoU($0))" } ?? "-" }
    }
    let means: [Phrase] = ["mIoU"] + columns.map { "\(Figures.meanIoU($0.meanIoU))" }
    let accuracy: [Phrase] = ["pixel accuracy"] + columns.map { "\(Figures.share($0.accuracy))" }
    let most = columns.map(\.absent).max() ?? 0
    let gaps: Phrase = "- is neither labelled nor predicted, or unknown to the labels: up to \(Figures.count(most)) of the 19 classes, left out of the mean"
    return .table(
      DisplayTable(
        title: "IoU in per cent", columns: [.init("class", .left)] + columns.map { .init($0.title) }, rows: classRows + [means, accuracy],
        remarks: ["\(protocolWords)"] + (most > 0 ? [gaps] : [])))
  }

  var summary: Phrase {
    columns.dropFirst().reduce("mIoU \(Figures.meanIoU(columns[0].meanIoU))" as Phrase) { "\($0), \(Figures.meanIoU($1.meanIoU))" }
  }

  /// `miou` of the first model, and each model's by its name where that is a plain word.
  var fieldNames: [String] { ["miou", "accuracy"] + columns.map(\.title).filter(IoUTable.isPlain) }

  func field(_ name: String) throws -> any Value {
    if let column = columns.first(where: { $0.title == name }) { return Figures.meanIoU(column.meanIoU) }
    return name == "miou" ? Figures.meanIoU(columns[0].meanIoU) : Figures.share(columns[0].accuracy)
  }

  private static func isPlain(_ title: String) -> Bool { title.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(self) }
    var lines = [(["class"] + columns.map(\.title)).joined(separator: ",")]
    for known in CityscapesClass.all {
      lines.append(([known.name] + columns.map { $0.classes[Int(known.trainID)].map { String($0) } ?? "" }).joined(separator: ","))
    }
    lines.append((["mean"] + columns.map { String($0.meanIoU) }).joined(separator: ","))
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func save(to folder: Folder) throws { try folder.write("table.json", try JSONFile.encode(self)) }
  static func load(from folder: Folder) throws -> IoUTable { try JSONFile.decode(IoUTable.self, folder.read("table.json")) }
}
