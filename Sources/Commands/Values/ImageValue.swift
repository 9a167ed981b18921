public import Imaging
public import Workbench

/// A picture with words to it.
public struct ImageValue: StorableValue, SavableValue {
  public static let kind = Kind.image
  public let image: Image
  public let caption: Phrase

  public init(_ image: Image, caption: Phrase) { (self.image, self.caption) = (image, caption) }

  public var display: Display { .picture(image, caption: "\(caption), \(image.size.description)") }
  public var summary: Phrase { "\(image.size.description)" }

  public static let fileExtensions = [".png"]
  public func bytes(forFileWithExtension ending: String) throws -> [UInt8] { PNG.encode(image) }

  public func save(to folder: Folder) throws {
    try folder.write("image.png", PNG.encode(image))
    try folder.write("caption.json", try JSONFile.encode(caption))
  }

  public static func load(from folder: Folder) throws -> ImageValue {
    ImageValue(try PNG.decodeImage(folder.read("image.png")), caption: try JSONFile.decode(Phrase.self, folder.read("caption.json")))
  }
}
