/// A file that a format has found, with what its path says of it.
struct Found {
  /// Within the dataset's folder.
  let path: String
  /// The folders that are neither a split nor a side: a town, a sequence.
  var folder = ""
  /// The file's name without its ending.
  var stem: String
  /// The name without the suffixes that pictures or labels carry, where it has one.
  var bare: String?
  var split: PathWords.Split?
  var mapping: LabelMapping = .labelIDs

  init(_ path: String, folder: String = "", stem: String? = nil, split: PathWords.Split? = nil, mapping: LabelMapping = .labelIDs) {
    (self.path, self.folder, self.split, self.mapping) = (path, folder, split, mapping)
    self.stem = stem ?? PictureFiles.stem(path)
  }

  /// What the sample is called within its split.
  var key: String { folder.isEmpty ? stem : folder + "/" + stem }
  /// What it may be called.
  var names: [String] { [stem] + (bare.map { [$0] } ?? []) }
  /// Of labels; else it is a picture.
  var isLabel = false
  /// Why it is not read, where that is to be seen from its name.
  var reasonNotToRead: String? { isLabel ? PictureFiles.reasonNotToReadLabel(path) : PictureFiles.reasonNotToRead(path) }
}
