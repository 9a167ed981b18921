/// CamVid (Brostow et al., 2009) in the 11 classes and the folders of SegNet's authors: `train`, `trainannot`, `val`, `valannot`, and
/// `test`, `testannot` where they are.
///
/// The sequence in a file's name says when it was filmed: `0001TP` at dusk, the others by day. That makes two worlds with a real gap.
/// A world is judged by its frames in `val` and `test`; where it has none there, by the last of its frames in time.
public enum CamVid: DatasetFormat {
  public static let name = "camvid"
  public static let summary = "CamVid, 11 classes: train/ and trainannot/, val/ and valannot/; .day is a source, .dusk a target."

  private static let duskSequences = ["0001TP"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var pairing = Pairing()
    for (folder, part) in [("train", Dataset.Part.train), ("val", .val), ("test", .val)] {
      guard Listing.isFolder(root + "/" + folder), Listing.isFolder("\(root)/\(folder)annot") else { continue }
      let images = found(try pictures(root, folder, &pairing))
      pairing.add(images, with: found(try pictures(root, folder + "annot", &pairing)), part: part)
    }
    pairing = try inspected(
      pairing, root, request, sought: "train/*.png and trainannot/*.png of the same names, val/ and valannot/ likewise")
    let pairs = pairing.pairs
    func world(_ name: String, _ role: Dataset.Role, _ belongs: (Pair) -> Bool) -> LoadedData.Field? {
      let mine = splitInTime(pairs.filter(belongs), request.validationShare)
      guard !mine.isEmpty else { return nil }
      return .init(name: name, dataset: dataset(mine, root, request, title: "\(Self.name).\(name)", role: request.role ?? role))
    }
    let fields = [world("day", .source) { !isDusk($0) }, world("dusk", .target) { isDusk($0) }].compactMap { $0 }
    // With a role of one's own the whole is one world; without, which world is meant must be said.
    let whole = request.role.map { dataset(pairs, root, request, role: $0) }
    return LoadedData(whole: whole, fields: fields, omissions: pairing.omissions)
  }

  private static func isDusk(_ pair: Pair) -> Bool { duskSequences.contains { pair.name.hasPrefix($0) } }

  private static func found(_ paths: [String]) -> [Pairing.Found] {
    paths.map { .init(key: Listing.lastPart(String($0.dropLast(4))), path: $0, mapping: .camVid) }
  }

  /// Gives a world without frames to judge by the last of each of its sequences: neighbouring frames are nearly equal, so a random
  /// split would judge what was learned.
  private static func splitInTime(_ pairs: [Pair], _ share: Double) -> [Pair] {
    guard !pairs.contains(where: { $0.part == .val }) else { return pairs }
    let late = Split.late(pairs.count, share: share)
    return pairs.enumerated().map { i, pair in
      var pair = pair
      pair.part = late.contains(i) ? .val : .train
      return pair
    }
  }
}
