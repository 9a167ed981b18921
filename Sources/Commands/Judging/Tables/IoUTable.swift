import Language
import Scenes
import Segmentation
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
    /// Nil where they were not asked for.
    var intervals: IoUIntervals?
    /// How many classes are left out of the mean.
    var absent: Int { classes.count { $0 == nil } }

    init(title: String = "", classes: [Double?], meanIoU: Double?, accuracy: Double?, intervals: IoUIntervals? = nil) {
      (self.title, self.classes, self.meanIoU, self.accuracy, self.intervals) = (title, classes, meanIoU, accuracy, intervals)
    }
  }

  var columns: [Column]
  /// What was evaluated and how, in the words of the statement at hand.
  var protocolWords = ""
  /// Which classes the statement at hand takes the mean over.
  var classes = MeanClasses.nineteen
  /// What it makes of classes that are not there.
  var absentClasses = AbsentClasses.excluded

  private enum CodingKeys: CodingKey { case columns, protocolWords }

  /// A model's mean over ``classes``; nil where none of them is present.
  func mean(_ column: Column) -> Double? {
    if absentClasses == .zero {
      guard column.accuracy != nil, !column.classes.isEmpty else { return nil }
      return classes.kinds.sorted().reduce(0) { $0 + (column.classes[$1] ?? 0) } / Double(classes.kinds.count)
    }
    if classes == .nineteen { return column.meanIoU }
    let present = classes.kinds.sorted().compactMap { column.classes.isEmpty ? nil : column.classes[$0] }
    return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
  }

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
    let means: [Phrase] = ["\(classes.title)"] + columns.map { Figures.phrase(mean($0), Figures.meanIoU) }
    let accuracy: [Phrase] = ["pixel accuracy"] + columns.map { Figures.phrase($0.accuracy, Figures.share) }
    let most = columns.map(\.absent).max() ?? 0
    let gaps: Phrase = columns.contains { $0.accuracy == nil }
      ? "-: no pixel that was evaluated has a label, so that there is nothing to report"
      : "- is neither labelled nor predicted, or unknown to the labels: up to \(Figures.count(most)) of the 19 classes, \(absentClasses == .zero ? "0 in the mean" : "left out of the mean")"
    return .table(
      DisplayTable(
        title: "IoU in per cent", columns: [.init("class", .left)] + headings.map { .init($0) }, rows: classRows + [means] + intervalRows + [accuracy],
        remarks: ["\(protocolWords)"] + (most > 0 ? [gaps] : []) + intervalRemarks))
  }

  /// The means' intervals, and those of the differences from the first model; none where they were not asked for.
  private var intervalRows: [[Phrase]] {
    guard columns.contains(where: { $0.intervals != nil }) else { return [] }
    let means: [Phrase] = ["  95 % over images"] + columns.map { $0.intervals?[classes].mean?.phrase ?? "-" }
    let differences: [Phrase] = ["  less the first"] + columns.map { $0.intervals?[classes].difference?.phrase ?? "-" }
    return columns.count > 1 ? [means, differences] : [means]
  }

  private var intervalRemarks: [Phrase] {
    guard let drawings = columns.first?.intervals?.drawings else { return [] }
    return ["95 % over images: percentiles of \(drawings) drawings of as many images, the same for all models; the seed of training is not varied"]
  }

  var summary: Phrase {
    columns.dropFirst().reduce("\(classes.title) \(Figures.phrase(mean(columns[0]), Figures.meanIoU))" as Phrase) {
      "\($0), \(Figures.phrase(mean($1), Figures.meanIoU))"
    }
  }

  private static let ownFields = ["miou", "accuracy"]

  /// `miou` and `accuracy` of the first model, and each model's mIoU by its name where that is a plain word and no field of the table's own.
  var fieldNames: [String] { IoUTable.ownFields + headings.filter { IoUTable.isPlain($0) && !IoUTable.ownFields.contains($0) } }

  func field(_ name: String) throws -> any Value {
    if name == "accuracy" { return try number(columns[0].accuracy, Figures.share) }
    let column = name == "miou" ? columns[0] : zip(headings, columns).first { $0.0 == name }?.1
    return try number(column.flatMap(mean), Figures.meanIoU)
  }

  private func number(_ share: Double?, _ figure: (Double) -> Number) throws -> Number {
    guard let share else { throw Diagnostic("no pixel that was evaluated has a label", remedy: "evaluate on images whose labels name classes") }
    return figure(share)
  }

  private static func isPlain(_ title: String) -> Bool { !title.isEmpty && title.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }

  /// `[1]` is the second model's own table, whatever the model is called.
  var count: Int? { columns.count }
  func element(_ index: Int) throws -> any Value { IoUTable(columns: [columns[index]], protocolWords: protocolWords, classes: classes, absentClasses: absentClasses) }

  /// The numbers alone: titles are those of a statement.
  func fingerprint() throws -> String {
    contentDigest(try JSONFile.encode(columns.map { Column(classes: $0.classes, meanIoU: $0.meanIoU, accuracy: $0.accuracy, intervals: $0.intervals) }))
  }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(self) }
    func row(_ name: String, _ values: [Double?]) -> String { ([name] + values.map { $0.map { String($0) } ?? "" }).joined(separator: ",") }
    var lines = [(["class"] + headings).joined(separator: ",")]
    lines += CityscapesClass.all.map { known in row(known.name, columns.map { $0.classes[Int(known.trainID)] }) }
    lines += [row("mean", columns.map(mean))]
    if columns.contains(where: { $0.intervals != nil }) {
      func ends(_ name: String, _ interval: (IoUIntervals.Pair) -> Bootstrap.Interval?) -> [String] {
        let intervals = columns.map { $0.intervals.flatMap { interval($0[classes]) } }
        return [row("\(name) low", intervals.map { $0?.low }), row("\(name) high", intervals.map { $0?.high })]
      }
      lines += ends("mean 95 %", \.mean) + ends("difference from the first 95 %", \.difference)
    }
    lines.append(row("pixel accuracy", columns.map(\.accuracy)))
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func save(to folder: Folder) throws { try folder.write("table.json", try JSONFile.encode(self)) }
  static func load(from folder: Folder) throws -> IoUTable { try JSONFile.decode(IoUTable.self, folder.read("table.json")) }
}

extension IoUTable.Column {
  /// What is not known is null, not left out; intervals are only there where they were asked for.
  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(title, forKey: .title)
    try values.encode(classes, forKey: .classes)
    try values.encode(meanIoU, forKey: .meanIoU)
    try values.encode(accuracy, forKey: .accuracy)
    try values.encodeIfPresent(intervals, forKey: .intervals)
  }
}
