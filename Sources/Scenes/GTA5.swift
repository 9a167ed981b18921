/// Playing for Data (Richter et al., 2016): frames of a game. Labels are PNGs whose palette index is the Cityscapes label id.
public enum GTA5: DatasetFormat {
  public static let name = "gta5"
  public static let summary = "GTA5: images/ and labels/ with files of the same names, or both under train/ and val/."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var pairing = Pairing()
    if Listing.isFolder(root + "/images"), Listing.isFolder(root + "/labels") {
      let images = try pictures(root, "images", &pairing)
      let labels = try pictures(root, "labels", &pairing)
      for part in [Dataset.Part.train, .val, nil] {
        pairing.add(found(images, "images/", part), with: found(labels, "labels/", part), part: part)
      }
    }
    pairing = try inspected(
      pairing, root, request, sought: "images/*.png and labels/*.png of the same names, or both under train/ and val/")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .source), omissions: pairing.omissions)
  }

  /// The files of one part under `folder`; those of no part lie elsewhere in it.
  private static func found(_ paths: [String], _ folder: String, _ part: Dataset.Part?) -> [Pairing.Found] {
    paths.compactMap { path in
      var key = String(path.dropFirst(folder.count).dropLast(4))
      let stated = Dataset.Part.allCases.first { key.hasPrefix($0.rawValue + "/") }
      guard stated == part else { return nil }
      if let stated { key.removeFirst(stated.rawValue.count + 1) }
      // Some redistributions carry train ids.
      let suffix = "_labelTrainIds"
      guard key.hasSuffix(suffix) else { return .init(key: key, path: path) }
      return .init(key: String(key.dropLast(suffix.count)), path: path, mapping: .trainIDs)
    }
  }
}
