/// Dark Zurich (Sakaridis et al., 2019): the same streets by day, at twilight and at night. Only nights of `val` have labels.
///
///     rgb_anon/train/night/GOPR0351/NAME_rgb_anon.png
///     rgb_anon/val/night/GOPR0356/NAME_rgb_anon.png    gt/val/night/GOPR0356/NAME_gt_labelTrainIds.png
///
/// Each time of day is a field; `.night` has training images without labels and labelled ones for validation.
public enum DarkZurich: DatasetFormat {
  public static let name = "darkzurich"
  public static let summary = "Dark Zurich: rgb_anon/ and gt/ in .night, whose val is labelled, .twilight and .day, without labels."

  /// The one that is adapted to comes first, as the one that is meant where none is named.
  static let times = ["night", "twilight", "day"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request), role = request.role ?? .target
    if role == .source { throw SceneError("the training images of Dark Zurich have no labels, and a source without labels cannot be trained on", .sourceUnlabelled) }
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let rides = CameraRides(survey.files()) { folders in
      folders.count > 1 && times.contains(folders[1]) ? (folders[1], folders[0]) : nil
    }
    pairing.omit(survey.omissions + rides.omissions)
    pairing.remarks = rides.remarks(readingReferences: false)
    pairing.add(rides.frames, with: rides.frameLabels, trainMayBeUnlabelled: true)
    pairing.shortenNames()
    pairing = try inspected(
      pairing, root, request, sought: "rgb_anon/train/night/*/*_rgb_anon.png, rgb_anon/val/night/*/*_rgb_anon.png and gt/val/night/*/*_gt_labelTrainIds.png or *_gt_labelIds.png")
    let fields = times.compactMap { time -> LoadedData.Field? in
      let mine = pairing.pairs.filter { CameraRides.condition(of: $0, among: times) == time }
      return mine.isEmpty ? nil : .init(name: time, dataset: dataset(mine, root, request, title: "\(name).\(time)", role: role))
    }
    return LoadedData(whole: nil, fields: fields, omissions: pairing.omissions, remarks: pairing.remarks, split: splitWords(pairing.pairs, request))
  }
}
