import Storage

/// BDD100K's semantic segmentation (Yu et al., 2020): JPEG frames of dashboard cameras with masks of train ids, as it is downloaded now and as
/// it was before:
///
///     images/10k/train/NAME.jpg    labels/sem_seg/masks/train/NAME.png
///     images/train/NAME.jpg        labels/train/NAME_train_id.png, or colormaps/
public enum BDD100K: DatasetFormat {
  public static let name = "bdd100k"
  public static let summary = "BDD100K: images/10k/ and labels/sem_seg/masks/ with train/ and val/, or images/ and labels/."

  private static let imageFolders = ["images/10k", "images"]
  private static let labelFolders = ["labels/sem_seg/masks", "labels/sem_seg/colormaps", "labels", "masks", "colormaps"]
  private static let labelSuffix = "_train_id"

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request, among: ["", "bdd100k", "bdd100k/seg", "seg"]) { root in imageFolders.contains { request.isDivided("\(root)/\($0)") } }
    let role = request.role ?? .target
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    if let images = imageFolders.first(where: { request.isDivided("\(root)/\($0)") }) {
      let labels = labelFolders.first { request.isDivided("\(root)/\($0)") }
      let pictures = Published.divided(survey.files(in: images), below: images)
      pairing.omit(Published.strangers(pictures))
      pairing.remarks += Published.testing(pictures, in: images)
      let found = labels.map { folder in
        Published.divided(survey.files(in: folder), below: folder).map { file in
          var file = file
          file.mapping = .trainIDs
          if file.stem.hasSuffix(labelSuffix) { file.stem = String(file.stem.dropLast(labelSuffix.count)) }
          return file
        }
      }
      if found == nil, role == .source { throw SceneError("\(root) has none of \(labelFolders.prefix(3).map { $0 + "/" }.joined(separator: ", ")), and a source without labels cannot be trained on", .sourceUnlabelled) }
      pairing.add(pictures.filter(\.isForUse), with: found?.filter(\.isForUse), trainMayBeUnlabelled: role == .target)
      pairing.shortenNames()
    }
    pairing.omit(survey.omissions)
    pairing = try inspected(
      pairing, root, request, sought: "images/10k/ or images/ with train/ or val/, and labels/sem_seg/masks/ or labels/ with masks of the same names")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: role), omissions: pairing.omissions, remarks: pairing.remarks, split: splitWords(pairing.pairs, request))
  }
}
