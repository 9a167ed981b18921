import Imaging
import Scenes
import Storage
import Tensors
import Workbench

/// A picture with words to it.
struct ImageValue: StorableValue, SavableValue {
  static let kind = Kind.image
  let image: Image
  let caption: Phrase
  /// The picture with its words in it, for files, which no caption goes along with; nil where there are none.
  let lettered: Image?
  /// The train ids that the colours stand for, where it is a label map.
  let labels: IndexMap?
  /// The numbers before they were clipped and rounded, where there were any.
  let floats: FloatImage?

  init(_ image: Image, caption: Phrase, lettered: Image? = nil, labels: IndexMap? = nil, floats: FloatImage? = nil) {
    (self.image, self.caption, self.lettered, self.labels, self.floats) = (image, caption, lettered, labels, floats)
  }

  /// A label map in its colours.
  init(_ labels: IndexMap, caption: Phrase) {
    self.init(LabelColours.picture(of: labels), caption: caption.with(keys: PictureKeys.classes(of: [labels])), labels: labels)
  }

  /// An image as networks are given it, before it is normalised.
  init(_ floats: FloatImage, caption: Phrase) { self.init(floats.rounded, caption: caption, floats: floats) }

  init(_ figure: Figure, caption: Phrase) { self.init(figure.plain, caption: caption.with(keys: figure.keys), lettered: figure.lettered) }

  var display: Display { .picture(image, caption: "\(caption), \(image.size.description)") }
  var summary: Phrase { "\(image.size.description)" }

  static let fileExtensions = [".png", ".safetensors"]

  /// Exactly the pixels, a label map as train ids (255 where nothing is labelled) with a palette; a figure with its words.
  /// As numbers, `[height, width, 3]` in 0...255 but not clipped to it, or `[height, width]` of train ids.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".safetensors" { return Safetensors([("tensor", numbers)]).encoded }
    if let labels { return PNG.encode(labels, palette: LabelColours.palette) }
    return PNG.encode(lettered ?? image)
  }

  private var numbers: Tensor {
    if let labels { return Tensor(shape: [labels.size.height, labels.size.width], values: labels.values.map(Float.init)) }
    return Tensor(shape: [image.size.height, image.size.width, 3], values: floats?.pixels ?? image.pixels.map(Float.init))
  }

  /// The picture alone: the words that go into a file may be names, which belong to a statement.
  func fingerprint() throws -> String { contentDigest(PNG.encode(image)) }

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
