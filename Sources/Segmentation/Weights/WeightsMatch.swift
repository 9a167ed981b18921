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
    let entries = Dictionary(uniqueKeysWithValues: network.layout.entries.map { ($0.name, $0) })
    let spellings = WeightsMatch.spellings(of: names, network.publishedNames)
    let tried = spellings.map { spelling in
      let selection = PublishedSelection(names, by: network.publishedNames, spelling)
      let known = selection.taken.filter { entries[$0.name] != nil }
      return (spelling, selection, score: (known.count { entries[$0.name]?.shape == shapes[$0.inFile] }, known.count, selection.left.values.reduce(0) { $0 + $1.count }))
    }
    // The first of the best.
    guard let (spelling, selection, score) = tried.max(by: { $0.score < $1.score }) else { preconditionFailure("there is a spelling") }
    rivals = tried.filter { $0.2 == score && !$0.0.prefix.hasPrefix(spelling.prefix) && !spelling.prefix.hasPrefix($0.0.prefix) }.map { String($0.0.prefix.dropLast()) }
    pairs = selection.taken.compactMap { taken in entries[taken.name].map { Pair(entry: $0, inFile: taken.inFile, shape: shapes[taken.inFile] ?? []) } }
    let sources = Dictionary(uniqueKeysWithValues: selection.taken.map { ($0.name, $0.inFile) })
    clashing = selection.clashing.map { name in
      guard case .parameter(let ours) = network.publishedNames.name(name, spelling) else { preconditionFailure("what clashes is a parameter") }
      return (name, sources[ours] ?? name)
    }
    unexpected = selection.taken.filter { entries[$0.name] == nil }.map(\.inFile)
    left = selection.left
    missing = network.layout.entries.filter { sources[$0.name] == nil }
    owner = spelling.space?.owner
    let wrapped = names.contains { $0.hasPrefix("module.") } ? ["module."] : []
    stripped = wrapped + (spelling.prefix.isEmpty ? [] : [spelling.prefix])
  }

  /// Beginnings are words that many of the file's names have in common.
  private static func spellings(of names: [String], _ published: PublishedNames) -> [PublishedNames.Spelling] {
    var counts: [String: Int] = [:]
    // More names no network has; they are not worth guessing about.
    for name in names.prefix(10_000) {
      var rest = PublishedNames.unwrapped(name), beginning = ""
      for _ in 0..<3 {
        guard let stop = rest.firstIndex(of: ".") else { break }
        beginning += rest[...stop]
        counts[beginning, default: 0] += 1
        rest = rest[rest.index(after: stop)...]
      }
    }
    let common = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key.utf8.count, $0.key) < ($0.value, $1.key.utf8.count, $1.key) }.prefix(12).map(\.key)
    let spaces: [KeySpace?] = [nil] + published.keySpaces
    return spaces.flatMap { space in ([""] + common.sorted { $0.utf8.count < $1.utf8.count }).map { PublishedNames.Spelling(space: space, prefix: $0) } }
  }
}
