/// Pictures of the simulator CARLA (Dosovitskiy et al., 2017) with labels as it writes them: the class in the red channel, or its palette's
/// colours. Any layout that plain folders may have: `CameraRGB` and `CameraSeg`, as in the Lyft challenge, `images` and `labels`, …
///
/// CARLA numbered its classes in one way until 0.9.13 and in another, that of Cityscapes, since. A label that holds a number above 22 is of the
/// newer; nothing tells the older for certain, so it must be asked for. Colours mean the same in both.
public enum CARLA: DatasetFormat {
  public static let name = "carla"
  public static let options: Set<LoadOption> = [.lists, .numbering]
  public static let summary = "CARLA: CameraRGB/ and CameraSeg/, or images/ and labels/; the class in the red channel, or CARLA's colours."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request), role = request.role ?? .source
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let files = Sorting(survey.files())
    pairing.omit(survey.omissions + files.omissions)
    pairing.remarks = files.remarks
    // The newer numbers are all that there may be; whether they are meant is seen when every label was looked at.
    let mapping = request.numbering == .own ? LabelMapping.carla : .carlaAsCityscapes
    let labels = files.labels.map { file in
      var file = file
      file.mapping = mapping
      return file
    }
    if files.hasLabels { pairing.add(files.images, with: labels, trainMayBeUnlabelled: role == .target) }
    pairing = try inspected(pairing, root, request, sought: "CameraRGB/*.png and CameraSeg/*.png of the same names, or images/ and labels/")
    if request.numbering == nil { try requireCertainty(pairing.pairs, root) }
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: role), omissions: pairing.omissions, remarks: pairing.remarks, split: splitWords(pairing.pairs, request))
  }

  private static func requireCertainty(_ pairs: [Pair], _ root: String) throws {
    let numbers = Set(pairs.filter { $0.reading != .colours }.flatMap { Array(($0.labels?.numbers ?? [:]).keys) })
    guard let largest = numbers.max(), largest <= 22, numbers.contains(where: { LabelMapping.carla.table[$0] != LabelMapping.carlaAsCityscapes.table[$0] }) else { return }
    throw SceneError(
      "the labels of \(root) hold numbers up to \(largest), which mean other classes in CARLA up to 0.9.13 (7 is road) than since (1 is road)", .numberingUnknown)
  }
}

/// CARLA as it was recorded beside Cityscapes: `NAME_img.png` and `NAME_labelIds.png` in one folder, in the newer numbers.
public enum CarlaScapes: DatasetFormat {
  public static let name = "carlascapes"
  public static let summary = "CarlaScapes: *_img.png with *_labelIds.png beside them."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var survey = Survey(root, request.fileSystem), pairing = Pairing()
    let files = Sorting(survey.files())
    pairing.omit(survey.omissions + files.omissions)
    pairing.remarks = files.remarks
    let labels = files.labels.map { file in
      var file = file
      file.mapping = .carlaAsCityscapes
      return file
    }
    if files.hasLabels { pairing.add(files.images, with: labels) }
    pairing = try inspected(pairing, root, request, sought: "*_img.png with *_labelIds.png beside them")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .source), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }
}

extension LabelMapping {
  /// CARLA's classes up to 0.9.13. Its vehicles are cars here, whatever they are; road lines lie on the road.
  static let carla = numbered([1: 2, 2: 4, 4: 11, 5: 5, 6: 0, 7: 0, 8: 1, 9: 8, 10: 13, 11: 3, 12: 7, 13: 10, 18: 6, 22: 9], upTo: 22)

  /// Since then: Cityscapes' classes in the order of their train ids, from 1; 24 is a line on the road.
  static let carlaAsCityscapes = numbered(Dictionary(uniqueKeysWithValues: CityscapesClass.all.map { (Int($0.trainID) + 1, $0.trainID) } + [(24, 0)]), upTo: 28)

  private static func numbered(_ ids: [Int: UInt8], upTo last: Int) -> LabelMapping {
    LabelMapping(title: "CARLA's classes", table: (0..<256).map { $0 <= last || $0 == 255 ? ids[$0] ?? CityscapesClass.ignored : nil }, colours: carlaColours, mayBeRed: true)
  }

  /// Those of `CityScapesPalette`, of all versions.
  private static let carlaColours: [CityscapesClass.Colour: UInt8] = {
    var colours = LabelMapping.trainIDs.colours
    for (red, green, blue, id) in [(157, 234, 50, 0), (145, 170, 100, 9), (100, 40, 40, 4)] as [(UInt8, UInt8, UInt8, UInt8)] { colours[.init(red, green, blue)] = id }
    for (red, green, blue) in [(72, 0, 90), (55, 90, 80), (110, 190, 160), (170, 120, 50), (45, 60, 150)] as [(UInt8, UInt8, UInt8)] { colours[.init(red, green, blue)] = CityscapesClass.ignored }
    return colours
  }()
}
