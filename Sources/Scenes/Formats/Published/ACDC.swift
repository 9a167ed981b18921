/// ACDC (Sakaridis et al., 2021): Swiss streets in fog, at night, in rain and in snow, with Cityscapes' classes.
///
///     rgb_anon/fog/train/GOPR0475/NAME_rgb_anon.png    gt/fog/train/GOPR0475/NAME_gt_labelTrainIds.png
///
/// The archives put `rgb_anon_trainvaltest/` and `gt_trainval/` above. Each condition is a field, and the whole holds all. `.reference` are the
/// images of the same places in clear weather, without labels (`train_ref`, `val_ref`).
public enum ACDC: DatasetFormat {
  public static let name = "acdc"
  public static let summary = "ACDC: rgb_anon/ and gt/ in .fog, .night, .rain and .snow; .reference are the same places in clear weather."

  static let conditions = ["fog", "night", "rain", "snow"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request), role = request.role ?? .target
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let rides = CameraRides(survey.files()) { folders in
      folders.count > 1 && conditions.contains(folders[0]) ? (folders[0], folders[1]) : nil
    }
    pairing.omit(survey.omissions + rides.omissions)
    pairing.remarks = rides.remarks(readingReferences: role == .target)
    let references = role == .target ? Set(rides.references.map(\.path)) : []
    pairing.add(rides.frames, with: rides.frameLabels, trainMayBeUnlabelled: role == .target)
    if !references.isEmpty { pairing.add(rides.references, with: nil) }
    pairing.shortenNames()
    pairing = try inspected(
      pairing, root, request, sought: "rgb_anon/fog/train/*/*_rgb_anon.png and gt/fog/train/*/*_gt_labelTrainIds.png or *_gt_labelIds.png, night, rain and snow likewise")
    let frames = pairing.pairs.filter { !references.contains($0.image) }
    if role == .source, !frames.contains(where: { $0.label != nil }) { throw SceneError("\(root) has no labels, and a source without labels cannot be trained on", .sourceUnlabelled) }
    func field(_ name: String, _ pairs: [Pair]) -> LoadedData.Field? {
      pairs.isEmpty ? nil : .init(name: name, dataset: dataset(pairs, root, request, title: "\(Self.name).\(name)", role: role))
    }
    let fields = conditions.compactMap { condition in field(condition, frames.filter { CameraRides.condition(of: $0, among: conditions) == condition }) }
      + [field("reference", pairing.pairs.filter { references.contains($0.image) })].compactMap(\.self)
    return LoadedData(
      whole: frames.isEmpty ? nil : dataset(frames, root, request, role: role), fields: fields, omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }
}
