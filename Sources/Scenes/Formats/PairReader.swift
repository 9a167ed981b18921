import Imaging
import Storage

/// Samples from picture files.
struct PairReader: SampleReader {
  let root: String
  let pairs: [Pair]
  /// Files besides the pairs that decide what samples are, such as a label map.
  let companions: [SourceFile]
  let hasLabels: Bool
  /// The files as they were found, by their place among the pairs: the dataset's recipe is of these bytes and no others.
  private let states: [(image: FileInfo?, label: FileInfo?)]
  private let companionStates: [FileInfo?]
  private let fileSystem: any FileSystem
  private let contents = FileContents()

  init(root: String, pairs: [Pair], companions: [SourceFile], _ fileSystem: any FileSystem) {
    (self.root, self.pairs, self.companions, self.fileSystem) = (root, pairs, companions, fileSystem)
    states = pairs.map { (fileSystem.info(root + "/" + $0.image), $0.label.flatMap { fileSystem.info(root + "/" + $0) }) }
    companionStates = companions.map { $0.state ?? fileSystem.info($0.path) }
    hasLabels = pairs.allSatisfy { $0.label != nil }
  }

  var count: Int { pairs.count }

  var files: [SourceFile] {
    let paths = pairs.flatMap { [$0.image] + ($0.label.map { [$0] } ?? []) }
    return paths.map { SourceFile(name: $0, path: root + "/" + $0) } + companions
  }

  var changedFile: String? {
    for (pair, state) in zip(pairs, states) {
      if fileSystem.info(root + "/" + pair.image) != state.image { return root + "/" + pair.image }
      if let label = pair.label, fileSystem.info(root + "/" + label) != state.label { return root + "/" + label }
    }
    return zip(companions, companionStates).first { fileSystem.info($0.path) != $1 }?.0.path
  }

  func name(at index: Int) -> String { pairs[index].name }
  func size(at index: Int) -> PixelSize { pairs[index].size }

  func image(at index: Int) throws -> Image {
    let pair = pairs[index], path = file(pair)
    let image = try PictureFile.decodeImage(bytes(path, states[index].image), path: path)
    guard image.size == pair.size else {
      throw SceneError("\(path) changed since the dataset was loaded: it is \(image.size), and was \(pair.size); load it again")
    }
    return image
  }

  func read(at index: Int) throws -> (image: Image, label: IndexMap?) {
    (try image(at: index), try label(at: index))
  }

  func label(at index: Int) throws -> IndexMap? { try pairs[index].label.map { try label(root + "/" + $0, pairs[index], states[index].label) } }

  /// Nil also where the file changed: what was decoded of it by others is not what this reader is of.
  func imageFile(at index: Int) -> SourceFile? {
    let path = file(pairs[index])
    guard let state = states[index].image, fileSystem.info(path) == state else { return nil }
    return SourceFile(name: pairs[index].image, path: path, state: state)
  }

  func learn(_ hashes: [String: String]) { contents.learn(hashes) }

  private func bytes(_ path: String, _ state: FileInfo?) throws -> [UInt8] {
    let (bytes, info) = try fileSystem.settled(path)
    guard info == state || contents.isKnown(bytes, of: path) else {
      throw ImagingError(path: path, reason: "it changed since the dataset was loaded; load it again")
    }
    return bytes
  }

  private func file(_ pair: Pair) -> String { root + "/" + pair.image }

  func source(at index: Int) -> SampleSource? {
    let pair = pairs[index]
    return SampleSource(picture: pair.picture, label: pair.labels, mapping: pair.label == nil ? nil : pair.mapping)
  }

  private func label(_ path: String, _ pair: Pair, _ state: FileInfo?) throws -> IndexMap {
    let bytes = try bytes(path, state), mapping = pair.mapping
    let label = try mapping.trainIDs(ofFile: bytes, as: pair.reading, path: path)
    guard label.size == pair.size else {
      throw SceneError("\(path) changed since the dataset was loaded: it is \(label.size), and was \(pair.size); load it again")
    }
    return label
  }
}
