import Foundation
import Imaging
import Scenes
import Storage

/// What is mutated.
enum Seeds {
  /// The files of a folder of tests, in the order of their names.
  static func files(_ folder: String, ending: String) -> [[UInt8]] {
    let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(folder)
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).filter { $0.hasSuffix(ending) }.sorted()
    precondition(!names.isEmpty, "there are no files in \(place.path)")
    return names.map { [UInt8](try! Data(contentsOf: place.appendingPathComponent($0))) }
  }
}

/// A data set in memory, one of whose files is what is tried.
final class FolderInMemory: @unchecked Sendable {
  private let files = MemoryFileSystem()
  private let tried: String
  let request: LoadRequest

  private init(_ folders: [String], tried: String, _ change: (inout LoadRequest) -> Void) {
    self.tried = tried
    for folder in [""] + folders { try! files.makeFolder("/d" + folder) }
    var request = LoadRequest(path: "/d", role: .source, fileSystem: files)
    change(&request)
    self.request = request
  }

  private func image(_ name: String, _ size: PixelSize) { try! files.write(PNG.encode(Image(size: size, red: 1, green: 2, blue: 3)), to: "/d/" + name, durable: false) }

  func replace(by bytes: [UInt8]) {
    try? files.remove(tried)
    try! files.write(bytes, to: tried, durable: false)
  }

  /// Three pairs, and a list of some of them.
  static let listed: FolderInMemory = {
    let folder = FolderInMemory(["/train", "/trainannot"], tried: "/train.txt") { $0.lists[.train] = "/train.txt" }
    for name in ["a", "b", "c"] {
      folder.image("train/\(name).png", PixelSize(2, 2))
      try! folder.files.write(PNG.encode(IndexMap(size: PixelSize(2, 2), filledWith: 1)), to: "/d/trainannot/\(name).png", durable: false)
    }
    return folder
  }()

  /// An image, and its label.
  static let labelled: FolderInMemory = {
    let folder = FolderInMemory(["/images", "/labels"], tried: "/d/labels/a.png") { $0.numbering = .own }
    folder.image("images/a.png", PixelSize(9, 7))
    return folder
  }()
}
