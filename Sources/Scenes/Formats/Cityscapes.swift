import Storage

/// Cityscapes (Cordts et al., 2016), in its official layout or in that of the course whose paper this project follows:
///
///     leftImg8bit/train/CITY/STEM_leftImg8bit.png    gtFine/train/CITY/STEM_gtFine_labelIds.png
///     images/train/CITY/STEM_leftImg8bit.png         gtFine/train/CITY/STEM_gtFine_labelTrainIds.png
///
/// `train` and `val` are read; the labels of `test` were never published. Where both kinds of label lie side by side, label ids are used.
public enum Cityscapes: DatasetFormat {
  public static let name = "cityscapes"
  public static let version = 2
  public static let summary = "Cityscapes: leftImg8bit/ (or images/) and gtFine/ with train/ and val/, labelIds or labelTrainIds."

  private static let imageSuffix = "_leftImg8bit"
  private static let labelSuffixes: [(String, LabelMapping)] = [("_gtFine_labelIds", .labelIDs), ("_gtFine_labelTrainIds", .trainIDs)]
  /// Files beside the labels that say the same in other ways.
  private static let companions = ["_gtFine_color", "_gtFine_instanceIds", "_gtFine_instanceTrainIds"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let top = try folder(request), fileSystem = request.fileSystem
    let root = ["", "/Cityspaces", "/Cityscapes", "/Cityscapes/Cityspaces"].map { top + $0 }.first { imageFolder($0, fileSystem) != nil } ?? top
    var pairing = Pairing(), survey = Survey(root, request.fileSystem)
    if let folder = imageFolder(root, fileSystem) {
      let files = survey.files(in: folder)
      let isLabelled = fileSystem.isFolder(root + "/gtFine")
      if !isLabelled { try refuseOtherLabels(root, besides: folder, fileSystem) }
      let images = files.compactMap { found($0, below: folder, [(imageSuffix, .labelIDs)], &pairing) }
      let labels = isLabelled ? preferred(survey.files(in: "gtFine").compactMap { found($0, below: "gtFine", labelSuffixes, &pairing) }) : nil
      let testing = images.count { $0.split == .test }
      if testing > 0 { pairing.remarks.append("\(folder)/test/ is not read: \(Omission.counted(testing, "image")) kept for testing") }
      pairing.omit(strangers(images, folder))
      pairing.add(images.filter(isUsed), with: labels?.filter(isUsed))
      pairing.shortenNames()
    }
    pairing.omit(survey.omissions)
    pairing = try inspected(
      pairing, root, request,
      sought: "leftImg8bit/ or images/ with train/ or val/CITY/*\(imageSuffix).png, and gtFine/ beside it with "
        + labelSuffixes.map { "*\($0.0).png" }.joined(separator: " or "))
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .target), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  private static func imageFolder(_ root: String, _ fileSystem: any FileSystem) -> String? {
    ["leftImg8bit", "images"].first { folder in
      Dataset.Part.allCases.contains { fileSystem.isFolder("\(root)/\(folder)/\($0)") }
    }
  }

  private static func isUsed(_ file: Found) -> Bool { file.split == .train || file.split == .val }

  /// A file by its split, its town and what comes before one of the suffixes; others are reported, except those that are known not to be needed.
  private static func found(_ path: String, below folder: String, _ suffixes: [(String, LabelMapping)], _ pairing: inout Pairing) -> Found? {
    guard PictureFiles.isPicture(path) else { return nil }
    let words = path.split(separator: "/").map(String.init), stem = PictureFiles.stem(path)
    guard let (suffix, mapping) = suffixes.first(where: { stem.hasSuffix($0.0) }) else {
      if !companions.contains(where: stem.hasSuffix) { pairing.omit(path, "its name does not end in \(suffixes.map { $0.0 + ".png" }.joined(separator: " or "))") }
      return nil
    }
    let split = words.count > 2 ? PathWords.Split(rawValue: words[1]) : nil
    return Found(
      path, folder: words.dropFirst(split == nil ? 1 : 2).dropLast().joined(separator: "/"), stem: String(stem.dropLast(suffix.count)), split: split, mapping: mapping)
  }

  /// Label ids, where the same label lies there as train ids too.
  private static func preferred(_ labels: [Found]) -> [Found] {
    func place(_ file: Found) -> String { Listing.folder(of: file.path) + "/" + file.stem }
    let ids = Set(labels.filter { $0.mapping == .labelIDs }.map(place))
    return labels.filter { $0.mapping == .labelIDs || !ids.contains(place($0)) }
  }

  /// Pictures of folders beside `train` and `val` that are not known, such as `train_extra`.
  private static func strangers(_ images: [Found], _ folder: String) -> [Omission] {
    let groups = Dictionary(grouping: images.filter { $0.split == nil }) { $0.path.split(separator: "/").prefix(2).joined(separator: "/") }
    return groups.map { place, files in
      files.count == 1 ? Omission(name: files[0].path, reason: "it is of no split that is known by its name (train, val, test)")
        : Omission(name: place, reason: "\(files.count) images are of no split that is known by its name (train, val, test)")
    }
  }

  /// Labels that lie elsewhere than expected would be missed without a word.
  private static func refuseOtherLabels(_ root: String, besides images: String, _ fileSystem: any FileSystem) throws {
    let others = Survey.folders(in: root, fileSystem).filter { $0 != images && PathWords.meaning(of: $0).side == .label }
    guard let other = others.first else { return }
    throw SceneError("\(root) has labels in \(other)/, and cityscapes reads them from gtFine/; rename the folder, or load the data as a plain folder")
  }
}
