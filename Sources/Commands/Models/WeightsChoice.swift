import Language
import Segmentation
import Tensors
import Workbench

/// Tensors of a file for parameters of a network, and what there is to say about the rest.
struct FoundWeights {
  let file: WeightsFile
  let taken: [(entry: ParameterLayout.Entry, tensor: WeightsPart.Entry)]
  let report: WeightsReport
}

/// Which of a file's dictionaries a network takes its weights from, and whether it can.
struct WeightsChoice {
  let file: WeightsFile
  /// As the statement has it.
  let name: String
  let at: SourceRange?
  /// What was asked for, and where.
  let part: String?
  let partRange: SourceRange?
  let network: Network
  let hasFreshHeads: Bool
  let isStrict: Bool

  private struct Candidate {
    let part: WeightsPart
    let match: WeightsMatch
    /// How many parameters it would fill.
    var count: Int { match.pairs.count { $0.fits } }
    var name: String { part.name ?? WeightsChoice.root }
  }

  /// How `part=` calls the dictionary that is the file itself.
  static let root = "root"
  private static let rebuild = "build the network with the width and spatial path of the file"

  func found() throws -> FoundWeights {
    let chosen = try chosen(), match = chosen.match, others = Dictionary(chosen.part.others.map { ($0.name, $0.what) }) { first, _ in first }
    let tensors = Dictionary(chosen.part.tensors.map { ($0.name, $0) }) { first, _ in first }
    let isFresh = { (entry: ParameterLayout.Entry) in hasFreshHeads && network.heads.contains { entry.name.hasPrefix($0.name + ".") } }
    let pairs = match.pairs.filter { !isFresh($0.entry) }
    try refuseClashes(match, tensors)
    for pair in pairs {
      if let what = others[pair.inFile] { throw Diagnostic("\(name) holds \(pair.inFile) as \(what)", at: at, remedy: "weights are tensors of floating-point numbers") }
      if let tensor = tensors[pair.inFile], tensor.isWhole {
        throw Diagnostic("\(name) holds \(pair.inFile) as \(tensor.type), and weights are floating-point numbers", at: at, remedy: "save them as float32; a quantised network has to be dequantised first")
      }
    }
    if isStrict {
      try refuseStrangers(match, others)
      try refuseShapes(pairs.filter { !$0.fits })
    }
    let taken = pairs.compactMap { pair in pair.fits ? tensors[pair.inFile].map { (pair.entry, $0) } : nil }
    guard !taken.isEmpty else { throw nothing() }
    return FoundWeights(file: file, taken: taken, report: WeightsReport(match, isFresh: isFresh, others: others, network, WeightsReport.origin(file, name, chosen.part.name)))
  }

  // MARK: the dictionary

  private func chosen() throws -> Candidate {
    let candidates = try parts().map { part in Candidate(part: part, match: WeightsMatch(part.tensors.map { .init($0.name, $0.shape) } + part.others.map { .init($0.name, [-1]) }, for: network)) }
    // What has a parameter's name alone may be another network's.
    let fitting = candidates.filter { $0.count > 0 }, named = fitting.isEmpty ? candidates.filter { !$0.match.pairs.isEmpty } : fitting
    guard let first = named.first else { throw nothing() }
    if named.count > 1 {
      let words = named.map { "\($0.name) (\(counted($0.count, "parameter")))" }
      throw Diagnostic("\(name) holds several dictionaries that fit this network: \(WeightsReport.list(words, 6))", at: at, remedy: "choose one: \(WeightsReport.list(named.map { "part=\"\($0.name)\"" }, 6, "or"))")
    }
    if let rival = first.match.rivals.first, let own = first.match.stripped.last.map({ String($0.dropLast()) }) {
      throw Diagnostic("\(name) holds this network more than once, as \(own) and as \(rival)", at: at, remedy: "choose one: part=\"\(own)\" or part=\"\(rival)\"")
    }
    return first
  }

  /// The one that was asked for, by its name or by what its tensors' names begin with; else all.
  private func parts() throws -> [WeightsPart] {
    guard let part else { return file.parts }
    if let named = file.parts.first(where: { ($0.name ?? WeightsChoice.root) == part }) { return [named] }
    let begun = file.parts.compactMap { $0.narrowed(to: part + ".") }
    if !begun.isEmpty { return begun }
    let names = file.parts.map { $0.name ?? WeightsChoice.root }
    throw Diagnostic("\(name) has no dictionary of tensors named '\(part)'", at: partRange, remedy: suggestion(for: part, in: names, none: "it holds no tensors"))
  }

  private func nothing() -> Diagnostic {
    if file.parts.isEmpty { return Diagnostic("\(name) holds no dictionary of tensors", at: at, remedy: "save the network's state_dict()") }
    return Diagnostic("\(name) holds no parameter of this network", at: at, remedy: "names are expected as published, for example cp.backbone.features.0.conv.weight")
  }

  // MARK: what is refused

  private func refuseClashes(_ match: WeightsMatch, _ tensors: [String: WeightsPart.Entry]) throws {
    let clashing = match.clashing.filter { clash in
      guard let one = tensors[clash.name], let other = tensors[clash.first] else { return true }
      return !one.isSame(as: other)
    }
    guard let clash = clashing.first else { return }
    let more = clashing.count > 1 ? "; \(counted(clashing.count - 1, "more name")) clash\(clashing.count == 2 ? "es" : "")" : ""
    throw Diagnostic("\(name) holds \(clash.first) and \(clash.name), which name one parameter", at: at, remedy: "leave one of them out of the file" + more)
  }

  private func refuseStrangers(_ match: WeightsMatch, _ others: [String: String]) throws {
    guard let stranger = match.unexpected.min() else { return }
    let more = match.unexpected.count > 1 ? ", and \(match.unexpected.count - 1) more" : ""
    if let what = others[stranger] {
      throw Diagnostic("\(name) holds \(stranger), \(what), among its tensors\(more)", at: at, remedy: "strict=no leaves out what the network does not have")
    }
    let near = nearest(stranger, in: match.missing.map(\.name)).map { "\(stranger) is near to \($0); " } ?? ""
    throw Diagnostic("\(name) holds \(stranger), which this network does not have\(more)", at: at, remedy: "\(near)\(WeightsChoice.rebuild), or leave out what it does not have with strict=no")
  }

  private func refuseShapes(_ pairs: [WeightsMatch.Pair]) throws {
    guard let first = pairs.first else { return }
    let more = pairs.count > 1 ? "; \(counted(pairs.count - 1, "more parameter")) differ\(pairs.count == 2 ? "s" : "")" : ""
    let areHeads = pairs.allSatisfy { pair in network.heads.contains { pair.entry.name.hasPrefix($0.name + ".") } }
    throw Diagnostic(
      "\(first.inFile) has shape \(first.shape) in \(name) and \(first.entry.shape) in the network\(more)", at: at,
      remedy: areHeads ? "heads=fresh leaves the network's own heads, for a file of other classes" : "\(WeightsChoice.rebuild), or leave out what does not fit with strict=no")
  }
}

extension WeightsPart {
  /// What begins so, without the beginning; nil where nothing does.
  fileprivate func narrowed(to beginning: String) -> WeightsPart? {
    let inside = tensors.filter { $0.name.hasPrefix(beginning) || $0.name.hasPrefix("module." + beginning) }
    return inside.isEmpty ? nil : WeightsPart(name: name, tensors: inside, others: others.filter { $0.name.hasPrefix(beginning) })
  }
}
