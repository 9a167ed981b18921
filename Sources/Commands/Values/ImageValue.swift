import Imaging
import Workbench

/// A picture with words to it.
struct ImageValue: StorableValue, SavableValue {
  static let kind = Kind.image
  let image: Image
  let caption: Phrase
  /// The picture with its words in it, for files, which no caption goes along with; nil where there are none.
  let lettered: Image?

  init(_ image: Image, caption: Phrase, lettered: Image? = nil) { (self.image, self.caption, self.lettered) = (image, caption, lettered) }

  init(_ figure: Figure, caption: Phrase) { self.init(figure.plain, caption: caption.with(keys: figure.keys), lettered: figure.lettered) }

  var display: Display { .picture(image, caption: "\(caption), \(image.size.description)") }
  var summary: Phrase { "\(image.size.description)" }

  /// The picture alone: the words that go into a file may be names, which belong to a statement.
  func fingerprint() throws -> String { contentDigest(PNG.encode(image)) }

  static let fileExtensions = [".png"]
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] { PNG.encode(lettered ?? image) }

  func save(to folder: Folder) throws {
    try folder.write("image.png", PNG.encode(image))
    if let lettered { try folder.write("lettered.png", PNG.encode(lettered)) }
    try folder.write("caption.json", try JSONFile.encode(caption))
  }

  static func load(from folder: Folder) throws -> ImageValue {
    ImageValue(
      try PNG.decodeImage(folder.read("image.png")), caption: try JSONFile.decode(Phrase.self, folder.read("caption.json")),
      lettered: try folder.contains("lettered.png") ? PNG.decodeImage(folder.read("lettered.png")) : nil)
  }
}
