/// Cityscapes (Cordts et al., 2016), in its official layout or in that of the course whose paper this project follows:
///
///     leftImg8bit/train/CITY/STEM_leftImg8bit.png    gtFine/train/CITY/STEM_gtFine_labelIds.png
///     images/train/CITY/STEM_leftImg8bit.png         gtFine/train/CITY/STEM_gtFine_labelTrainIds.png
///
/// `train` and `val` are read; the labels of `test` were never published. Where both kinds of label lie side by side, label ids are used.
public enum Cityscapes: DatasetFormat {
  public static let name = "cityscapes"
  public static let summary = "Cityscapes: leftImg8bit/ (or images/) and gtFine/ with train/ and val/, labelIds or labelTrainIds."

  private static let imageSuffix = "_leftImg8bit.png"
  private static let labelSuffixes: [(String, LabelMapping)] = [
    ("_gtFine_labelIds.png", .labelIDs), ("_gtFine_labelTrainIds.png", .trainIDs),
  ]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let top = try folder(request)
    let root = ["", "/Cityspaces", "/Cityscapes", "/Cityscapes/Cityspaces"].map { top + $0 }.first { imageFolder($0) != nil } ?? top
    var pairing = Pairing()
    if let folder = imageFolder(root) {
      let isLabelled = Listing.isFolder(root + "/gtFine")
      for part in Dataset.Part.allCases {
        let images = try keyed(root, "\(folder)/\(part)", [(imageSuffix, .labelIDs)])
        let labels = isLabelled ? try keyed(root, "gtFine/\(part)", labelSuffixes) : nil
        pairing.add(images, with: labels, part: part)
      }
    }
    pairing = try inspected(
      pairing, root, request,
      sought: "leftImg8bit/ or images/ with train/ or val/CITY/*\(imageSuffix), and gtFine/ beside it with "
        + labelSuffixes.map { "*\($0.0)" }.joined(separator: " or "))
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .target), omissions: pairing.omissions)
  }

  private static func imageFolder(_ root: String) -> String? {
    ["leftImg8bit", "images"].first { folder in
      Dataset.Part.allCases.contains { Listing.isFolder("\(root)/\(folder)/\($0)") }
    }
  }

  /// The files of a folder that end in one of the suffixes, by what comes before it; earlier suffixes first.
  private static func keyed(_ root: String, _ folder: String, _ suffixes: [(String, LabelMapping)]) throws -> [Pairing.Found] {
    guard Listing.isFolder(root + "/" + folder) else { return [] }
    let files = try Listing.files(below: root + "/" + folder)
    return suffixes.flatMap { suffix, mapping in
      files.filter { $0.hasSuffix(suffix) }.map { file in
        Pairing.Found(key: Listing.lastPart(String(file.dropLast(suffix.count))), path: folder + "/" + file, mapping: mapping)
      }
    }
  }
}
