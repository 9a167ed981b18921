import Storage

/// SYNTHIA-RAND-CITYSCAPES (Ros et al., 2016): rendered streets, `RGB/` with `GT/LABELS/`. Labels are 16-bit PNGs of colours, of which
/// the first channel is the class and the second the instance.
///
/// Some copies have `parsed_LABELS/` instead, of one number a pixel: SYNTHIA's own, or Cityscapes' label ids. A number above 22 is of Cityscapes;
/// nothing tells the other case for certain, so it must be asked for.
public enum SYNTHIA: DatasetFormat {
  public static let name = "synthia"
  public static let options: Set<LoadOption> = [.lists, .numbering]
  public static let summary = "SYNTHIA-RAND-CITYSCAPES: RGB/ and GT/LABELS/ with files of the same names, or parsed_LABELS/."

  private static let original = "GT/LABELS"
  private static let parsed = ["parsed_LABELS", "GT/parsed_LABELS"]

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    let parsed = request.fileSystem.isFolder("\(root)/\(original)") ? nil : parsed.first { request.fileSystem.isFolder("\(root)/\($0)") }
    if parsed == nil, request.numbering == .cityscapes { throw SceneError("the labels of \(root)/\(original) hold SYNTHIA's own numbers; only those of \(Self.parsed[0])/ may be Cityscapes'") }
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let labels = parsed ?? original, mapping = parsed == nil ? LabelMapping.synthia : request.numbering == .own ? .synthiaNumbers : .labelIDs
    pairing.add(found(survey.files(in: "RGB"), below: "RGB", mapping), with: found(survey.files(in: labels), below: labels, mapping))
    pairing.omit(survey.omissions)
    pairing = try inspected(pairing, root, request, sought: "RGB/*.png and \(labels)/*.png of the same names")
    if parsed != nil, request.numbering == nil { try requireCertainty(pairing.pairs, "\(root)/\(labels)") }
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .source), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  private static func found(_ paths: [String], below folder: String, _ mapping: LabelMapping) -> [Found] {
    paths.filter(PictureFiles.isPicture).map { path in
      Found(path, folder: Listing.folder(of: String(path.dropFirst(folder.count + 1))), mapping: mapping)
    }
  }

  private static func requireCertainty(_ pairs: [Pair], _ folder: String) throws {
    let numbers = Set(pairs.filter { $0.reading != .colours }.flatMap { Array(($0.labels?.numbers ?? [:]).keys) }).subtracting([Int(CityscapesClass.ignored)])
    guard let largest = numbers.max(), largest <= 22, largest > 0 else { return }
    throw SceneError("the labels of \(folder) hold numbers up to \(largest), which mean other classes in SYNTHIA (3 is road) than in Cityscapes (7 is road)", .numberingUnknown)
  }
}

extension LabelMapping {
  /// SYNTHIA's classes; 0, 13, 14 and 22 are ignored.
  static let synthia = LabelMapping(title: "SYNTHIA's classes", table: synthiaTable, isFirstChannel: true)

  /// The same in files of one number a pixel.
  static let synthiaNumbers = LabelMapping(title: "SYNTHIA's classes", table: synthiaTable.dropLast() + [CityscapesClass.ignored])

  private static let synthiaTable: [UInt8?] = {
    let ids: [Int: UInt8] = [
      1: 10, 2: 2, 3: 0, 4: 1, 5: 4, 6: 8, 7: 5, 8: 13, 9: 7, 10: 11, 11: 18, 12: 17, 15: 6, 16: 9, 17: 12, 18: 14, 19: 15, 20: 16, 21: 3, 0: 255, 13: 255, 14: 255, 22: 255,
    ]
    return (0..<256).map { ids[$0] }
  }()
}
