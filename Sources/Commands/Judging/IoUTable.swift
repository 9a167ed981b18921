import Language
import Scenes
import Storage
import Workbench

/// IoU of each class and their mean, for several models side by side.
struct IoUTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  struct Column: Codable, Sendable {
    /// How the statement at hand wrote the model; the store keeps none.
    var title = ""
    /// 0...1; nil where the class is neither in labels nor in predictions.
    let classes: [Double?]
    /// Nil where no pixel that was evaluated has a label, and so is the accuracy.
    let meanIoU: Double?
    let accuracy: Double?
    /// How many classes are left out of the mean.
    var absent: Int { classes.count { $0 == nil } }

    init(title: String = "", classes: [Double?], meanIoU: Double?, accuracy: Double?) {
      (self.title, self.classes, self.meanIoU, self.accuracy) = (title, classes, meanIoU, accuracy)
    }
  }

  var columns: [Column]
  /// What was evaluated and how, in the words of the statement at hand.
  var protocolWords = ""

  /// The columns' titles, no two alike: `a`, `a (2)`.
  var headings: [String] {
    columns.indices.map { place in
      let before = columns[..<place].count { $0.title == columns[place].title }
      return before == 0 ? columns[place].title : "\(columns[place].title) (\(before + 1))"
    }
  }

  var display: Display {
    let classRows = CityscapesClass.all.map { known -> [Phrase] in
      ["\(known.name)"] + columns.map { column in column.classes[Int(known.trainID)].map { "\(Figures.classIoU($0))" } ?? "-" }
    }
    let means: [Phrase] = ["mIoU"] + columns.map { Figures.phrase($0.meanIoU, Figures.meanIoU) }
    let accuracy: [Phrase] = ["pixel accuracy"] + columns.map { Figures.phrase($0.accuracy, Figures.share) }
    let most = columns.map(\.absent).max() ?? 0
    let gaps: Phrase = columns.contains { $0.accuracy == nil }
      ? "-: no pixel that was evaluated has a label, so that there is nothing to report"
      : "- is neither labelled nor predicted, or unknown to the labels: up to \(Figures.count(most)) of the 19 classes, left out of the mean"
    return .table(
      DisplayTable(
        title: "IoU in per cent", columns: [.init("class", .left)] + headings.map { .init($0) }, rows: classRows + [means, accuracy],
        remarks: ["\(protocolWords)"] + (most > 0 ? [gaps] : [])))
  }

  var summary: Phrase {
    columns.dropFirst().reduce("mIoU \(Figures.phrase(columns[0].meanIoU, Figures.meanIoU))" as Phrase) {
      "\($0), \(Figures.phrase($1.meanIoU, Figures.meanIoU))"
    }
  }

  private static let ownFields = ["miou", "accuracy"]

  /// `miou` and `accuracy` of the first model, and each model's mIoU by its name where that is a plain word and no field of the table's own.
  var fieldNames: [String] { IoUTable.ownFields + headings.filter { IoUTable.isPlain($0) && !IoUTable.ownFields.contains($0) } }

  func field(_ name: String) throws -> any Value {
    if name == "accuracy" { return try number(columns[0].accuracy, Figures.share) }
    let column = name == "miou" ? columns[0] : zip(headings, columns).first { $0.0 == name }?.1
    return try number(column?.meanIoU, Figures.meanIoU)
  }

  private func number(_ share: Double?, _ figure: (Double) -> Number) throws -> Number {
    guard let share else { throw Diagnostic("no pixel that was evaluated has a label", remedy: "evaluate on images whose labels name classes") }
    return figure(share)
  }

  private static func isPlain(_ title: String) -> Bool { !title.isEmpty && title.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }

  /// `[1]` is the second model's own table, whatever the model is called.
  var count: Int? { columns.count }
  func element(_ index: Int) throws -> any Value { IoUTable(columns: [columns[index]], protocolWords: protocolWords) }

  /// The numbers alone: titles are those of a statement.
  func fingerprint() throws -> String {
    contentDigest(try JSONFile.encode(columns.map { Column(classes: $0.classes, meanIoU: $0.meanIoU, accuracy: $0.accuracy) }))
  }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(self) }
    func row(_ name: String, _ values: [Double?]) -> String { ([name] + values.map { $0.map { String($0) } ?? "" }).joined(separator: ",") }
    var lines = [(["class"] + headings).joined(separator: ",")]
    lines += CityscapesClass.all.map { known in row(known.name, columns.map { $0.classes[Int(known.trainID)] }) }
    lines += [row("mean", columns.map(\.meanIoU)), row("pixel accuracy", columns.map(\.accuracy))]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func save(to folder: Folder) throws { try folder.write("table.json", try JSONFile.encode(self)) }
  static func load(from folder: Folder) throws -> IoUTable { try JSONFile.decode(IoUTable.self, folder.read("table.json")) }
}

extension IoUTable.Column {
  /// What is not known is null, not left out.
  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(title, forKey: .title)
    try values.encode(classes, forKey: .classes)
    try values.encode(meanIoU, forKey: .meanIoU)
    try values.encode(accuracy, forKey: .accuracy)
  }
}
