import Imaging

/// Samples from PNG files.
struct PairReader: SampleReader {
  let root: String
  let pairs: [Pair]
  /// Files besides the pairs that decide what samples are, such as a label map.
  let companions: [SourceFile]
  let hasLabels: Bool
  /// The files as they were found, by their place among the pairs: the dataset's recipe is of these bytes and no others.
  private let stamps: [(image: FileStamp?, label: FileStamp?)]
  private let companionStamps: [FileStamp?]
  private let contents = FileContents()

  init(root: String, pairs: [Pair], companions: [SourceFile]) {
    (self.root, self.pairs, self.companions) = (root, pairs, companions)
    stamps = pairs.map { (FileStamp(of: root + "/" + $0.image), $0.label.flatMap { FileStamp(of: root + "/" + $0) }) }
    companionStamps = companions.map { $0.stamp ?? FileStamp(of: $0.path) }
    hasLabels = pairs.allSatisfy { $0.label != nil }
  }

  var count: Int { pairs.count }

  var files: [SourceFile] {
    let paths = pairs.flatMap { [$0.image] + ($0.label.map { [$0] } ?? []) }
    return paths.map { SourceFile(name: $0, path: root + "/" + $0) } + companions
  }

  var changedFile: String? {
    for (pair, stamp) in zip(pairs, stamps) {
      if FileStamp(of: root + "/" + pair.image) != stamp.image { return root + "/" + pair.image }
      if let label = pair.label, FileStamp(of: root + "/" + label) != stamp.label { return root + "/" + label }
    }
    return zip(companions, companionStamps).first { FileStamp(of: $0.path) != $1 }?.0.path
  }

  func name(at index: Int) -> String { pairs[index].name }
  func size(at index: Int) -> PixelSize { pairs[index].size }

  func image(at index: Int) throws -> Image {
    let pair = pairs[index], path = file(pair)
    let image = try PNG.decodeImage(bytes(path, stamps[index].image), path: path)
    guard image.size == pair.size else {
      throw SceneError("\(path) changed since the dataset was loaded: it is \(image.size), and was \(pair.size); load it again")
    }
    return image
  }

  func read(at index: Int) throws -> (image: Image, label: IndexMap?) {
    (try image(at: index), try label(at: index))
  }

  func label(at index: Int) throws -> IndexMap? { try pairs[index].label.map { try label(root + "/" + $0, pairs[index], stamps[index].label) } }

  /// Nil also where the file changed: what was decoded of it by others is not what this reader is of.
  func imageFile(at index: Int) -> String? {
    let path = file(pairs[index])
    return FileStamp(of: path) == stamps[index].image ? path : nil
  }

  func learn(_ hashes: [String: String]) { contents.learn(hashes) }

  private func bytes(_ path: String, _ stamp: FileStamp?) throws -> [UInt8] {
    try FileBytes.read(path, as: stamp) { contents.isKnown($0, of: path) }
  }

  private func file(_ pair: Pair) -> String { root + "/" + pair.image }

  func source(at index: Int) -> SampleSource? {
    let pair = pairs[index]
    return SampleSource(picture: pair.picture, label: pair.labels, mapping: pair.label == nil ? nil : pair.mapping)
  }

  private func label(_ path: String, _ pair: Pair, _ stamp: FileStamp?) throws -> IndexMap {
    let bytes = try bytes(path, stamp), mapping = pair.mapping
    let header = try PNG.header(bytes, path: path)
    let label: IndexMap
    if mapping.isFirstChannel {
      let (size, values) = try PNG.firstChannel(bytes, path: path)
      label = try mapping.trainIDs(ofFirstChannel: values, size: size, path: path)
    } else if header.holdsColours, !mapping.colours.isEmpty {
      label = try mapping.trainIDs(of: PNG.decodeImage(bytes, path: path), path: path)
    } else {
      label = try mapping.trainIDs(of: PNG.decodeIndices(bytes, path: path), path: path)
    }
    guard label.size == pair.size else {
      throw SceneError("\(path) changed since the dataset was loaded: it is \(label.size), and was \(pair.size); load it again")
    }
    return label
  }
}
