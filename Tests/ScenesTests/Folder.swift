import Foundation
import Imaging
import Scenes
import TestSupport

/// Where all folders of a test run lie; removed when it ends.
private let place: String = {
  let path = NSTemporaryDirectory() + "segue-scenes-\(UUID().uuidString)"
  atexit { try? FileManager.default.removeItem(atPath: place) }
  return path
}()

/// A folder of a test's own, and small pictures to put there.
struct Folder {
  let path: String

  init() {
    path = place + "/" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    let file = URL(fileURLWithPath: path + "/" + name)
    try! FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try! Data(bytes).write(to: file)
  }

  func remove(_ name: String) { try! FileManager.default.removeItem(atPath: path + "/" + name) }

  func write(_ name: String, text: String) { write(name, Array(text.utf8)) }

  /// A picture whose pixels differ by place and by `shade`.
  func image(_ name: String, _ size: PixelSize = PixelSize(8, 6), shade: Int = 0) { write(name, PNG.encode(gradient(size, shade))) }

  /// A label that holds these values in turn.
  func label(_ name: String, _ values: [UInt8] = [7, 8, 26, 34], _ size: PixelSize = PixelSize(8, 6)) {
    write(name, PNG.encode(IndexMap(size: size, values: (0..<size.area).map { values[$0 % values.count] })))
  }

  /// A label of 16-bit colours whose first channel holds these values in turn, as SYNTHIA's; the others name instances.
  func deepLabel(_ name: String, _ values: [Int], _ size: PixelSize = PixelSize(8, 6)) {
    write(name, TinyPNG(width: size.width, height: size.height, kind: 2, depth: 16, samples: (0..<size.area).flatMap { [values[$0 % values.count], $0, 0] }).bytes)
  }

  /// A label of 8-bit colours, one for each of these triples in turn.
  func colourLabel(_ name: String, _ colours: [(UInt8, UInt8, UInt8)], _ size: PixelSize = PixelSize(8, 6)) {
    write(name, PNG.encode(Image(size: size, pixels: (0..<size.area).flatMap { i in [colours[i % colours.count].0, colours[i % colours.count].1, colours[i % colours.count].2] })))
  }

  /// The class in the red channel of colours with transparency, as renderers of games save their buffers.
  func redLabel(_ name: String, _ values: [UInt8], _ size: PixelSize = PixelSize(8, 6)) {
    write(name, TinyPNG(width: size.width, height: size.height, kind: 6, depth: 8, samples: (0..<size.area).flatMap { [Int(values[$0 % values.count]), 0, 0, 255] }).bytes)
  }

  /// A GTA5 folder of `count` pairs of equal size.
  static func gta(_ count: Int, _ size: PixelSize = PixelSize(8, 6)) -> Folder {
    let folder = Folder()
    for i in 0..<count {
      folder.image("images/0000\(i).png", size, shade: 20 * i)
      folder.label("labels/0000\(i).png", [7, 8, 26, 34], size)
    }
    return folder
  }

  func load(_ format: any DatasetFormat.Type, _ change: (inout LoadRequest) -> Void = { _ in }) throws -> LoadedData {
    var request = LoadRequest(path: path, seed: 1)
    change(&request)
    return try format.load(request)
  }
}

func gradient(_ size: PixelSize, _ shade: Int = 0) -> Image {
  Image(size: size, pixels: (0..<3 * size.area).map { UInt8(truncatingIfNeeded: $0 * 5 + shade) })
}

/// Samples in memory: a picture that names its own pixels and a label of the same pattern, so that whatever moves can be followed.
struct PatternReader: SampleReader {
  var count = 4
  var size = PixelSize(16, 12)
  var hasLabels = true

  func name(at index: Int) -> String { "pattern \(index)" }
  func size(at index: Int) -> PixelSize { size }

  func read(at index: Int) throws -> (image: Image, label: IndexMap?) {
    let values = (0..<size.area).map { UInt8(($0 + index) % 19) }
    let image = Image(size: size, pixels: values.flatMap { [$0 * 10, $0 * 10 + 3, UInt8(index)] })
    return (image, hasLabels ? IndexMap(size: size, values: values) : nil)
  }

  static func dataset(_ reader: PatternReader = PatternReader(), role: Dataset.Role = .source, validating: Int = 1) -> Dataset {
    let parts = (0..<reader.count).map { $0 < reader.count - validating ? Dataset.Part.train : .val }
    return Dataset(title: "patterns", role: role, classes: Array(0..<19), reader: reader, parts: parts)
  }
}

func description(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch {
    return "\(error)"
  }
}

extension Dataset {
  /// The first label values of each sample by its name; nil where it has no label.
  func firstLabels(_ count: Int = 3) throws -> [String: [UInt8]?] {
    Dictionary(uniqueKeysWithValues: try (0..<self.count).map { (name(at: $0), try label(at: $0).map { Array($0.values.prefix(count)) }) })
  }

  /// The names of the samples of a part, in order.
  func names(_ part: Part) -> [String] { (0..<count).filter { self.part(at: $0) == part }.map(name(at:)) }
}
