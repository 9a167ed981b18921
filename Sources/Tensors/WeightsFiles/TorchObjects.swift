/// What the objects of a checkpoint's pickle are: tensors by the functions that would rebuild them, dictionaries, modules; all else is inert.
struct TorchObjects {
  let pickle: Pickle
  /// What a persistent id stands for.
  enum External {
    case storage(TorchStorage, TorchType)
    case tensor(TorchTensor)
  }
  let external: (PickleValue) throws -> External?

  enum Reading {
    case tensor(TorchTensor)
    /// In words that follow the name: what it is in place of a readable tensor.
    case other(String)
  }

  /// - Throws: where a tensor's storage is not in the file as it should be.
  func reading(_ value: PickleValue) throws -> Reading {
    guard case .object(let number) = value else { return .other(pickle.words(for: value)) }
    if case .persistent(let id) = pickle.objects[number].form {
      if case .tensor(let tensor)? = try external(id) { return .tensor(tensor) }
      return .other(pickle.words(for: value))
    }
    // A parameter holds a tensor, which holds no further one.
    var call = pickle.call(value)
    for _ in 0..<4 {
      guard let (function, arguments) = call, function.module.hasPrefix("torch") else { break }
      switch (function.name, arguments.count) {
      case ("_rebuild_parameter", 1...), ("_rebuild_parameter_with_state", 1...): call = pickle.call(arguments[0])
      case ("_rebuild_from_type_v2", 3...), ("_rebuild_from_type", 3...):
        guard let inner = pickle.name(arguments[0]), let given = pickle.tuple(arguments[2]) else { return .other(pickle.words(for: value)) }
        call = (inner, given)
      case ("_rebuild_tensor", 4...), ("_rebuild_tensor_v2", 4...): return try tensor(arguments, nil) ?? .other("a tensor that is not understood")
      case ("_rebuild_tensor_v3", 7...): return try tensor(arguments, pickle.name(arguments[6])) ?? .other("a tensor that is not understood")
      default:
        let isTensor = function.name.hasPrefix("_rebuild") && function.name.contains("tensor")
        return .other(isTensor ? "a tensor of another layout (\(function.name))" : pickle.words(for: value))
      }
    }
    return .other(pickle.words(for: value))
  }

  private func tensor(_ arguments: [PickleValue], _ typeName: (module: String, name: String)?) throws -> Reading? {
    guard case .persistent(let id)? = pickle.object(arguments[0])?.form, case .storage(let storage, let stored)? = try external(id) else { return nil }
    guard let offset = pickle.integer(arguments[1]), let shape = integers(arguments[2]), let strides = integers(arguments[3]) else { return nil }
    guard let type = typeName == nil ? stored : typeName.flatMap(TorchType.init(type:)) else {
      return .other("a tensor of the unknown type \(typeName?.name ?? "")")
    }
    return .tensor(TorchTensor(type: type, storage: storage, offset: offset, shape: shape, strides: strides))
  }

  /// A shape or strides; nil for what has more sides than any tensor: one list can be a million tensors'.
  private func integers(_ value: PickleValue) -> [Int]? {
    guard let list = pickle.list(value), list.count <= TorchTensor.mostDimensions else { return nil }
    let numbers = list.compactMap(pickle.integer)
    return numbers.count == list.count ? numbers : nil
  }
}
