import Language
import Scenes
import Workbench

/// The names of label files that are written for the images of a dataset: those of the pictures, so that the two are found together.
enum LabelFileNames {
  /// - Parameter text: how the dataset was written.
  /// - Throws: where two images would have one file.
  static func places(in folder: Location, for images: Dataset, text: String?, at range: SourceRange?) throws -> [Location] {
    var places: [String: Int] = [:]
    for position in 0..<images.count {
      let name = images.name(at: position)
      guard let other = places.updateValue(position, forKey: name) else { continue }
      throw Diagnostic(
        "images \(other) and \(position) of \(text ?? images.title) are both called \(name), so their labels would be one file", at: range,
        remedy: "label the parts of a joined dataset one by one, each in a folder of its own")
    }
    return (0..<images.count).map { position in
      let name = "/\(images.name(at: position)).png"
      return Location(text: folder.text + name, path: folder.path + name)
    }
  }
}
