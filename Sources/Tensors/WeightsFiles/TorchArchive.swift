/// What `torch.save` writes since PyTorch 1.6: a ZIP archive with a pickle, `data.pkl`, and each storage in an entry of its own, below a
/// folder of any name. Re-packed by other tools, entries may be compressed.
enum TorchArchive {
  static func read(_ bytes: [UInt8]) throws -> ([WeightsPart], ZipArchive?) {
    let archive = try ZipArchive(bytes), pickles = archive.entries.filter { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }
    guard let entry = pickles.first else { throw unfit(archive) }
    guard pickles.count == 1 else { throw ReadingFault.malformed("it holds \(pickles.count) files named data.pkl") }
    let folder = String(entry.name.dropLast("data.pkl".count))
    guard archive["\(folder)constants.pkl"] == nil else {
      throw ReadingFault.unfit("is a TorchScript program, not a dictionary of weights", remedy: "in Python: `torch.save(torch.jit.load(FILE).state_dict(), NEW)`")
    }
    guard entry.size <= PickleMachine.lengthLimit else { throw ReadingFault.malformed("its pickle has more than \(PickleMachine.lengthLimit >> 20) MiB") }
    let isBigEndian = try isBigEndian(archive, folder, bytes)

    var cursor = ByteCursor(try archive.contents(entry, in: bytes))
    let pickle = try PickleMachine.read(&cursor)
    let objects = TorchObjects(pickle: pickle) { id in
      guard let reference = try TorchStorageReference(id, pickle) else { return nil }
      guard let data = archive["\(folder)data/\(reference.key)"] else { throw ReadingFault.malformed("it lacks the storage data/\(reference.key)") }
      guard data.size == reference.size else {
        throw ReadingFault.malformed("its storage data/\(reference.key) has \(data.size) bytes where \(reference.size) are announced")
      }
      return .storage(TorchStorage(key: reference.key, place: .entry(data), size: data.size, isBigEndian: isBigEndian), reference.type)
    }
    let capacity = archive.entries.reduce(bytes.count) { $0 &+ $1.size }
    return (try WeightsParts.find(objects, capacity: max(capacity, bytes.count)), archive)
  }

  private static func isBigEndian(_ archive: ZipArchive, _ folder: String, _ bytes: [UInt8]) throws -> Bool {
    guard let entry = archive["\(folder)byteorder"] else { return false }
    let order = entry.size > 16 ? "" : String(decoding: try archive.contents(entry, in: bytes), as: UTF8.self)
    guard order == "little" || order == "big" else { throw ReadingFault.malformed("its byte order is neither little nor big") }
    return order == "big"
  }

  private static func unfit(_ archive: ZipArchive) -> ReadingFault {
    let inside = archive.entries.first { entry in [".pth", ".pt", ".tar", ".bin", ".safetensors"].contains { entry.name.hasSuffix($0) } }
    return .unfit(
      "is a ZIP archive without data.pkl, which PyTorch's have",
      remedy: inside.map { "unpack it first: it holds \($0.name)" } ?? "save the weights with torch.save or as safetensors")
  }
}

/// The persistent id of a storage: ("storage", class, key, where it lay, number of elements), and in streams the part that is meant.
struct TorchStorageReference {
  let type: TorchType
  let key: String
  let count: Int
  /// Of a storage that is a part of another: where it begins, and its count.
  var view: (offset: Int, count: Int)?

  /// In bytes.
  var size: Int { count * type.size }

  init?(_ id: PickleValue, _ pickle: Pickle) throws {
    guard let items = pickle.tuple(id), items.count >= 5, pickle.text(items[0]) == "storage" else { return nil }
    guard let name = pickle.name(items[1]), let type = TorchType(storage: name) else {
      throw ReadingFault.malformed("it holds a storage of an unknown type, \(pickle.words(for: items[1]))")
    }
    guard let key = pickle.key(items[2]), let count = pickle.integer(items[4]), count >= 0, !count.multipliedReportingOverflow(by: type.size).overflow else {
      throw ReadingFault.malformed("it describes a storage that cannot be")
    }
    (self.type, self.key, self.count) = (type, key, count)
    guard items.count >= 6, items[5] != .none else { return }
    guard let part = pickle.tuple(items[5]), part.count == 3, let offset = pickle.integer(part[1]), let length = pickle.integer(part[2]),
      offset >= 0, length >= 0, offset <= count, length <= count - offset
    else { throw ReadingFault.malformed("it describes a part of a storage that does not lie in it") }
    view = (offset, length)
  }
}
