/// How files of another project name the tensors of a network that is also here: a table of words.
///
/// A name is words between full stops. Its first words are replaced by the longest entry of ``starts`` that they are, the rest by those of
/// ``within`` wherever they stand.
///
///     stages.2.0 -> features.2,  layers -> conv_list:   stages.2.0.layers.1.conv.weight -> features.2.conv_list.1.conv.weight
public struct KeySpace: Sendable, Hashable {
  struct Rename: Sendable, Hashable {
    let from: [Substring]
    let to: [Substring]
    init(_ from: String, _ to: String) { (self.from, self.to) = (from.split(separator: "."), to.split(separator: ".")) }
  }

  /// Whose names they are, as in "names of mmsegmentation".
  public let owner: String
  /// What their network does otherwise with the same weights, where it does.
  let difference: String?
  private let starts: [Rename]
  private let within: [Rename]
  /// First words of what no network here has, with the reason.
  private let left: [(start: [Substring], reason: PublishedNames.Reason)]

  init(owner: String, difference: String? = nil, starts: [(String, String)], within: [(String, String)] = [], left: [(String, PublishedNames.Reason)] = []) {
    (self.owner, self.difference) = (owner, difference)
    self.starts = starts.map(Rename.init).sorted { $0.from.count > $1.from.count }
    self.within = within.map(Rename.init)
    self.left = left.map { ($0.0.split(separator: "."), $0.1) }
  }

  enum Translation: Hashable {
    /// As the published files would call it.
    case name(String)
    case left(PublishedNames.Reason)
  }

  func translated(_ name: String) -> Translation {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    if words.last != "num_batches_tracked", let (_, reason) = left.first(where: { words.starts(with: $0.start) }) { return .left(reason) }
    var result = words[...], before: [Substring] = []
    if let rename = starts.first(where: { words.starts(with: $0.from) }) { (before, result) = (rename.to, words.dropFirst(rename.from.count)) }
    while !result.isEmpty {
      if let rename = within.first(where: { result.starts(with: $0.from) }) {
        before += rename.to
        result = result.dropFirst(rename.from.count)
      } else {
        before.append(result.removeFirst())
      }
    }
    return .name(before.joined(separator: "."))
  }

  public static func == (one: KeySpace, other: KeySpace) -> Bool {
    one.owner == other.owner && one.starts == other.starts && one.within == other.within && one.left.elementsEqual(other.left) { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(owner) }
}
