/// The names that published PyTorch checkpoints give their tensors, and which of them a network here takes.
///
/// Names here are the published ones of the whole segmentation network: `cp.backbone.features.0.conv.weight`, `ffm.conv1.weight`.
/// Files differ from them in known ways: data-parallel training puts `module.` in front; an ImageNet checkpoint of the backbone alone
/// has no `cp.backbone.`; a saved STDC names its layers a second time by the stage they end (`x2.` to `x32.`), and carries the
/// classifier that segmentation does not use; batch norms count their batches; heads that learn outlines serve training only.
///
///     PublishedName("module.features.0.conv.weight")   // .parameter("cp.backbone.features.0.conv.weight")
///     PublishedName("x2.0.0.conv.weight")              // .left(.repeated)
public enum PublishedName: Sendable, Hashable {
  /// A tensor of the network, by the name it has here.
  case parameter(String)
  /// A tensor that no network here has.
  case left(Reason)

  public enum Reason: String, Sendable, Hashable, CaseIterable {
    case counter = "counts batches"
    case repeated = "repeats a layer under its stage's name"
    case classifier = "belongs to the ImageNet classifier"
    case outline = "belongs to the heads that learn outlines"
  }

  /// Where the backbone lies in the whole network.
  public static let backbone = "cp.backbone."

  /// The tensor that a file calls `name`.
  public init(_ name: String) {
    var rest = Substring(name)
    while rest.hasPrefix("module.") { rest.removeFirst("module.".count) }
    let insideBackbone = rest.hasPrefix(PublishedName.backbone)
    let local = insideBackbone ? rest.dropFirst(PublishedName.backbone.count) : rest
    let head = String(local.prefix { $0 != "." })

    self =
      if local.hasSuffix(".num_batches_tracked") { .left(.counter) }
      else if ["x2", "x4", "x8", "x16", "x32"].contains(head) { .left(.repeated) }
      else if ["conv_last", "fc", "bn", "linear"].contains(head) { .left(.classifier) }
      else if !insideBackbone, ["conv_out_sp2", "conv_out_sp4", "conv_out_sp8", "conv_out_sp16"].contains(head) { .left(.outline) }
      else if head == "features" { .parameter(PublishedName.backbone + local) }
      else { .parameter(String(rest)) }
  }
}

/// What of a file's tensors a network takes.
public struct PublishedSelection: Sendable {
  /// Names here, and the names in the file they come from, in the file's order.
  public let taken: [(name: String, inFile: String)]
  /// Names in the file that are left, by reason, in the file's order.
  public let left: [PublishedName.Reason: [String]]
  /// Names in the file that would fill a parameter that an earlier one fills.
  public let clashing: [String]

  public init(_ names: [String]) {
    var taken: [(name: String, inFile: String)] = []
    var left: [PublishedName.Reason: [String]] = [:]
    var clashing: [String] = []
    var seen: Set<String> = []
    for name in names {
      switch PublishedName(name) {
      case .left(let reason): left[reason, default: []].append(name)
      case .parameter(let ours) where seen.insert(ours).inserted: taken.append((ours, name))
      case .parameter: clashing.append(name)
      }
    }
    (self.taken, self.left, self.clashing) = (taken, left, clashing)
  }
}
