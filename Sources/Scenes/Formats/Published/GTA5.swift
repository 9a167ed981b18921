/// Playing for Data (Richter et al., 2016): frames of a game. Labels are PNGs whose palette index is the Cityscapes label id.
public enum GTA5: DatasetFormat {
  public static let name = "gta5"
  public static let version = 2
  public static let summary = "GTA5: images/ and labels/ with files of the same names, or both under train/ and val/."

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let root = try folder(request)
    var survey = Survey(root, request.fileSystem)
    let files = Sorting(survey.files())
    var pairing = Pairing()
    pairing.omit(survey.omissions + files.omissions)
    pairing.remarks = files.remarks
    // Pictures without any labels are no pictures of this game.
    if files.hasLabels { pairing.add(files.images, with: files.labels.map(mapped)) }
    pairing = try inspected(
      pairing, root, request, sought: "images/*.png and labels/*.png of the same names, or both under train/ and val/")
    return LoadedData(
      whole: dataset(pairing.pairs, root, request, role: request.role ?? .source), omissions: pairing.omissions, remarks: pairing.remarks,
      split: splitWords(pairing.pairs, request))
  }

  /// Some redistributions carry train ids.
  private static func mapped(_ file: Found) -> Found {
    var file = file
    if PathWords.labelStem(file.stem)?.suffix.hasSuffix("trainids") == true { file.mapping = .trainIDs }
    return file
  }
}
