import Storage

/// KITTI's semantic segmentation (Alhaija et al., 2018): `training/image_2` with Cityscapes' label ids in `training/semantic`. Its authors
/// publish no labels for `testing`, which is not read, and no part for validation: that is drawn by the seed.
public enum KITTI: DatasetFormat {
  public static let name = "kitti"
  public static let summary = "KITTI semantics: training/image_2/ and training/semantic/; part of it is for validation."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request, among: ["", "kitti", "KITTI", "data_semantics"]) { request.fileSystem.isFolder($0 + "/training/image_2") }
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    pairing.add(found(survey.files(in: "training/image_2")), with: found(survey.files(in: "training/semantic")))
    let testing = survey.files(in: "testing/image_2").count(where: PictureFiles.isPicture)
    if testing > 0 { pairing.remarks.append("testing/ is not read: \(Omission.counted(testing, "image")) kept for testing") }
    pairing.omit(survey.omissions)
    pairing = try inspected(pairing, root, request, sought: "training/image_2/*.png and training/semantic/*.png of the same names")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .target), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  private static func found(_ paths: [String]) -> [Found] { paths.filter(PictureFiles.isPicture).map { Found($0) } }
}
