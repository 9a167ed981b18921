/// How published PyTorch checkpoints name a network's tensors, and which of them the network takes.
///
/// Names here are the published ones of the whole segmentation network: `cp.backbone.features.0.conv.weight`, `ffm.conv1.weight`.
/// Files differ from them in known ways: data-parallel training puts `module.` in front; an ImageNet checkpoint of the backbone alone
/// has no `cp.backbone.`, may name layers twice, and carries the classifier that segmentation does not use; batch norms count their
/// batches; heads that learn outlines serve training only.
///
///     names["module.features.0.conv.weight"]   // .parameter("cp.backbone.features.0.conv.weight")
///     names["x2.0.0.conv.weight"]              // .left(.repeated)
public struct PublishedNames: Sendable, Hashable {
  /// The first words of the names in a file of a backbone alone.
  public struct Backbone: Sendable, Hashable {
    /// Its own layers.
    let roots: Set<String>
    /// Its layers a second time, by other names.
    var repeated: Set<String> = []
    let classifier: Set<String>
  }

  private let backbone: Backbone
  private let prefix: String
  private let outlines: Set<String>
  /// How other projects name the same tensors.
  public let keySpaces: [KeySpace]

  /// - Parameters:
  ///   - prefix: where the backbone lies in the whole network.
  ///   - outlines: the first words of heads that learn outlines.
  init(_ backbone: Backbone, under prefix: String, outlines: Set<String> = [], keySpaces: [KeySpace] = []) {
    (self.backbone, self.prefix, self.outlines, self.keySpaces) = (backbone, prefix + ".", outlines, keySpaces)
  }

  /// Whether a tensor, by the name it has here, is one of the backbone's.
  public func isOfBackbone(_ name: String) -> Bool { name.hasPrefix(prefix) }

  public enum Name: Sendable, Hashable {
    /// A tensor of the network, by the name it has here.
    case parameter(String)
    /// A tensor that no network here has.
    case left(Reason)
  }

  public enum Reason: String, Sendable, Hashable, CaseIterable {
    case counter = "counts batches"
    case repeated = "repeats a layer under its stage's name"
    case classifier = "belongs to the ImageNet classifier"
    case outline = "belongs to the heads that learn outlines"
    case bias = "is a classifier's bias, which the network here does not have"
    case attention = "belongs to a feature fusion of another form"
  }

  /// The tensor that a file calls `name`.
  public subscript(name: String) -> Name {
    let rest = PublishedNames.unwrapped(name)
    let insideBackbone = rest.hasPrefix(prefix)
    let local = insideBackbone ? rest.dropFirst(prefix.count) : rest
    let head = String(local.prefix { $0 != "." })

    return if local.hasSuffix(".num_batches_tracked") { .left(.counter) }
      else if backbone.repeated.contains(head) { .left(.repeated) }
      else if backbone.classifier.contains(head) { .left(.classifier) }
      else if !insideBackbone, outlines.contains(head) { .left(.outline) }
      else if backbone.roots.contains(head) { .parameter(prefix + local) }
      else { .parameter(String(rest)) }
  }

  /// The same of a file whose names are another project's, or begin with words of their own.
  func name(_ inFile: String, _ spelling: Spelling) -> Name {
    var rest = PublishedNames.unwrapped(inFile)
    if !spelling.prefix.isEmpty, rest.hasPrefix(spelling.prefix) { rest = PublishedNames.unwrapped(String(rest.dropFirst(spelling.prefix.count))) }
    return switch spelling.space?.translated(String(rest)) {
    case nil: self[String(rest)]
    case .name(let translated): self[translated]
    case .left(let reason): .left(reason)
    }
  }

  /// How a file spells names.
  struct Spelling {
    /// Whose names they are, where they are not the published ones.
    let space: KeySpace?
    /// What all of a network's names begin with, with its full stop; empty where they do not.
    let prefix: String
  }

  /// The published names, and those of other projects.
  var spaces: [KeySpace?] { [nil] + keySpaces }

  /// Without what data-parallel training puts in front.
  static func unwrapped(_ name: String) -> Substring {
    var rest = Substring(name)
    while rest.hasPrefix("module.") { rest.removeFirst("module.".count) }
    return rest
  }
}

/// What of a file's tensors a network takes.
public struct PublishedSelection: Sendable {
  /// Names here, and the names in the file they come from, in the file's order.
  public let taken: [(name: String, inFile: String)]
  /// Names in the file that are left, by reason, in the file's order.
  public let left: [PublishedNames.Reason: [String]]
  /// Names in the file that would fill a parameter that an earlier one fills.
  public let clashing: [String]

  public init(_ names: [String], by published: PublishedNames) { self.init(names, by: published, PublishedNames.Spelling(space: nil, prefix: "")) }

  init(_ names: [String], by published: PublishedNames, _ spelling: PublishedNames.Spelling) {
    var taken: [(name: String, inFile: String)] = []
    var left: [PublishedNames.Reason: [String]] = [:]
    var clashing: [String] = []
    var seen: Set<String> = []
    for name in names {
      switch published.name(name, spelling) {
      case .left(let reason): left[reason, default: []].append(name)
      case .parameter(let ours) where seen.insert(ours).inserted: taken.append((ours, name))
      case .parameter: clashing.append(name)
      }
    }
    (self.taken, self.left, self.clashing) = (taken, left, clashing)
  }
}
