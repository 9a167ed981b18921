/// CamVid (Brostow et al., 2009) in the 11 classes and the folders of SegNet's authors: `train`, `trainannot`, `val`, `valannot`, and
/// `test`, `testannot` where they are.
///
/// The sequence in a file's name says when it was filmed: `0001TP` at dusk, the others by day. That makes two worlds with a real gap.
/// A world is judged by its frames in `val` and `test`; where it has none there, by the last frames in time of each of its sequences.
public enum CamVid: DatasetFormat {
  public static let name = "camvid"
  public static let version = 2
  public static let summary = "CamVid, 11 classes: train/ and trainannot/, val/ and valannot/; .day is a source, .dusk a target."

  private static let duskSequences = ["0001TP"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var pairing = Pairing(), survey = Survey(root, request.fileSystem)
    for split in PathWords.Split.allCases {
      let images = found(survey.files(in: split.rawValue), split), labels = found(survey.files(in: "\(split)annot"), split)
      if labels.isEmpty, !images.isEmpty {
        pairing.omit(split.rawValue, "there are no labels for it in \(split)annot/")
      } else {
        // Its authors' frames for testing are labelled, and judge here.
        pairing.add(images, with: labels) { _ in split == .train ? .train : .val }
      }
    }
    pairing.omit(survey.omissions)
    pairing.shortenNames()
    pairing = try inspected(
      pairing, root, request, sought: "train/*.png and trainannot/*.png of the same names, val/ and valannot/ likewise")
    let pairs = pairing.pairs
    func world(_ name: String, _ role: Dataset.Role, _ belongs: (Pair) -> Bool) -> LoadedData.Field? {
      let frames = pairs.filter(belongs), mine = request.lists.isEmpty ? splitInTime(frames, request.validationShare) : frames
      guard !mine.isEmpty else { return nil }
      return .init(name: name, dataset: dataset(mine, root, request, title: "\(Self.name).\(name)", role: request.role ?? role))
    }
    let fields = [world("day", .source) { !isDusk($0) }, world("dusk", .target) { isDusk($0) }].compactMap { $0 }
    // With a role of one's own the whole is one world; without, which world is meant must be said.
    let whole = request.role.map { dataset(pairs, root, request, role: $0) }
    let isCut = [true, false].contains { dusk in
      let world = pairs.filter { isDusk($0) == dusk }
      return !world.isEmpty && !world.contains { $0.part == .val }
    }
    return LoadedData(
      whole: whole, fields: fields, omissions: pairing.omissions, remarks: pairing.remarks,
      split: !request.lists.isEmpty ? "by lists" : isCut && whole == nil ? "by folders; where those have no val, the last frames of each sequence" : "by folders")
  }

  private static func isDusk(_ pair: Pair) -> Bool { duskSequences.contains { Listing.lastPart(pair.image).hasPrefix($0) } }

  private static func found(_ paths: [String], _ split: PathWords.Split) -> [Found] {
    paths.filter(PictureFiles.isPicture).map { path in
      Found(path, folder: path.split(separator: "/").dropFirst().dropLast().joined(separator: "/"), split: split, mapping: .camVid)
    }
  }

  /// Gives a world without frames to judge by the last of each of its sequences: neighbouring frames are nearly equal, so a random
  /// split would judge what was learned.
  private static func splitInTime(_ pairs: [Pair], _ share: Double) -> [Pair] {
    guard !pairs.contains(where: { $0.part == .val }) else { return pairs }
    var pairs = pairs
    for (_, frames) in Dictionary(grouping: pairs.indices, by: { sequence(pairs[$0]) }) {
      let late = Split.late(frames.count, share: share)
      for (i, frame) in frames.enumerated() { pairs[frame].part = late.contains(i) ? .val : .train }
    }
    // Of sequences of single frames the last one judges.
    if pairs.count > 1, !pairs.contains(where: { $0.part == .val }) { pairs[pairs.count - 1].part = .val }
    return pairs
  }

  /// What comes before the frame's number: `0016E5` of `0016E5_06540`.
  private static func sequence(_ pair: Pair) -> Substring { PictureFiles.stem(pair.image).prefix { $0 != "_" } }
}
