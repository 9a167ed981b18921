import Language
import Segmentation
import Tensors
import Workbench

/// What `load weights` took from a file, and what it did not: `w.report`.
struct WeightsReport: SavableValue {
  static let kind = Kind.table

  struct Line: Sendable {
    let parameter: String
    let inFile: String
    let state: String

    var name: String { parameter.isEmpty ? inFile : parameter }
    var words: String { parameter.isEmpty || inFile.isEmpty || inFile == parameter ? state : "\(state), from \(inFile)" }
  }

  /// What was read, in words that follow "reads".
  let origin: String
  /// `198 of the network's 213 parameters`, behind a verb
  let count: String
  /// What else a person should know, a line each.
  let remarks: [String]
  let lines: [Line]

  /// - Parameters:
  ///   - isFresh: parameters that are not taken from the file, whatever it holds.
  ///   - others: what is no tensor, by name.
  init(_ match: WeightsMatch, isFresh: (ParameterLayout.Entry) -> Bool, others: [String: String], _ network: Network, _ origin: String) {
    let pairs = Dictionary(uniqueKeysWithValues: match.pairs.map { ($0.entry.name, $0) })
    let missing = match.missing.filter { !isFresh($0) }, misfits = match.pairs.filter { !$0.fits && !isFresh($0.entry) }
    let taken = match.pairs.count { $0.fits && !isFresh($0.entry) }, fresh = network.layout.entries.filter(isFresh)
    self.origin = origin
    count = "\(taken) of the network's \(network.layout.entries.count) parameters"

    var remarks: [String] = []
    if let owner = match.owner { remarks.append("names are those of \(owner)") }
    if let difference = match.difference { remarks.append("what differs there: \(difference)") }
    if !match.stripped.isEmpty { remarks.append("taken off the front of names: \(match.stripped.joined(separator: ", "))") }
    if !missing.isEmpty { remarks.append("not in the file, and left as they were: \(WeightsReport.groups(missing.map(\.name)))") }
    if !fresh.isEmpty { remarks.append("left as they were, as heads=fresh asks: \(WeightsReport.groups(fresh.map(\.name)))") }
    if !misfits.isEmpty { remarks.append("of another shape, and left as they were: \(WeightsReport.list(misfits.map { "\($0.inFile) \($0.shape)" }, 4))") }
    for reason in PublishedNames.Reason.allCases where reason != .counter {
      guard let names = match.left[reason] else { continue }
      remarks.append("not taken: \(WeightsReport.list(names, 2)), which \(names.count == 1 ? reason.rawValue : reason.plural)")
    }
    if !match.unexpected.isEmpty { remarks.append("not taken: \(WeightsReport.list(match.unexpected, 4)), which this network does not have") }
    if !match.clashing.isEmpty { remarks.append("in the file twice, with the same numbers: \(WeightsReport.list(match.clashing.map(\.name), 4))") }
    self.remarks = remarks

    let parameters = network.layout.entries.map { entry in
      let pair = pairs[entry.name]
      let state = isFresh(entry) ? "fresh" : pair.map { $0.fits ? "taken" : "of another shape, \($0.shape) for \(entry.shape)" } ?? "missing"
      return Line(parameter: entry.name, inFile: pair?.inFile ?? "", state: state)
    }
    let left = PublishedNames.Reason.allCases.flatMap { reason in (match.left[reason] ?? []).map { Line(parameter: "", inFile: $0, state: reason.rawValue) } }
    let free = missing.map(\.name)
    let unexpected = match.unexpected.map { name in
      Line(parameter: "", inFile: name, state: others[name].map { "unexpected: \($0)" } ?? "unexpected" + (nearest(name, in: free).map { ", near to \($0)" } ?? ""))
    }
    let duplicates = match.clashing.map { Line(parameter: "", inFile: $0.name, state: "duplicate of \($0.first)") }
    // What needs a look comes first.
    lines = unexpected + parameters.filter { $0.state != "taken" } + duplicates + left + parameters.filter { $0.state == "taken" }
  }

  /// `state_dict of m.pth, a PyTorch archive`
  static func origin(_ file: WeightsFile, _ name: String, _ part: String?) -> String {
    (part.map { "\($0) of " } ?? "") + "\(name), \(file.form.name)"
  }

  /// `a, b and 12 more`
  static func list(_ names: [String], _ most: Int, _ and: String = "and") -> String {
    guard names.count > 1 else { return names.first ?? "" }
    if names.count > most { return "\(names.prefix(most).joined(separator: ", ")) and \(names.count - most) more" }
    return names.dropLast().joined(separator: ", ") + " \(and) " + names[names.count - 1]
  }

  /// By the layers that they belong to: `cp.arm16 (8), ffm (7)`.
  private static func groups(_ names: [String]) -> String {
    var order: [String] = [], counts: [String: Int] = [:]
    for name in names {
      let words = name.split(separator: "."), group = words.prefix(words.first == "cp" ? 2 : 1).joined(separator: ".")
      if counts.updateValue((counts[group] ?? 0) + 1, forKey: group) == nil { order.append(group) }
    }
    if names.count <= 4 { return list(names, 4) }
    return list(order.map { "\($0) (\(counts[$0] ?? 0))" }, 12)
  }

  // MARK: the table

  var display: Display {
    .table(
      DisplayTable(
        title: "weights from \(origin)", columns: [.init("tensor", .left), .init("", .left)], rows: lines.map { ["\($0.name)", "\($0.words)"] },
        remarks: (["took \(count)"] + remarks).map { "\($0)" }))
  }

  var summary: Phrase { "took \(count)" }

  static let fileExtensions = [".csv"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    return Array((["parameter,file,state"] + lines.map { "\(commaSeparatedField($0.parameter)),\(commaSeparatedField($0.inFile)),\(commaSeparatedField($0.state))" }).map { $0 + "\n" }.joined().utf8)
  }
}

extension PublishedNames.Reason {
  /// Of several tensors.
  fileprivate var plural: String {
    switch self {
    case .counter: "count batches"
    case .repeated: "repeat layers under their stages' names"
    case .classifier: "belong to the ImageNet classifier"
    case .outline: "belong to the heads that learn outlines"
    case .bias: "are biases of classifiers, which the network here does not have"
    case .attention: "belong to a feature fusion of another form"
    }
  }
}
