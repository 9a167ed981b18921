/// The words by which data sets name their folders and files.
enum PathWords {
  /// A part of the data that a folder's name states. What a set's authors keep for testing is no part to train on or to judge by.
  enum Split: String, CaseIterable { case train, val, test }
  enum Side { case image, label }

  private static let splits: [String: Split] = [
    "train": .train, "training": .train, "val": .val, "valid": .val, "validation": .val, "test": .test, "testing": .test,
  ]
  private static let images: Set = [
    "images", "image", "imgs", "img", "pictures", "photos", "frames", "rgb", "camerargb", "leftimg8bit", "img_dir", "image_2", "raw",
  ]
  private static let labels: Set = [
    "labels", "label", "masks", "mask", "annotations", "annotation", "annots", "annot", "ann_dir", "ann", "gt", "gts", "gtfine", "gtcoarse", "semantic", "sem_seg",
    "seg", "segs", "segmentation", "segmentations", "cameraseg", "groundtruth", "ground_truth", "labelmaps", "targets",
  ]

  /// What a folder's name states: a split, a side, or both in one word, as `train_labels` and `trainannot` do.
  static func meaning(of folder: String) -> (split: Split?, side: Side?) {
    let word = String(folder.lowercased().map { "-. ".contains($0) ? "_" : $0 })
    if let split = splits[word] { return (split, nil) }
    if let side = side(word) { return (nil, side) }
    for (name, split) in splits.sorted(by: { ($1.key.count, $0.key) < ($0.key.count, $1.key) }) {
      for rest in [word.hasPrefix(name) ? word.dropFirst(name.count) : nil, word.hasSuffix(name) ? word.dropLast(name.count) : nil] {
        if let rest, let side = side(rest.trimmingUnderscores) { return (split, side) }
      }
    }
    if word.contains("unlabel") { return (nil, nil) }
    if ["label", "annotation", "groundtruth", "ground_truth", "segmentation"].contains(where: { word.contains($0) }) { return (nil, .label) }
    return (nil, nil)
  }

  private static func side(_ word: String) -> Side? { images.contains(word) ? .image : labels.contains(word) ? .label : nil }

  private static let labelSuffixes = [
    "gtfine_labeltrainids", "gtfine_labelids", "gtcoarse_labeltrainids", "gtcoarse_labelids", "gt_labeltrainids", "gt_labelids", "labeltrainids", "labelids",
    "trainids", "train_id", "groundtruth", "segmentation", "annotation", "annot", "labels", "label", "masks", "mask", "semantic", "seg", "gt", "l",
  ]
  /// Suffixes that pictures may carry for reasons of their own.
  private static let weakSuffixes: Set = ["l", "gt", "seg", "semantic"]
  private static let imageSuffixes = ["leftimg8bit", "rgb_anon", "image", "img", "rgb"]
  private static let companionSuffixes = ["color", "colors", "colour", "colours", "labelcolors", "instanceids", "instancetrainids"]

  /// A file's name without its suffix, and the suffix in small letters.
  static func labelStem(_ stem: String) -> (stem: String, suffix: String, isCertain: Bool)? {
    cut(stem, labelSuffixes).map { ($0.stem, $0.suffix, !weakSuffixes.contains($0.suffix)) }
  }

  static func imageStem(_ stem: String) -> String? { cut(stem, imageSuffixes)?.stem }

  /// The name without the suffix of a file that shows what a label says in colours or by instance.
  static func companionStem(_ stem: String) -> String? { cut(stem, companionSuffixes)?.stem }

  private static func cut(_ stem: String, _ suffixes: [String]) -> (stem: String, suffix: String)? {
    let plain = String(stem.lowercased().map { "-.".contains($0) ? "_" : $0 })
    guard plain.count == stem.count, let suffix = suffixes.first(where: { plain.hasSuffix("_" + $0) && plain.count > $0.count + 1 }) else { return nil }
    return (String(stem.dropLast(suffix.count + 1)), suffix)
  }
}

extension Substring {
  fileprivate var trimmingUnderscores: String { String(drop { $0 == "_" }.reversed().drop { $0 == "_" }.reversed()) }
}
