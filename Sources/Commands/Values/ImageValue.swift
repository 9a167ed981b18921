import Imaging
import Workbench

/// A picture with words to it.
struct ImageValue: StorableValue, SavableValue {
  static let kind = Kind.image
  let image: Image
  let caption: Phrase

  init(_ image: Image, caption: Phrase) { (self.image, self.caption) = (image, caption) }

  var display: Display { .picture(image, caption: "\(caption), \(image.size.description)") }
  var summary: Phrase { "\(image.size.description)" }

  static let fileExtensions = [".png"]
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] { PNG.encode(image) }

  func save(to folder: Folder) throws {
    try folder.write("image.png", PNG.encode(image))
    try folder.write("caption.json", try JSONFile.encode(caption))
  }

  static func load(from folder: Folder) throws -> ImageValue {
    ImageValue(try PNG.decodeImage(folder.read("image.png")), caption: try JSONFile.decode(Phrase.self, folder.read("caption.json")))
  }
}
