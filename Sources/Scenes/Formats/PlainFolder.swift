import Imaging
import Storage

/// Pictures of one's own with their labels, or only pictures: `images/` with `labels/`, `train/images` with `train/labels`, `train` with
/// `train_labels`, labels beside their pictures by a suffix, and so on (see `PathWords`). `train/` and `val/` are respected.
///
/// Label files hold train ids, or what a label map says (`LabelMapping.init(text:path:)`), given or as `labels.txt` in the folder.
public enum PlainFolder: DatasetFormat {
  public static let name = "folder"
  public static let version = 2
  public static let options: Set<LoadOption> = [.labelMap, .patterns, .lists]
  public static let summary = "Any folder: images/ with pictures (PNG, JPEG) and labels/ with PNGs, or pictures alone; its role must be given."

  private static let sought = "images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself"

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    guard let role = request.role else {
      throw SceneError("a folder does not say whether it is a source or a target", .roleUnknown)
    }
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let paths = survey.files()
    var map: (mapping: LabelMapping?, file: SourceFile?) = (nil, nil), hasLabels = true, sought = Self.sought
    if var listed = try ListedPairs(request.sampleLists(), among: paths) {
      map = try labelMapping(root, request)
      try listed.mapLabels { try mapped($0, map.mapping, root) }
      pairing.add(listed, needLabels: role == .source)
      hasLabels = pairing.pairs.contains { $0.label != nil }
    } else {
      let files = request.patterns.map { Sorting(paths, images: $0.images, labels: $0.labels) } ?? Sorting(paths)
      if let (images, labels) = request.patterns { sought = "files like \(images)" + (labels.map { " and \($0)" } ?? "") }
      pairing.omit(survey.omissions + files.omissions)
      pairing.remarks = files.remarks
      hasLabels = files.hasLabels
      if hasLabels {
        map = try labelMapping(root, request)
        pairing.add(files.images, with: try files.labels.map { try mapped($0, map.mapping, root) }, trainMayBeUnlabelled: role == .target)
      } else {
        if request.patterns == nil { try refuseLabels(root, files.images) }
        pairing.add(files.images, with: nil)
      }
    }
    if !hasLabels, let map = request.labelMap { throw SceneError("\(root) has no labels that the label map \(map) could be about") }
    pairing = try inspected(pairing, root, request, sought: sought)
    if !hasLabels {
      if request.patterns == nil { try refuseMixture(root, pairing.pairs) }
      if role == .source {
        throw SceneError("\(root) has no labels/ folder, and a source without labels cannot be trained on", .sourceUnlabelled)
      }
    }
    let whole = dataset(
      pairing.pairs, root, request, title: Listing.lastPart(root), role: role,
      companions: map.file.map { [$0] } ?? [])
    return LoadedData(whole: whole, omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  /// What a label file's numbers mean: as the map says, else as its name says, else train ids.
  private static func mapped(_ file: Found, _ mapping: LabelMapping?, _ root: String) throws -> Found {
    var file = file
    let suffix = PathWords.labelStem(PictureFiles.stem(file.path))?.suffix ?? ""
    if mapping == nil, suffix == "labelids" {
      throw SceneError(
        "\(root)/\(file.path) holds label ids by its name, and data sets number them in different ways; say what they mean with a label map, or load Cityscapes' own as cityscapes")
    }
    file.mapping = mapping ?? (suffix.hasSuffix("_labelids") ? .labelIDs : .trainIDs)
    return file
  }

  /// Files of labels must not be taken for pictures.
  private static func refuseLabels(_ root: String, _ images: [Found]) throws {
    guard !images.isEmpty, PathWords.meaning(of: Listing.lastPart(root)).side == .label else { return }
    throw SceneError("\(root) is a folder of labels by its name; name the folder that holds the images and the labels")
  }

  /// Pictures and what looks like their labels in folders whose names are not known.
  private static func refuseMixture(_ root: String, _ pairs: [Pair]) throws {
    func holdsNumbers(_ pair: Pair) -> Bool { pair.picture.header?.holdsIndices == true }
    let colours = Dictionary(pairs.filter { !holdsNumbers($0) }.map { (Listing.lastPart($0.image), $0.image) }) { first, _ in first }
    for pair in pairs where holdsNumbers(pair) {
      guard let image = colours[Listing.lastPart(pair.image)] else { continue }
      throw SceneError(
        "\(root)/\(pair.image) looks like the label of \(image), but no folder is known by its name to hold labels; name them images/ and labels/, or load the folder of the images alone")
    }
  }

  /// The longest label map that is read, in bytes.
  private static let largestMap = 1 << 20

  private static func labelMapping(_ root: String, _ request: LoadRequest) throws -> (LabelMapping?, SourceFile?) {
    let beside = root + "/labels.txt"
    let fileSystem = request.fileSystem
    guard let file = request.labelMap ?? (fileSystem.info(beside)?.isFolder == false ? beside : nil) else { return (nil, nil) }
    let bytes: [UInt8], state = fileSystem.info(file)
    do {
      bytes = try fileSystem.read(file, atMost: largestMap)
    } catch {
      let size = fileSystem.info(file)?.size ?? 0
      throw SceneError("cannot read the label map \(file): \(error.isTooLong ? "it has \(size) bytes, and at most \(largestMap) are read" : error.reason)")
    }
    do {
      return (try LabelMapping(bytes: bytes, path: file), SourceFile(name: "label map", path: file, state: state))
    } catch let error as SceneError where request.labelMap == nil {
      throw SceneError("\(error); if it is not a label map, rename it, or name the map that is meant")
    }
  }
}
