import Imaging
import Tensors
import Workbench

/// An array of floats with a picture of it.
struct TensorValue: StorableValue, SavableValue {
  static let kind = Kind.tensor
  let tensor: Tensor
  let drawing: ImageValue

  init(tensor: Tensor, drawing: ImageValue) { (self.tensor, self.drawing) = (tensor, drawing) }
  init(tensor: Tensor, picture: Image, caption: Phrase) { self.init(tensor: tensor, drawing: ImageValue(picture, caption: caption)) }

  /// Of this shape and no numbers to speak of; nil where it would take too much memory to stand for something.
  init?(outline shape: [Int]) {
    let count = shape.reduce(1, *)
    guard count <= 1 << 22 else { return nil }
    self.init(tensor: Tensor(shape: shape, values: [Float](repeating: 0, count: count)), picture: Image(size: PixelSize(1, 1)), caption: "")
  }

  var picture: Image { drawing.image }
  var caption: Phrase { drawing.caption }
  var display: Display { .picture(picture, caption: caption) }
  var summary: Phrase { "\(tensor.shape.map(String.init).joined(separator: "x"))" }

  static let fileExtensions = [".safetensors", ".png"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    ending == ".png" ? try drawing.bytes(forFileWithExtension: ending) : Safetensors([("tensor", tensor)]).encoded
  }

  func save(to folder: Folder) throws {
    try folder.write("tensor.safetensors", Safetensors([("tensor", tensor)]).encoded)
    try drawing.save(to: folder)
  }

  static func load(from folder: Folder) throws -> TensorValue {
    let file = try Safetensors(decoding: folder.read("tensor.safetensors"))
    guard let tensor = file["tensor"] else { throw ModelFileError(description: "the stored file holds no tensor") }
    return TensorValue(tensor: tensor, drawing: try ImageValue.load(from: folder))
  }
}
