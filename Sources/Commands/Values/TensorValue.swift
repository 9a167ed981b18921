import Imaging
import Tensors
import Workbench

/// An array of floats with a picture of it.
struct TensorValue: StorableValue, SavableValue {
  static let kind = Kind.tensor
  let tensor: Tensor
  let picture: Image
  let caption: Phrase

  var display: Display { .picture(picture, caption: caption) }
  var summary: Phrase { "\(tensor.shape.map(String.init).joined(separator: "x"))" }

  static let fileExtensions = [".safetensors", ".png"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    ending == ".png" ? PNG.encode(picture) : Safetensors([("tensor", tensor)]).encoded
  }

  func save(to folder: Folder) throws {
    try folder.write("tensor.safetensors", Safetensors([("tensor", tensor)]).encoded)
    try folder.write("picture.png", PNG.encode(picture))
    try folder.write("caption.json", try JSONFile.encode(caption))
  }

  static func load(from folder: Folder) throws -> TensorValue {
    let file = try Safetensors(decoding: folder.read("tensor.safetensors"))
    guard let tensor = file["tensor"] else { throw ModelFileError(description: "the stored file holds no tensor") }
    return TensorValue(
      tensor: tensor, picture: try PNG.decodeImage(folder.read("picture.png")),
      caption: try JSONFile.decode(Phrase.self, folder.read("caption.json")))
  }
}
