import Storage

/// The folders of Cityscapes and of what was made from it: split, town, file.
struct CityFolders {
  /// Whether labels for training are those of `gtCoarse`, of `train_extra` too.
  let usesCoarse: Bool

  /// Files beside the labels that say the same in other ways.
  private static let companions = ["gtFine", "gtCoarse"].flatMap { kind in ["color", "instanceIds", "instanceTrainIds"].map { "_\(kind)_\($0)" } }

  private static func suffixes(_ kind: String) -> [(String, LabelMapping)] { [("_\(kind)_labelIds", .labelIDs), ("_\(kind)_labelTrainIds", .trainIDs)] }

  /// A file by its split, its town and what comes before one of the suffixes; others are reported, except those that are known not to be needed.
  func found(_ path: String, below folder: String, _ suffixes: [(String, LabelMapping)], _ pairing: inout Pairing) -> Found? {
    guard PictureFiles.isPicture(path) else { return nil }
    let words = path.split(separator: "/").map(String.init), stem = PictureFiles.stem(path)
    guard let (suffix, mapping) = suffixes.first(where: { stem.hasSuffix($0.0) }) else {
      if !CityFolders.companions.contains(where: stem.hasSuffix) { pairing.omit(path, "its name does not end in \(suffixes.map { $0.0 + ".png" }.joined(separator: " or "))") }
      return nil
    }
    let split = words.count > 2 ? self.split(words[1]) : nil
    return Found(
      path, folder: words.dropFirst(split == nil ? 1 : 2).dropLast().joined(separator: "/"), stem: String(stem.dropLast(suffix.count)), split: split, mapping: mapping)
  }

  private func split(_ word: String) -> PathWords.Split? { usesCoarse && word == "train_extra" ? .train : PathWords.Split(rawValue: word) }

  /// The labels below `root`; nil where there are none. With coarse labels for training, fine ones judge where they are there.
  ///
  /// - Throws: `SceneError` where the labels are not those that were asked for, which would be missed without a word.
  func labels(_ root: String, besides images: String, _ survey: inout Survey, _ pairing: inout Pairing, _ fileSystem: any FileSystem) throws -> [Found]? {
    func files(_ kind: String) -> [Found] { survey.files(in: kind).compactMap { found($0, below: kind, CityFolders.suffixes(kind), &pairing) } }
    guard usesCoarse else {
      guard fileSystem.isFolder(root + "/gtFine") else {
        try refuseOtherLabels(root, besides: images, fileSystem)
        return nil
      }
      return Published.preferred(files("gtFine"))
    }
    guard fileSystem.isFolder(root + "/gtCoarse") else { throw SceneError("\(root) has no coarse labels: there is no folder gtCoarse/ in it") }
    let coarse = Published.preferred(files("gtCoarse")), fine = Published.preferred(files("gtFine")).filter { $0.split == .val }
    guard !fine.isEmpty else {
      if coarse.contains(where: { $0.split == .val }) { pairing.remarks.append("validation has coarse labels too, as there are none in gtFine/val/: results on them are not comparable") }
      return coarse
    }
    pairing.remarks.append("labels for training are coarse, those for validation fine")
    return coarse.filter { $0.split == .train } + fine
  }

  /// Pictures of folders beside `train` and `val` that are not known, such as `train_extra`.
  static func strangers(_ images: [Found]) -> [Omission] {
    let groups = Dictionary(grouping: images.filter { $0.split == nil }) { $0.path.split(separator: "/").prefix(2).joined(separator: "/") }
    return groups.map { place, files in
      files.count == 1 ? Omission(name: files[0].path, reason: "it is of no split that is known by its name (train, val, test)")
        : Omission(name: place, reason: "\(files.count) images are of no split that is known by its name (train, val, test)")
    }
  }

  /// Labels that lie elsewhere than expected would be missed without a word.
  private func refuseOtherLabels(_ root: String, besides images: String, _ fileSystem: any FileSystem) throws {
    let others = Survey.folders(in: root, fileSystem).filter { $0 != images && PathWords.meaning(of: $0).side == .label }
    guard let other = others.first else { return }
    if other == "gtCoarse" { throw SceneError("\(root) has labels in gtCoarse/, and cityscapes reads them from gtFine/ unless coarse ones are asked for", .coarseOnly) }
    throw SceneError("\(root) has labels in \(other)/, and cityscapes reads them from gtFine/; rename the folder, or load the data as a plain folder")
  }
}
