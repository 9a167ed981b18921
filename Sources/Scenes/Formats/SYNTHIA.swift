/// SYNTHIA-RAND-CITYSCAPES (Ros et al., 2016): rendered streets, `RGB/` with `GT/LABELS/`. Labels are 16-bit PNGs of colours, of which
/// the first channel is the class and the second the instance.
public enum SYNTHIA: DatasetFormat {
  public static let name = "synthia"
  public static let summary = "SYNTHIA-RAND-CITYSCAPES: RGB/ and GT/LABELS/ with files of the same names."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let images = found(survey.files(in: "RGB"), below: "RGB"), labels = found(survey.files(in: "GT/LABELS"), below: "GT/LABELS")
    pairing.omit(survey.omissions)
    pairing.add(images, with: labels)
    pairing = try inspected(pairing, root, request, sought: "RGB/*.png and GT/LABELS/*.png of the same names")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .source), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  private static func found(_ paths: [String], below folder: String) -> [Found] {
    paths.filter(PictureFiles.isPicture).map { path in
      Found(path, folder: Listing.folder(of: String(path.dropFirst(folder.count + 1))), mapping: .synthia)
    }
  }
}

extension LabelMapping {
  /// SYNTHIA's classes; 0, 13, 14 and 22 are ignored.
  static let synthia: LabelMapping = {
    let ids: [Int: UInt8] = [
      1: 10, 2: 2, 3: 0, 4: 1, 5: 4, 6: 8, 7: 5, 8: 13, 9: 7, 10: 11, 11: 18, 12: 17, 15: 6, 16: 9, 17: 12, 18: 14, 19: 15, 20: 16, 21: 3, 0: 255, 13: 255, 14: 255, 22: 255,
    ]
    return LabelMapping(title: "SYNTHIA's classes", table: (0..<256).map { ids[$0] }, isFirstChannel: true)
  }()
}
