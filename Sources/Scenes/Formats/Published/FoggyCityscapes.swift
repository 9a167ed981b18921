import Storage

/// Foggy Cityscapes (Sakaridis et al., 2018): frames of Cityscapes with fog drawn into them, mostly in three densities that share the labels.
///
///     leftImg8bit_foggy/train/CITY/STEM_leftImg8bit_foggy_beta_0.02.png    gtFine/train/CITY/STEM_gtFine_labelIds.png
///
/// Every density is read unless one is asked for; a frame's pictures are then samples of one part, so that none judges what another taught.
public enum FoggyCityscapes: DatasetFormat {
  public static let name = "foggycityscapes"
  public static let options: Set<LoadOption> = [.lists, .coarseLabels, .fog]
  public static let summary = "Foggy Cityscapes: leftImg8bit_foggy/ and gtFine/ with train/ and val/; all densities of fog, or one by choice."

  private static let mark = "\(Cityscapes.imageSuffix)_foggy_beta_"

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request), role = request.role ?? .target
    var pairing = Pairing(), survey = Survey(root, request.fileSystem)
    let folders = Survey.folders(in: root, request.fileSystem).filter { $0.lowercased().hasPrefix("leftimg8bit_foggy") }.sorted()
    guard folders.count < 2 else { throw SceneError("\(root) has \(folders.joined(separator: " and ")), which hold other pictures of the same frames; keep one of them there") }
    if let folder = folders.first {
      let towns = CityFolders(usesCoarse: request.usesCoarseLabels)
      var groups = densities(survey.files(in: folder).filter(PictureFiles.isPicture), below: folder, towns, &pairing)
      groups = try chosen(groups, request.fog, root)
      let labels = try towns.labels(root, besides: folder, &survey, &pairing, request.fileSystem)
      let images = groups.flatMap(\.images)
      let testing = images.count { $0.split == .test }
      if testing > 0 { pairing.remarks.append("\(folder)/test/ is not read: \(Omission.counted(testing, "image")) kept for testing") }
      pairing.omit(CityFolders.strangers(images))
      let isOne = groups.count == 1
      pairing.add(
        groups.map { ($0.density, $0.images.filter(\.isForUse)) }, sharing: labels?.filter(\.isForUse), trainMayBeUnlabelled: role == .target,
        naming: { name, density in isOne ? name : "\(name)_beta_\(density)" })
      pairing.shortenNames()
      if !isOne { pairing.remarks.append("\(groups.count) pictures of a frame share its label: fog of density \(groups.map(\.density).joined(separator: ", "))") }
    }
    pairing.omit(survey.omissions)
    pairing = try inspected(
      pairing, root, request, sought: "leftImg8bit_foggy/ with train/ or val/CITY/*\(mark)0.02.png, and gtFine/ beside it with *_gtFine_labelIds.png or *_gtFine_labelTrainIds.png")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: role), omissions: pairing.omissions, remarks: pairing.remarks, split: splitWords(pairing.pairs, request))
  }

  /// The pictures by the density that their names state, the thinnest first.
  private static func densities(_ paths: [String], below folder: String, _ towns: CityFolders, _ pairing: inout Pairing) -> [(density: String, images: [Found])] {
    var groups: [String: [Found]] = [:]
    for path in paths {
      let stem = PictureFiles.stem(path)
      guard let range = stem.firstRange(of: mark), let value = Double(stem[range.upperBound...]), value > 0 else {
        pairing.omit(path, "its name does not end in \(mark) and a density")
        continue
      }
      if let file = towns.found(path, below: folder, [(String(stem[range.lowerBound...]), .labelIDs)], &pairing) { groups[String(stem[range.upperBound...]), default: []].append(file) }
    }
    return groups.map { ($0.key, $0.value) }.sorted { (Double($0.0)!, $0.0) < (Double($1.0)!, $1.0) }
  }

  private static func chosen(_ groups: [(density: String, images: [Found])], _ fog: Double?, _ root: String) throws -> [(density: String, images: [Found])] {
    guard let fog, !groups.isEmpty else { return groups }
    let chosen = groups.filter { Double($0.density) == fog }
    guard !chosen.isEmpty else { throw SceneError("\(root) has no pictures with fog of density \(fog); it has \(groups.map(\.density).joined(separator: ", "))") }
    return chosen
  }
}
