import Language
import Scenes
import Workbench

extension LoadedData {
  /// What was read from files, in a few lines: labels and their classes, where the split comes from, what was left out. Nothing for data
  /// that is made.
  var remark: Phrase? {
    guard let split else { return nil }
    var lines: [Phrase] = []
    let all = whole.map { [$0] } ?? fields.map(\.dataset)
    if let words = LoadedData.labelWords(all) { lines.append(words) }
    lines.append("split: \(split)")
    if !omissions.isEmpty { lines.append("left out: \(counted(omissions.count, "file or folder", "files or folders"))") }
    lines += remarks.map { "note: \($0)" }
    return lines.dropFirst().reduce(lines[0]) { "\($0)\n\($1)" }
  }

  private static func labelWords(_ datasets: [Dataset]) -> Phrase? {
    var kinds: [String] = [], titles: [String] = [], found = Set<Int>(), possible = Set<Int>()
    for dataset in datasets {
      possible.formUnion(dataset.classes)
      for position in 0..<dataset.count {
        guard let source = dataset.source(at: position), let label = source.label, let mapping = source.mapping else { continue }
        if !kinds.contains(label.pixels) { kinds.append(label.pixels) }
        let title = mapping.shortTitle
        if !titles.contains(title) { titles.append(title) }
        found.formUnion(mapping.classes(of: label))
      }
    }
    guard !kinds.isEmpty else { return nil }
    let absent = possible.subtracting(found).sorted().map { CityscapesClass.all[$0].name }
    let rest: Phrase = absent.isEmpty ? "" : ", without \(absent.joined(separator: ", "))"
    return "labels: \(kinds.joined(separator: " and ")), \(titles.joined(separator: " and ")); \(found.count) of \(possible.count) classes occur\(rest)"
  }
}
