import Storage

/// Cityscapes (Cordts et al., 2016), in its official layout or in that of the course whose paper this project follows:
///
///     leftImg8bit/train/CITY/STEM_leftImg8bit.png    gtFine/train/CITY/STEM_gtFine_labelIds.png
///     images/train/CITY/STEM_leftImg8bit.png         gtFine/train/CITY/STEM_gtFine_labelTrainIds.png
///
/// `train` and `val` are read; the labels of `test` were never published. Where both kinds of label lie side by side, label ids are used.
/// Coarse labels (`gtCoarse`, with `train_extra`) are read for training where they are asked for.
public enum Cityscapes: DatasetFormat {
  public static let name = "cityscapes"
  public static let version = 2
  public static let options: Set<LoadOption> = [.lists, .coarseLabels]
  public static let summary = "Cityscapes: leftImg8bit/ (or images/) and gtFine/ with train/ and val/, labelIds or labelTrainIds; gtCoarse/ by choice."

  static let imageSuffix = "_leftImg8bit"

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let top = try folder(request), fileSystem = request.fileSystem
    let root = ["", "/Cityspaces", "/Cityscapes", "/Cityscapes/Cityspaces"].map { top + $0 }.first { imageFolder($0, fileSystem) != nil } ?? top
    var pairing = Pairing(), survey = Survey(root, request.fileSystem)
    let target = (request.role ?? .target) == .target
    if let folder = imageFolder(root, fileSystem) {
      let files = survey.files(in: folder), towns = CityFolders(usesCoarse: request.usesCoarseLabels)
      let images = files.compactMap { towns.found($0, below: folder, [(imageSuffix, .labelIDs)], &pairing) }
      let labels = try towns.labels(root, besides: folder, &survey, &pairing, fileSystem)
      let testing = images.count { $0.split == .test }
      if testing > 0 { pairing.remarks.append("\(folder)/test/ is not read: \(Omission.counted(testing, "image")) kept for testing") }
      pairing.omit(CityFolders.strangers(images))
      pairing.add(images.filter(\.isForUse), with: labels?.filter(\.isForUse), trainMayBeUnlabelled: target)
      pairing.shortenNames()
    }
    pairing.omit(survey.omissions)
    let labels = request.usesCoarseLabels ? "gtCoarse" : "gtFine"
    pairing = try inspected(
      pairing, root, request,
      sought: "leftImg8bit/ or images/ with train/ or val/CITY/*\(imageSuffix).png, and \(labels)/ beside it with *_\(labels)_labelIds.png or *_\(labels)_labelTrainIds.png")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .target), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  private static func imageFolder(_ root: String, _ fileSystem: any FileSystem) -> String? {
    ["leftImg8bit", "images"].first { folder in
      Dataset.Part.allCases.contains { fileSystem.isFolder("\(root)/\(folder)/\($0)") }
    }
  }
}
