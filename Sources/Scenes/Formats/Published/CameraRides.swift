/// The files of rides through Swiss towns, in the layout that ACDC and Dark Zurich share: images in a folder `rgb_anon`, labels in a folder
/// `gt`, wherever the archives have put these two. Below them each set has the split and the condition in an order of its own.
struct CameraRides {
  /// A picture or label with what its folders say.
  struct File {
    var found: Found
    let condition: String
    /// Images of the same places in clear weather, or by day, which belong to frames and have no labels.
    let isReference: Bool
  }

  private(set) var images: [File] = []
  private(set) var labels: [File] = []
  private(set) var omissions: [Omission] = []

  private static let imageSuffixes: [(String, LabelMapping)] = [("_rgb_ref_anon", .labelIDs), ("_rgb_anon", .labelIDs)]
  private static let labelSuffixes: [(String, LabelMapping)] = [("_gt_labelIds", .labelIDs), ("_gt_labelTrainIds", .trainIDs)]
  /// Files beside the labels that say the same in other ways, or where a person was not certain.
  private static let companions = ["_gt_labelColor", "_gt_invIds", "_gt_invGray", "_gt_instanceIds", "_gt_panoptic"]

  /// - Parameter place: the condition and the split, of the folders below `rgb_anon` or `gt`; nil where they state none that is known.
  init(_ paths: [String], place: (_ folders: [String]) -> (condition: String, split: String)?) {
    for path in paths where PictureFiles.isPicture(path) {
      let words = path.split(separator: "/").dropLast().map(String.init), stem = PictureFiles.stem(path)
      guard let side = words.lastIndex(where: { $0 == "rgb_anon" || $0 == "gt" }) else { continue }
      let isLabel = words[side] == "gt", suffixes = isLabel ? CameraRides.labelSuffixes : CameraRides.imageSuffixes
      guard let (suffix, mapping) = suffixes.first(where: { stem.hasSuffix($0.0) }) else {
        if !isLabel || !CameraRides.companions.contains(where: stem.hasSuffix) { omit(path, "its name does not end in \(suffixes.suffix(isLabel ? 2 : 1).map { $0.0 + ".png" }.joined(separator: " or "))") }
        continue
      }
      let below = Array(words[(side + 1)...])
      guard let (condition, name) = place(below) else { omit(path, "its folders state no condition and split that are known"); continue }
      let isReference = name.hasSuffix("_ref"), split = PathWords.Split(rawValue: isReference ? String(name.dropLast(4)) : name)
      let found = Found(path, folder: ([condition] + below.dropFirst(2)).joined(separator: "/"), stem: String(stem.dropLast(suffix.count)) + (isReference && !isLabel ? "_ref" : ""), split: split, mapping: mapping)
      let file = File(found: found, condition: condition, isReference: isReference)
      if isLabel { labels.append(file) } else { images.append(file) }
    }
  }

  private mutating func omit(_ path: String, _ reason: String) { omissions.append(Omission(name: path, reason: reason)) }

  /// What is not read: images for testing, and references except where they are wanted.
  func remarks(readingReferences: Bool) -> [String] {
    let testing = images.count { $0.found.split == .test }, references = images.count { $0.isReference && $0.found.split != .test }
    var remarks: [String] = []
    if testing > 0 { remarks.append("what is kept for testing is not read: \(Omission.counted(testing, "image"))") }
    if references > 0, !readingReferences { remarks.append("references are not read: \(Omission.counted(references, "image"))") }
    let judged = labels.count { $0.isReference }
    if judged > 0 { remarks.append("labels of references are not read: \(Omission.counted(judged, "label"))") }
    return remarks
  }

  /// The images that are trained on or judged by.
  var frames: [Found] { images.filter { !$0.isReference && $0.found.isForUse }.map(\.found) }
  /// The same places under good conditions.
  var references: [Found] { images.filter { $0.isReference && $0.found.isForUse }.map(\.found) }
  /// Their labels; nil where there are none at all.
  var frameLabels: [Found]? {
    let used = labels.filter { !$0.isReference && $0.found.isForUse }.map(\.found)
    return used.isEmpty ? nil : Published.preferred(used)
  }

  /// The condition that stands first in the path of a sample within the set.
  static func condition(of pair: Pair, among conditions: [String]) -> String? {
    pair.image.split(separator: "/").map(String.init).drop { $0 != "rgb_anon" }.first(where: conditions.contains)
  }
}
