import Language
import Scenes
import Workbench

extension LoadDataset {
  /// A format of the catalog, as the word that names it.
  struct Format: RawRepresentable, CaseIterable, ExplainedChoice, Sendable {
    let format: any DatasetFormat.Type

    init(_ format: any DatasetFormat.Type) { self.format = format }

    init?(rawValue: String) {
      guard let format = FormatCatalog.named(rawValue) else { return nil }
      self.format = format
    }

    var rawValue: String { format.name }
    var explanation: String { format.summary }
    static var allCases: [Format] { FormatCatalog.all.map { Format($0) } }
    static let streets = Format(StreetsFormat.self)

    /// Whether it is this one.
    func isA(_ other: any DatasetFormat.Type) -> Bool { format == other }
  }

  enum NumberingWord: String, CaseIterable, ExplainedChoice, Sendable {
    case own, cityscapes

    var explanation: String {
      switch self {
      case .own: "the renderer's: in CARLA up to 0.9.13 7 is road, in SYNTHIA 3"
      case .cityscapes: "Cityscapes': in CARLA since 0.9.14 1 is road, in SYNTHIA's parsed_LABELS 7"
      }
    }
  }

  /// What was written of the settings that only some formats read.
  private var written: [(option: LoadOption, name: String, range: SourceRange?)] {
    [(.labelMap, "map", $map), (.patterns, "images", $images), (.patterns, "labels", $labels), (.lists, "trainlist", $trainlist), (.lists, "vallist", $vallist),
      (.coarseLabels, "coarse", $coarse), (.fog, "fog", $fog), (.numbering, "ids", $ids)].filter { $0.2 != nil }
  }

  /// Refuses what the format does not read.
  func checkOptions() throws {
    let known = format.format
    for (option, name, range) in written where !known.options.contains(option) {
      if option == .labelMap { throw Diagnostic("\(known.name) knows what its labels mean", at: range, remedy: "map= is for `folder`") }
      guard known.needsPath else { throw Diagnostic("\(name)= has no effect on \(known.name), which is built in", at: range, remedy: "leave it out") }
      let readers = FormatCatalog.all.filter { $0.options.contains(option) }.map { "`\($0.name)`" }
      throw Diagnostic("\(name)= has no effect on \(known.name)", at: range, remedy: "\(name)= is for \(readers.joined(separator: " and "))")
    }
    if labels != nil, images == nil { throw Diagnostic("labels= says how labels are named, and not how images are", at: $labels, remedy: "add images=, such as images=\"rgb/*.png\"") }
  }

  func addOptions(to request: inout LoadRequest) throws {
    if let images {
      let pattern = try pointing(at: $images) { try NamePattern(images) }
      request.patterns = (pattern, try labels.map { labels in try pointing(at: $labels) { try NamePattern(labels) } })
    }
    if let trainlist { request.lists[.train] = trainlist.path }
    if let vallist { request.lists[.val] = vallist.path }
    (request.usesCoarseLabels, request.fog) = (coarse, fog)
    request.numbering = ids.flatMap { LabelNumbering(rawValue: $0.rawValue) }
  }
}
