/// What `torch.save` wrote before PyTorch 1.6, and still writes when told to: five pickles in a row (a magic number, the version, the
/// machine, the object, the keys of its storages), then each storage as its count and its numbers.
enum TorchStream {
  private static let magic = PickleValue.large([0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
  private static let version = PickleValue.integer(1001)

  static func read(_ bytes: [UInt8]) throws -> [WeightsPart] {
    var cursor = ByteCursor(bytes[...])
    guard try PickleMachine.read(&cursor).root == magic else {
      throw ReadingFault.unfit("is a pickle that torch.save has not written", remedy: "save the weights with torch.save or as safetensors in the program that made it")
    }
    guard try PickleMachine.read(&cursor).root == version else { throw ReadingFault.malformed("its version is not 1001") }
    let machine = try PickleMachine.read(&cursor)
    let isLittle = machine.dictionary(machine.root)?.first { machine.text($0.key) == "little_endian" }?.value != .flag(false)
    let pickle = try PickleMachine.read(&cursor), keys = try PickleMachine.read(&cursor)

    let references = try self.references(pickle)
    var storages = try places(of: keys, references, &cursor)
    guard cursor.left == 0 else { throw ReadingFault.malformed("\(cursor.left == 1 ? "1 byte follows" : "\(cursor.left) bytes follow") its last storage") }
    if !isLittle {
      let isBig = try ByteOrderGuess.isBigEndian(references.values.compactMap { reference in storages[reference.key].map { ($0, reference.type) } }, bytes)
      for key in storages.keys { storages[key]?.isBigEndian = isBig }
    }
    let objects = TorchObjects(pickle: pickle) { id in
      guard let reference = try TorchStorageReference(id, pickle) else { return nil }
      guard let whole = storages[reference.key], case .bytes(let range) = whole.place else { throw ReadingFault.malformed("it lacks the storage \(reference.key)") }
      guard whole.size == reference.size else { throw ReadingFault.malformed("its storage \(reference.key) has two sizes") }
      guard let view = reference.view else { return .storage(whole, reference.type) }
      let start = range.lowerBound + view.offset * reference.type.size, size = view.count * reference.type.size
      return .storage(TorchStorage(key: reference.key, place: .bytes(start..<start + size), size: size, isBigEndian: whole.isBigEndian), reference.type)
    }
    return try WeightsParts.find(objects, capacity: bytes.count)
  }

  /// The storages that the object names, by their keys.
  private static func references(_ pickle: Pickle) throws -> [String: TorchStorageReference] {
    var references: [String: TorchStorageReference] = [:]
    for object in pickle.objects {
      guard case .persistent(let id) = object.form, let reference = try TorchStorageReference(id, pickle) else { continue }
      if let known = references[reference.key], known.size != reference.size { throw ReadingFault.malformed("its storage \(reference.key) has two sizes") }
      references[reference.key] = reference
    }
    return references
  }

  /// Where the storages lie, in the order of their keys. Nothing of them is copied.
  private static func places(of keys: Pickle, _ references: [String: TorchStorageReference], _ cursor: inout ByteCursor) throws -> [String: TorchStorage] {
    guard let list = keys.list(keys.root) else { throw PickleMachine.damaged }
    var storages: [String: TorchStorage] = [:]
    for item in list {
      guard let key = keys.key(item), let reference = references[key] else { throw ReadingFault.malformed("it holds a storage that nothing refers to") }
      let written = try cursor.number(UInt64.self)
      // On machines of the other byte order old versions wrote the count, and it alone, in that order.
      guard written == UInt64(reference.count) || written.byteSwapped == UInt64(reference.count) else {
        throw ReadingFault.malformed("its storage \(key) does not have the \(reference.count) numbers that are announced")
      }
      let start = cursor.place
      _ = try cursor.take(reference.size)
      let storage = TorchStorage(key: key, place: .bytes(start..<start + reference.size), size: reference.size)
      guard storages.updateValue(storage, forKey: key) == nil else { throw ReadingFault.malformed("it holds the storage \(key) twice") }
    }
    return storages
  }
}

/// The byte order of a stream that was written on a big-endian machine. PyTorch itself has always written numbers little-endian; other
/// writers go by the machine, and the file does not say which it was. Read in the wrong order, weights are wild or tiny: the numbers tell.
enum ByteOrderGuess {
  static func isBigEndian(_ storages: [(TorchStorage, TorchType)], _ bytes: [UInt8]) throws -> Bool {
    var plausible = (little: 0, big: 0), looked = 0
    for (storage, type) in storages {
      guard case .bytes(let range) = storage.place, let element = type.element, !element.isWhole else { continue }
      let count = min(storage.size / type.size, 4096)
      for isBig in [false, true] {
        var asked = storage
        asked.isBigEndian = isBig
        let values = TorchTensor(type: type, storage: asked, offset: 0, shape: [count], strides: [1]).values(in: bytes[range])
        let sane = values.count { $0 == 0 || (0x1p-40..<0x1p40).contains($0.magnitude) }
        if isBig { plausible.big += sane } else { plausible.little += sane }
      }
      looked += count
      if looked > 1 << 16 { break }
    }
    guard plausible.little != plausible.big || looked == 0 else {
      throw ReadingFault.unfit("was written on a big-endian machine, and the byte order of its numbers is not certain", remedy: "load it in Python, and save it again")
    }
    return plausible.big > plausible.little
  }
}
