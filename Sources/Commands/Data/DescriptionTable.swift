import Language
import Scenes
import Storage
import Workbench

/// What a dataset holds, as `describe` shows it.
struct DescriptionTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  let role: String
  /// Whether the labels came out of a network, so that shares move with the CPU's arithmetic.
  let isPredicted: Bool
  let content: DatasetSummary

  init(role: String, isPredicted: Bool, summary: DatasetSummary) { (self.role, self.isPredicted, content) = (role, isPredicted, summary) }

  var display: Display {
    let parts = content.parts
    let columns = parts.flatMap { [DisplayTable.Column("\($0.name) %"), DisplayTable.Column("\($0.name) images")] }
    let rows = CityscapesClass.all.map { known -> [Phrase] in
      let id = Int(known.trainID)
      guard content.classes.contains(id) else { return ["\(known.name)"] + columns.map { _ in "-" } }
      return ["\(known.name)"] + parts.flatMap { [share($0.pixels[id], of: $0), count($0.holders[id])] }
    }
    let ignored: [Phrase] = ["ignored"] + parts.flatMap { [share($0.ignored, of: $0), "-"] }
    return .table(
      DisplayTable(
        title: "share of labelled images' pixels in per cent, and images that hold the class", columns: [.init("class", .left)] + columns, rows: rows + [ignored],
        remarks: remarks))
  }

  private func share(_ pixels: Int, of part: DatasetSummary.Part) -> Phrase {
    guard part.allPixels > 0 else { return "-" }
    let share = Double(pixels) / Double(part.allPixels)
    return "\(isPredicted ? Figures.share(share) : Number(100 * share, places: 2, .rounded))"
  }

  private func count(_ images: Int) -> Phrase { isPredicted ? "\(Number(Double(images), .trained(.relative(0.5))))" : "\(images)" }

  private var remarks: [Phrase] {
    var lines: [Phrase] = []
    let counts = content.parts.map { part in
      "\(part.name) \(counted(part.images, "image"))" + (part.labelled < part.images ? ", \(part.labelled) with a label" : "")
        + (part.void > 0 && !isPredicted ? ", \(part.void) all ignored" : "")
    }
    lines.append("\(role): \(counts.joined(separator: "; "))")
    lines.append("pictures: \(DescriptionTable.list(content.pictures))")
    if !content.labels.isEmpty {
      let mappings = content.mappings.isEmpty ? "" : " (\(content.mappings.joined(separator: " and ")))"
      lines.append("labels: \(DescriptionTable.list(content.labels))\(mappings)")
    }
    if !content.values.isEmpty {
      let known = content.values.prefix(40).map { value in
        "\(value.name) \(value.trainID < CityscapesClass.count ? CityscapesClass.all[value.trainID].name : "ignored")"
      }
      lines.append("label values: \(known.joined(separator: ", "))\(content.values.count > 40 ? " and \(content.values.count - 40) more" : "")")
    }
    let absent = content.classes.filter { !content.found.contains($0) }.map { CityscapesClass.all[$0].name }
    if !absent.isEmpty, !isPredicted { lines.append("in no label: \(absent.joined(separator: ", "))") }
    if content.classes.count < CityscapesClass.count, !content.labels.isEmpty { lines.append("- is unknown to these labels") }
    return lines
  }

  private static func list(_ kinds: [String: Int]) -> String {
    let sorted = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.prefix(4).map { "\($0.value) of \($0.key)" }.joined(separator: "; ") + (sorted.count > 4 ? "; and \(sorted.count - 4) other kinds" : "")
  }

  var summary: Phrase { "\(content.parts.reduce(0) { $0 + $1.images }) images, \(content.found.count) classes" }

  /// Figures for `expect`: how many images, labels and classes there are.
  var fieldNames: [String] { ["images", "labels", "classes"] }

  func field(_ name: String) throws -> any Value {
    switch name {
    case "images": Number(Double(content.parts.reduce(0) { $0 + $1.images }))
    case "labels": Number(Double(content.parts.reduce(0) { $0 + $1.labelled }))
    default: Number(Double(content.found.count))
    }
  }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(self) }
    var lines = ["class,train id," + content.parts.flatMap { ["\($0.name) pixels", "\($0.name) share", "\($0.name) images"] }.joined(separator: ",")]
    func line(_ name: String, _ id: Int, _ cells: (DatasetSummary.Part) -> (pixels: Int, images: Int)) -> String {
      let parts = content.parts.flatMap { part -> [String] in
        let (pixels, images) = cells(part)
        return ["\(pixels)", part.allPixels == 0 ? "" : "\(Double(pixels) / Double(part.allPixels))", "\(images)"]
      }
      return (["\(name)", "\(id)"] + parts).joined(separator: ",")
    }
    for known in CityscapesClass.all { lines.append(line(known.name, Int(known.trainID)) { ($0.pixels[Int(known.trainID)], $0.holders[Int(known.trainID)]) }) }
    lines.append(line("ignored", Int(CityscapesClass.ignored)) { ($0.ignored, $0.void) })
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func save(to folder: Folder) throws { try folder.write("description.json", try JSONFile.encode(self)) }
  static func load(from folder: Folder) throws -> DescriptionTable { try JSONFile.decode(DescriptionTable.self, folder.read("description.json")) }
}
