/// Finds the dictionaries of tensors in a checkpoint: its root, what lies in it one below the other, and modules that were saved whole.
struct WeightsParts {
  let objects: TorchObjects
  /// Of the file; see ``TorchTensor/fault(capacity:)``.
  let capacity: Int
  private var found: [WeightsPart] = []
  private var seen: Set<Int> = []
  /// How many keys may still be looked at: a list that a thousand dictionaries share is looked at a thousand times.
  private var budget = 1 << 21

  private static let depth = 3, moduleDepth = 64, longestName = 4096

  static func find(_ objects: TorchObjects, capacity: Int) throws -> [WeightsPart] {
    var parts = WeightsParts(objects: objects, capacity: capacity)
    try parts.visit(objects.pickle.root, [])
    return parts.found
  }

  private init(objects: TorchObjects, capacity: Int) { (self.objects, self.capacity) = (objects, capacity) }

  private mutating func visit(_ value: PickleValue, _ path: [String]) throws {
    guard case .object(let number) = value, seen.insert(number).inserted else { return }
    guard let pairs = try pairs(value) else {
      if let items = objects.pickle.list(value), path.count < WeightsParts.depth {
        budget -= items.count
        for (index, item) in items.enumerated() { try visit(item, path + [String(index)]) }
        return
      }
      var collected: [(String, PickleValue)] = []
      if try collect(value, "", into: &collected, 0) { try add(collected, path) }
      return
    }
    let named = try pairs.compactMap { pair in try name(pair.key).map { ($0, pair.value) } }
    try add(named, path)
    guard path.count < WeightsParts.depth else { return }
    for (name, value) in named { try visit(value, path + [name]) }
  }

  private mutating func pairs(_ value: PickleValue) throws -> [(key: PickleValue, value: PickleValue)]? {
    guard let pairs = objects.pickle.dictionary(value) else { return nil }
    budget -= 1 + pairs.count
    guard budget > 0 else { throw ReadingFault.malformed("its dictionaries hold too many keys") }
    return pairs
  }

  /// A key that is a text. One text can be the key of a million values, so that it must not be long.
  private func name(_ key: PickleValue, after prefix: String = "") throws -> String? {
    guard let text = objects.pickle.text(key) else { return nil }
    guard prefix.utf8.count + text.utf8.count <= WeightsParts.longestName else { throw ReadingFault.malformed("it has a name of more than \(WeightsParts.longestName) bytes") }
    return text
  }

  /// The parameters and buffers of a module that was saved whole: what its `state_dict()` would be. False where it is no module.
  private mutating func collect(_ value: PickleValue, _ prefix: String, into all: inout [(String, PickleValue)], _ depth: Int) throws -> Bool {
    guard depth < WeightsParts.moduleDepth, let state = objects.pickle.object(value)?.state, let attributes = try pairs(state) else { return false }
    var isModule = false
    for attribute in attributes {
      guard let kind = objects.pickle.text(attribute.key), ["_parameters", "_buffers", "_modules"].contains(kind), let held = try pairs(attribute.value) else { continue }
      isModule = true
      for (key, value) in held where value != .none {
        guard let name = try name(key, after: prefix) else { continue }
        if kind == "_modules" { _ = try collect(value, prefix + name + ".", into: &all, depth + 1) } else { all.append((prefix + name, value)) }
      }
    }
    return isModule
  }

  /// A part, where there is a tensor among the values.
  private mutating func add(_ named: [(String, PickleValue)], _ path: [String]) throws {
    var tensors: [WeightsPart.Entry] = [], others: [(name: String, what: String)] = [], names: Set<String> = []
    for (name, value) in named {
      // What lies further down is a part of its own.
      if objects.pickle.isDictionary(value) { continue }
      guard names.insert(name).inserted else { throw ReadingFault.malformed("it names '\(name)' twice in one dictionary") }
      switch try objects.reading(value) {
      case .other(let what): others.append((name, what))
      case .tensor(let tensor):
        if let fault = tensor.fault(capacity: capacity) { throw ReadingFault.malformed("it describes '\(name)' as a tensor \(fault)") }
        guard let element = tensor.type.element else {
          others.append((name, "a tensor of \(tensor.type.name)"))
          continue
        }
        tensors.append(WeightsPart.Entry(name: name, shape: tensor.shape, type: tensor.type.name, isWhole: element.isWhole, content: .stored(tensor)))
      }
    }
    if !tensors.isEmpty { found.append(WeightsPart(name: path.isEmpty ? nil : path.joined(separator: "."), tensors: tensors, others: others)) }
  }
}

extension ElementType {
  /// Whether it counts rather than measures.
  var isWhole: Bool {
    switch self {
    case .float64, .float32, .float16, .brain16: false
    case .int64, .int32, .int16, .int8, .uint8: true
    }
  }
}
