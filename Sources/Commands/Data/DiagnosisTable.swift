import Imaging
import Scenes
import Storage
import Workbench

/// What a look at a dataset found, as `diagnose` shows it.
struct DiagnosisTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  private let content: DatasetDiagnosis
  /// By train id, of what stands beside; nil where it was not asked for.
  private let other: [Double?]?
  private let crop: String?
  /// Of the dataset and of what stands beside, in the words of the statement at hand.
  var titles = (of: "", beside: "")

  private enum CodingKeys: CodingKey { case content, other, crop }

  init(_ diagnosis: DatasetDiagnosis, beside: DatasetSummary?, crop: PixelSize?) {
    (content, self.crop) = (diagnosis, crop?.description)
    other = beside.map { summary in
      let pixels = (0..<CityscapesClass.count).map { id in summary.parts.reduce(0) { $0 + $1.pixels[id] } }, all = pixels.reduce(0, +)
      return pixels.indices.map { summary.classes.contains($0) && all > 0 ? Double(pixels[$0]) / Double(all) : nil }
    }
  }

  /// A class is rare where fewer than one in twenty windows, or images, hold it.
  private static let rare = 0.05
  /// It is much rarer or more frequent than beside where its shares differ by this factor.
  private static let far = 3.0

  var display: Display {
    var columns: [DisplayTable.Column] = [.init("class", .left), .init("share %"), .init("images")]
    if other != nil { columns += [.init("beside %"), .init("ratio")] }
    if crop != nil { columns.append(.init("windows %")) }
    let rows = CityscapesClass.all.map { known -> [Phrase] in
      let id = Int(known.trainID), share = content.shares[id]
      var row: [Phrase] = ["\(known.name)", percent(share), share == nil ? "-" : "\(content.holders[id])"]
      if let other { row += [percent(other[id]), ratio(share, other[id])] }
      if crop != nil { row.append(content.windows.isEmpty || share == nil ? "-" : percent(content.windows[id], places: 1)) }
      return row
    }
    return .table(DisplayTable(title: "classes among the pixels that have one", columns: columns, rows: rows, remarks: findings))
  }

  private func percent(_ share: Double?, places: Int = 2) -> Phrase { share.map { "\(Number(100 * $0, places: places, .rounded))" } ?? "-" }

  private func ratio(_ one: Double?, _ other: Double?) -> Phrase {
    guard let one, let other, one > 0, other > 0 else { return "-" }
    return "\(Number(one / other, places: 2, .rounded))"
  }

  /// What was found, the gravest first; what was looked for and not found is said too.
  private var findings: [Phrase] {
    var lines: [Phrase] = []
    func told(_ names: [String], _ what: String, _ nothing: String) {
      lines.append(names.isEmpty ? "\(nothing)" : "\(names.count) \(what): \(DiagnosisTable.list(names))")
    }
    told(content.blankPictures, content.blankPictures.count == 1 ? "picture is of one colour" : "pictures are of one colour", "no picture is of one colour")
    if content.labelled > 0 {
      told(content.blankLabels, content.blankLabels.count == 1 ? "label has no class at all" : "labels have no class at all", "no label is empty of classes")
      let stray = content.strayLabels.count == 1 ? "label follows its picture" : "labels follow their pictures"
      told(content.strayLabels, "\(stray) no better than mirrored or moved (look: show NAME[0] what=overlay)", edgeWords)
      if !content.strayAfterAugmentation.isEmpty { told(content.strayAfterAugmentation, "only after augmentation", "") }
    }
    let twins = content.twins.map { "\($0.train) and \($0.val)" }
    told(twins, twins.count == 1 ? "picture of train is nearly equal to one of val" : "pairs of nearly equal pictures, one in train and one in val", "no picture of train is nearly equal to one of val")
    if content.labelled > 0 { lines += rarities }
    return lines
  }

  private var edgeWords: String {
    guard let fit = content.edgeFit else { return "no label has edges enough to compare with its picture" }
    return "labels follow their pictures: at their edges these change \(Number(fit, places: 1).text) times as much as elsewhere"
  }

  private var rarities: [Phrase] {
    func named(_ holds: (Int) -> Bool) -> [String] { CityscapesClass.all.filter { content.shares[Int($0.trainID)] != nil && holds(Int($0.trainID)) }.map(\.name) }
    var lines: [Phrase] = []
    let absent = named { content.holders[$0] == 0 }
    if !absent.isEmpty { lines.append("in no label: \(DiagnosisTable.list(absent, 19))") }
    if let crop, !content.windows.isEmpty {
      let rare = named { content.holders[$0] > 0 && content.windows[$0] < DiagnosisTable.rare }
      if !rare.isEmpty { lines.append("in fewer than 5 % of the windows of \(crop): \(DiagnosisTable.list(rare, 19))") }
    } else {
      let rare = named { content.holders[$0] > 0 && Double(content.holders[$0]) < DiagnosisTable.rare * Double(content.labelled) }
      if !rare.isEmpty { lines.append("in fewer than 5 % of the labels: \(DiagnosisTable.list(rare, 19))") }
    }
    if let other {
      let apart = named { id in
        guard let one = content.shares[id], let two = other[id], one > 0, two > 0 else { return false }
        return max(one / two, two / one) >= DiagnosisTable.far
      }
      if !apart.isEmpty { lines.append("at least 3 times as frequent on one side, \(titles.of) or \(titles.beside), as on the other: \(DiagnosisTable.list(apart, 19))") }
    }
    return lines
  }

  private static func list(_ names: [String], _ most: Int = 5) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }

  /// How much was found that should be looked at.
  private var faults: Int {
    content.blankPictures.count + content.blankLabels.count + content.strayLabels.count + content.strayAfterAugmentation.count + content.twins.count
  }

  var summary: Phrase { "\(content.images) images, \(faults == 1 ? "1 finding" : "\(faults) findings")" }

  /// For `expect d.findings = 0`.
  var fieldNames: [String] { ["findings"] }
  func field(_ name: String) throws -> any Value { Number(Double(faults)) }

  static let fileExtensions = [".json"]
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] { try JSONFile.encode(self) }

  func save(to folder: Folder) throws { try folder.write("diagnosis.json", try JSONFile.encode(self)) }
  static func load(from folder: Folder) throws -> DiagnosisTable { try JSONFile.decode(DiagnosisTable.self, folder.read("diagnosis.json")) }
}
