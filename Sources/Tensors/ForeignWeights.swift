/// Files of other programs that are given as weights, known by their first bytes.
public enum ForeignWeights: Sendable, Equatable, CaseIterable {
  case torchArchive, torchPickle, torchTar, hdf5, numpy, gguf, gzip, gitLFS, webPage

  /// How many bytes tell all of them apart.
  static let head = 512

  init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(ForeignWeights.head))
    func begins(_ start: [UInt8], at place: Int = 0) -> Bool { bytes.dropFirst(place).starts(with: start) }
    let text = String(decoding: bytes.prefix(64), as: UTF8.self).lowercased().drop(while: \.isWhitespace)
    if begins(Array("PK\u{3}\u{4}".utf8)) { self = .torchArchive }
    else if bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) { self = .torchPickle }
    else if begins(Array("ustar".utf8), at: 257) { self = .torchTar }
    else if begins([0x89] + Array("HDF".utf8)) { self = .hdf5 }
    else if begins([0x93] + Array("NUMPY".utf8)) { self = .numpy }
    else if begins(Array("GGUF".utf8)) { self = .gguf }
    else if begins([0x1F, 0x8B]) { self = .gzip }
    else if text.hasPrefix("version https://git-lfs") { self = .gitLFS }
    else if text.hasPrefix("<!doctype") || text.hasPrefix("<html") { self = .webPage }
    else { return nil }
  }

  public var name: String {
    switch self {
    case .torchArchive: "a ZIP archive, as PyTorch writes checkpoints"
    case .torchPickle: "a pickle, as older versions of PyTorch write checkpoints"
    case .torchTar: "a tar archive, as the first versions of PyTorch wrote checkpoints"
    case .hdf5: "an HDF5 file"
    case .numpy: "a NumPy array"
    case .gguf: "a GGUF file"
    case .gzip: "a gzip archive"
    case .gitLFS: "a pointer to a file that Git LFS has not fetched"
    case .webPage: "a web page"
    }
  }

  public var remedy: String? {
    switch self {
    // Weights in these forms are read, by `WeightsFile`.
    case .torchArchive, .torchPickle, .torchTar: nil
    case .hdf5, .numpy, .gguf: "write the tensors as safetensors in the program that made them"
    case .gzip: "unpack it first"
    case .gitLFS: "`git lfs pull` fetches it"
    case .webPage: "the download gave a page in place of the file"
    }
  }
}
