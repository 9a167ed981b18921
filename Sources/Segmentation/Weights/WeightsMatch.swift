public import Tensors

/// Which tensors of a file are which parameters of a network, under the spelling of names that fits best.
///
/// Names may be the published ones or another project's, and may all begin with words of their own, such as `net.` or `student.`. The spelling
/// that gives the most parameters their shape is taken; among equals the published names, and the shortest beginning.
public struct WeightsMatch: Sendable {
  public struct Offer: Sendable {
    public let name: String
    public let shape: [Int]
    public init(_ name: String, _ shape: [Int]) { (self.name, self.shape) = (name, shape) }
  }

  /// A tensor of the file for a parameter here.
  public struct Pair: Sendable {
    public let entry: ParameterLayout.Entry
    public let inFile: String
    public let shape: [Int]
    public var fits: Bool { entry.shape == shape }
  }

  /// Whose names the file has, where they are not the published ones.
  public let owner: String?
  /// What their networks do otherwise with the same weights.
  public let difference: String?
  /// What was taken off the front of names.
  public let stripped: [String]
  /// Beginnings that fit as well, without their full stop: the file holds the network more than once.
  public let rivals: [String]
  /// Parameters that the file has, each once, in its order.
  public let pairs: [Pair]
  /// Names in the file that no network here has, by reason.
  public let left: [PublishedNames.Reason: [String]]
  /// Names in the file that would fill a parameter that an earlier one fills.
  public let clashing: [(name: String, first: String)]
  /// Names in the file that mean nothing here.
  public let unexpected: [String]
  /// Parameters that the file does not have.
  public let missing: [ParameterLayout.Entry]

  public init(_ offers: [Offer], for network: Network) {
    let names = offers.map(\.name), shapes = Dictionary(offers.map { ($0.name, $0.shape) }) { first, _ in first }
    let entries = Dictionary(uniqueKeysWithValues: network.layout.entries.map { ($0.name, $0) }), published = network.publishedNames
    func attempt(_ spelling: PublishedNames.Spelling) -> Attempt {
      let selection = PublishedSelection(names, by: published, spelling), known = selection.taken.filter { entries[$0.name] != nil }
      return Attempt(
        spelling: spelling, selection: selection, fitting: known.count { entries[$0.name]?.shape == shapes[$0.inFile] }, known: known.count,
        left: selection.left.values.reduce(0) { $0 + $1.count })
    }
    var tried = published.spaces.map { attempt(.init(space: $0, prefix: "")) }
    // Beginnings are looked for where names would be left over.
    if !tried.contains(where: { $0.known > 0 && $0.known == $0.selection.taken.count }) {
      tried += WeightsMatch.beginnings(of: names, published, entries).map(attempt)
    }
    // The first of the best.
    guard let best = tried.max(by: { $0.score < $1.score }) else { preconditionFailure("there is a spelling") }
    let (spelling, selection) = (best.spelling, best.selection)
    rivals = tried.filter { other in
      let prefix = other.spelling.prefix
      return other.score == best.score && other.spelling.space == spelling.space && !prefix.hasPrefix(spelling.prefix) && !spelling.prefix.hasPrefix(prefix)
    }.map { String($0.spelling.prefix.dropLast()) }
    pairs = selection.taken.compactMap { taken in entries[taken.name].map { Pair(entry: $0, inFile: taken.inFile, shape: shapes[taken.inFile] ?? []) } }
    let sources = Dictionary(uniqueKeysWithValues: selection.taken.map { ($0.name, $0.inFile) })
    clashing = selection.clashing.map { name in
      guard case .parameter(let ours) = network.publishedNames.name(name, spelling) else { preconditionFailure("what clashes is a parameter") }
      return (name, sources[ours] ?? name)
    }
    unexpected = selection.taken.filter { entries[$0.name] == nil }.map(\.inFile)
    left = selection.left
    missing = network.layout.entries.filter { sources[$0.name] == nil }
    (owner, difference) = (spelling.space?.owner, spelling.space?.difference)
    let wrapped = names.contains { $0.hasPrefix("module.") } ? ["module."] : []
    stripped = wrapped + (spelling.prefix.isEmpty ? [] : [spelling.prefix])
  }

  private struct Attempt {
    let spelling: PublishedNames.Spelling
    let selection: PublishedSelection
    /// How many parameters the file has by name and shape, by name, and how many names are known to be no parameter's.
    let fitting: Int, known: Int, left: Int
    var score: (Int, Int, Int) { (fitting, known, left) }
  }

  /// Spellings whose names begin with words that many of the file's names have in common, and are known without them.
  private static func beginnings(of names: [String], _ published: PublishedNames, _ entries: [String: ParameterLayout.Entry]) -> [PublishedNames.Spelling] {
    var counts: [String: (count: Int, examples: [String])] = [:]
    // More names no network has; they are not worth guessing about.
    for name in names.prefix(10_000) {
      var rest = PublishedNames.unwrapped(name), beginning = ""
      for _ in 0..<3 {
        guard let stop = rest.firstIndex(of: ".") else { break }
        beginning += rest[...stop]
        counts[beginning, default: (0, [])].count += 1
        if counts[beginning]?.examples.count ?? 0 < 8 { counts[beginning]?.examples.append(name) }
        rest = rest[rest.index(after: stop)...]
      }
    }
    let common = counts.filter { $0.value.count > 1 }.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(64)
    let spellings = common.sorted { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }.flatMap { beginning in
      published.spaces.map { (spelling: PublishedNames.Spelling(space: $0, prefix: beginning.key), examples: beginning.value.examples) }
    }
    return spellings.filter { spelling, examples in
      examples.contains { if case .parameter(let name) = published.name($0, spelling) { entries[name] != nil } else { false } }
    }.prefix(24).map(\.spelling)
  }
}
