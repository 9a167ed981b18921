/// What `torch.save` wrote before PyTorch 0.1.10: a tar archive of `storages` (their numbers), `tensors` (their shapes) and `pickle` (the
/// object, which names tensors by number).
enum TorchTar {
  static func read(_ bytes: [UInt8]) throws -> [WeightsPart] {
    let archive = try TarArchive(bytes)
    guard let storages = archive["storages"], let tensors = archive["tensors"], let object = archive["pickle"] else {
      let inside = archive.members.first { member in [".pth", ".pt", ".tar", ".bin", ".safetensors"].contains { member.name.hasSuffix($0) } }
      throw ReadingFault.unfit(
        "is a tar archive without the storages, tensors and pickle of PyTorch's first versions",
        remedy: inside.map { "unpack it first: it holds \($0.name)" } ?? "unpack it first, if the weights lie in it")
    }
    let described = try self.tensors(bytes[tensors], in: try self.storages(bytes[storages]))
    var cursor = ByteCursor(bytes[object])
    let pickle = try PickleMachine.read(&cursor)
    return try WeightsParts.find(
      TorchObjects(pickle: pickle) { id in
        guard let key = pickle.key(id) else { return nil }
        guard let tensor = described[key] else { throw ReadingFault.malformed("it lacks the tensor \(key)") }
        return .tensor(tensor)
      }, capacity: bytes.count)
  }

  private typealias Storages = [String: (storage: TorchStorage, type: TorchType)]

  /// How many items follow, as a pickle.
  private static func count(_ cursor: inout ByteCursor) throws -> Int {
    let pickle = try PickleMachine.read(&cursor)
    guard let count = pickle.integer(pickle.root), count >= 0, count <= cursor.left else { throw PickleMachine.damaged }
    return count
  }

  private static func storages(_ bytes: ArraySlice<UInt8>) throws -> Storages {
    var cursor = ByteCursor(bytes), storages: Storages = [:]
    for _ in 0..<(try count(&cursor)) {
      let pickle = try PickleMachine.read(&cursor)
      guard let items = pickle.list(pickle.root), items.count == 3, let key = pickle.key(items[0]), let name = pickle.name(items[2]) else { throw PickleMachine.damaged }
      guard let type = TorchType(storage: name) else { throw ReadingFault.malformed("it holds a storage of the unknown type \(name.name)") }
      let count = try cursor.count(UInt64.self), start = cursor.place
      guard count <= cursor.left / type.size else { throw ByteCursor.cutShort }
      _ = try cursor.take(count * type.size)
      let storage = TorchStorage(key: key, place: .bytes(start..<cursor.place), size: count * type.size)
      guard storages.updateValue((storage, type), forKey: key) == nil else { throw ReadingFault.malformed("it holds the storage \(key) twice") }
    }
    try addViews(&cursor, &storages)
    return storages
  }

  /// Storages that are parts of others: (its own key, the other's, offset, count).
  private static func addViews(_ cursor: inout ByteCursor, _ storages: inout Storages) throws {
    let pickle = try PickleMachine.read(&cursor)
    guard let views = pickle.list(pickle.root) else { throw PickleMachine.damaged }
    for view in views {
      guard let items = pickle.list(view), items.count == 4, let key = pickle.key(items[0]), let root = pickle.key(items[1]).flatMap({ storages[$0] }),
        let offset = pickle.integer(items[2]), let count = pickle.integer(items[3]), case .bytes(let range) = root.storage.place
      else { throw PickleMachine.damaged }
      let whole = root.storage.size / root.type.size
      guard offset >= 0, count >= 0, offset <= whole, count <= whole - offset else { throw ReadingFault.malformed("a part of a storage does not lie in it") }
      let start = range.lowerBound + offset * root.type.size, size = count * root.type.size
      storages[key] = (TorchStorage(key: key, place: .bytes(start..<start + size), size: size), root.type)
    }
  }

  private static func tensors(_ bytes: ArraySlice<UInt8>, in storages: Storages) throws -> [String: TorchTensor] {
    var cursor = ByteCursor(bytes), tensors: [String: TorchTensor] = [:]
    for _ in 0..<(try count(&cursor)) {
      let pickle = try PickleMachine.read(&cursor)
      guard let items = pickle.list(pickle.root), items.count == 3, let key = pickle.key(items[0]) else { throw PickleMachine.damaged }
      let dimensions = Int(try cursor.number(UInt32.self))
      _ = try cursor.take(4)  // the upper half of the count in the oldest files
      guard dimensions <= TorchTensor.mostDimensions, dimensions <= cursor.left / 16 else { throw ByteCursor.cutShort }
      let shape = try (0..<dimensions).map { _ in try cursor.count(UInt64.self) }, strides = try (0..<dimensions).map { _ in try cursor.count(UInt64.self) }
      let offset = try cursor.count(UInt64.self)
      guard let (storage, type) = pickle.key(items[1]).flatMap({ storages[$0] }) else { throw ReadingFault.malformed("it lacks the storage of its tensor \(key)") }
      let tensor = TorchTensor(type: type, storage: storage, offset: offset, shape: shape, strides: strides)
      guard tensors.updateValue(tensor, forKey: key) == nil else { throw ReadingFault.malformed("it holds the tensor \(key) twice") }
    }
    return tensors
  }
}
