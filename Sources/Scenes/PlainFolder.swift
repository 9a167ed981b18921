import Imaging

/// Pictures of one's own: `images/` with `labels/` of the same names, or only pictures. `train/` and `val/` below them are respected.
///
/// Label files hold train ids, or what a label map says (`LabelMapping.init(text:path:)`), given or as `labels.txt` in the folder.
public enum PlainFolder: DatasetFormat {
  public static let name = "folder"
  public static let summary = "Any folder: images/*.png with labels/*.png, or only *.png; role= must be said."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    guard let role = request.role else {
      let roles = Dataset.Role.allCases.filter { $0 != .pseudo }.map(\.rawValue).joined(separator: " or role=")
      throw SceneError("a folder does not say what it is for; add role=\(roles)")
    }
    let (mapping, mapFiles) = try labelMapping(root, request)
    var pairing = Pairing()
    let hasFolder = Listing.isFolder(root + "/images"), hasLabels = Listing.isFolder(root + "/labels")
    let images = try pictures(root, hasFolder ? "images" : "", &pairing).filter { hasFolder || !$0.hasPrefix("labels/") }
    let labels = hasLabels ? try pictures(root, "labels", &pairing) : nil
    for part in [Dataset.Part.train, .val, nil] {
      pairing.add(
        found(images, hasFolder ? "images/" : "", part, mapping), with: labels.map { found($0, "labels/", part, mapping) }, part: part)
    }
    pairing = try inspected(pairing, root, request, sought: "images/*.png, with labels/*.png of the same names or alone, or *.png")
    if role == .source, !hasLabels {
      throw SceneError("\(root) has no labels/ folder, and a source without labels cannot be trained on; use role=target")
    }
    let whole = dataset(
      pairing.pairs, root, request, title: Listing.lastPart(root), role: role,
      companions: mapFiles)
    return LoadedData(whole: whole, omissions: pairing.omissions)
  }

  private static func found(_ paths: [String], _ folder: String, _ part: Dataset.Part?, _ mapping: LabelMapping) -> [Pairing.Found] {
    paths.compactMap { path in
      let key = String(path.dropFirst(folder.count).dropLast(4))
      let stated = Dataset.Part.allCases.first { key.hasPrefix($0.rawValue + "/") }
      return stated == part ? .init(key: key, path: path, mapping: mapping) : nil
    }
  }

  private static func labelMapping(_ root: String, _ request: LoadRequest) throws -> (LabelMapping, [SourceFile]) {
    let beside = root + "/labels.txt"
    guard let file = request.labelMap ?? (Listing.kind(beside) == .file ? beside : nil) else { return (.trainIDs, []) }
    let stamp = FileStamp(of: file)
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(file)
    } catch {
      throw SceneError("cannot read the label map \(file): \((error as? ImagingError)?.reason ?? "\(error)")")
    }
    return (try LabelMapping(text: String(decoding: bytes, as: UTF8.self), path: file), [SourceFile(name: "label map", path: file, stamp: stamp)])
  }
}
