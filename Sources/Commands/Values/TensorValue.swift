import Imaging
import Storage
import Tensors
import Workbench

/// An array of floats with a picture of it.
struct TensorValue: StorableValue, SavableValue {
  static let kind = Kind.tensor
  let tensor: Tensor
  let drawing: ImageValue
  /// Whether it is `[1, H, W, classes]` of a prediction, so that it has a label map.
  var isPrediction = false
  /// The image that it was made of, where each statement draws the numbers as it asks for; the store then keeps this picture and no drawing.
  let original: ImageValue?

  init(tensor: Tensor, drawing: ImageValue, of original: ImageValue? = nil) {
    (self.tensor, self.drawing, self.original) = (tensor, drawing, original)
  }

  /// Not drawn yet.
  init(tensor: Tensor, of original: ImageValue) { self.init(tensor: tensor, drawing: original, of: original) }

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

  var fieldNames: [String] { isPrediction ? ["label"] : [] }

  /// The most probable class of each pixel.
  func field(_ name: String) throws -> any Value {
    let shape = tensor.shape, map = Buffer(tensor.values).map(MapShape(shape[0], shape[1], shape[2], shape[3]))
    return ImageValue(IndexMap(size: PixelSize(shape[2], shape[1]), values: UpsampledSoftmax.mostProbable(map).classes), caption: "most probable classes")
  }

  /// The same tensor as a prediction.
  var asPrediction: TensorValue {
    var copy = self
    copy.isPrediction = true
    return copy
  }

  static let fileExtensions = [".safetensors", ".png"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    ending == ".png" ? try drawing.bytes(forFileWithExtension: ending) : Safetensors([("tensor", tensor)]).encoded
  }

  func save(to folder: Folder) throws {
    try folder.write("tensor.safetensors", Safetensors([("tensor", tensor)]).encoded)
    try (original ?? drawing).save(to: folder)
  }

  static func load(from folder: Folder) throws -> TensorValue {
    let file = try Safetensors(decoding: folder.read("tensor.safetensors"))
    guard let tensor = file["tensor"] else { throw ModelFileError(description: "the stored file holds no tensor") }
    let image = try ImageValue.load(from: folder)
    return TensorValue(tensor: tensor, drawing: image, of: image)
  }
}
