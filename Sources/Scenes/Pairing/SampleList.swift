import Storage

/// A text file that lists the samples of a part of a dataset, one a line: the path of an image, or of an image and its label. Paths may
/// begin elsewhere, as those of whoever made the list, or leave out folders and endings.
struct SampleList {
  struct Line {
    let number: Int
    let text: String

    /// The ways to divide it into an image and a label: not at all, and where paths are usually set apart.
    var divisions: [(image: String, label: String?)] {
      var ways: [(String, String?)] = [(text, nil)]
      for separator in ["\t", ",", " "] {
        let parts = text.split(separator: Character(separator)).map(LabelMapping.trimmed).filter { !$0.isEmpty }
        if parts.count == 2 { ways.append((parts[0], parts[1])) }
      }
      return ways
    }
  }

  /// The longest that is read, in bytes: half a million lines.
  static let largest = 64 << 20

  let part: Dataset.Part
  let path: String
  let lines: [Line]

  /// - Throws: `SceneError` naming `path` where it is no text, or lists nothing.
  init(bytes: [UInt8], of part: Dataset.Part, path: String) throws {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw SceneError("\(path) is UTF-16; save it as UTF-8") }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { throw SceneError("\(path) is not UTF-8 text, so it is not a list of files") }
    (self.part, self.path) = (part, path)
    lines = LabelMapping.lines(text).enumerated().compactMap { index, line in
      let text = LabelMapping.trimmed(Substring(line))
      return text.isEmpty ? nil : Line(number: index + 1, text: text)
    }
    guard !lines.isEmpty else { throw SceneError("\(path) lists nothing") }
  }

  init(_ path: String, of part: Dataset.Part, in fileSystem: any FileSystem) throws {
    let bytes: [UInt8]
    do {
      bytes = try fileSystem.read(path, atMost: SampleList.largest)
    } catch {
      throw SceneError("cannot read the list \(path): \(error.isTooLong ? "it has more than \(SampleList.largest) bytes" : error.reason)")
    }
    try self.init(bytes: bytes, of: part, path: path)
  }

  /// How messages call a line.
  func place(_ line: Line) -> String { "\(Listing.lastPart(path)), line \(line.number)" }
}

extension LoadRequest {
  /// The lists, training first.
  func sampleLists() throws -> [SampleList] {
    try Dataset.Part.allCases.compactMap { part in try lists[part].map { try SampleList($0, of: part, in: fileSystem) } }
  }

  /// They decide what the samples are.
  var listFiles: [SourceFile] {
    Dataset.Part.allCases.compactMap { part in lists[part].map { SourceFile(name: "\(part) list", path: $0) } }
  }
}
