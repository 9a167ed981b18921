import Imaging
import Scenes
import Storage
import Tensors

/// PNG files to read: streets at full size with a camera's noise, which packs like a photograph, and their labels.
struct BenchmarkFiles {
  let path: String
  let images: [String]

  /// What is there already is taken; what is missing is written.
  init(_ request: BenchmarkRequest, count: Int = 4) throws {
    guard let path = request.folder else { throw BenchmarkError(description: "'\(request.work)' reads files: name a folder for them") }
    let files = LocalFileSystem()
    self.path = path
    images = (0..<count).map { "\(path)/images/\($0).png" }
    for index in 0..<count where !files.exists(images[index]) {
      try files.makeFolder(path + "/images")
      try files.makeFolder(path + "/labels")
      let scene = Streets.scene(world: .source, split: .train, index: index).render(look: .source, size: request.size)
      var image = scene.0, noise = RandomStream(seed: UInt64(index), purpose: "noise")
      for i in image.pixels.indices { image.pixels[i] = UInt8(clamping: Int(image.pixels[i]) + noise.integer(below: 9) - 4) }
      try files.write(PNG.encode(image), to: images[index])
      try files.write(PNG.encode(scene.1), to: "\(path)/labels/\(index).png")
    }
  }
}
