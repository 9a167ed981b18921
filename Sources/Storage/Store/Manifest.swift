import FoundationEssentials

/// What is the same in every store, whatever its labels are.
enum StoreForm {
  static let manifestName = "manifest.json"
  /// Raised when older versions could not read what this one writes.
  static let format = 1
  /// The folders from which files are removed; none of them may lead elsewhere.
  static let folders = ["store", "work", "use", "decoded", "sessions", "written"]

  /// What the manifest of a value says of its files; nil where there is none.
  static func files(ofValueAt path: String, _ fileSystem: any FileSystem) -> [String: Folder.Entry]? {
    struct Files: Decodable { var files: [String: Folder.Entry] }
    guard let bytes = try? fileSystem.read(path + "/" + manifestName, atMost: FileLimit.record) else { return nil }
    return (try? JSONDecoder().decode(Files.self, from: Data(bytes)))?.files
  }
}

/// The file that makes a folder a value of the store: what its files are, side by side with the entries of its label.
struct Manifest<Label: StoreLabel>: Codable {
  var format: Int
  var files: [String: Folder.Entry]
  var label: Label

  private enum Keys: String, CodingKey { case format, files }

  init(format: Int, files: [String: Folder.Entry], label: Label) { (self.format, self.files, self.label) = (format, files, label) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    format = try container.decode(Int.self, forKey: .format)
    files = try container.decode([String: Folder.Entry].self, forKey: .files)
    label = try Label(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try label.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(format, forKey: .format)
    try container.encode(files, forKey: .files)
  }
}
