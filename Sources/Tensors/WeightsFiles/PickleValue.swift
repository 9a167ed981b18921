/// What a pickle says, never what it would do: a call is written down with its function's name and its arguments, and nothing is called.
enum PickleValue: Equatable {
  case none
  case flag(Bool)
  case integer(Int)
  /// A whole number beyond `Int`: its bytes, little-endian, in two's complement.
  case large([UInt8])
  case real(Double)
  case text(String)
  /// Bytes that are no text.
  case bytes
  /// One of the pickle's objects.
  case object(Int)
}

/// An object of a pickle. Objects refer to others by number, so that neither a cycle nor a nesting of any depth is more than numbers.
struct PickleObject {
  enum Form: Equatable {
    case tuple, list, set, dictionary
    /// A class or function, by its module and name.
    case name(String, String)
    /// What a function or class would make of its arguments, which are a tuple.
    case call(PickleValue, PickleValue)
    /// What the file keeps outside of the pickle.
    case persistent(PickleValue)
  }

  let form: Form
  /// Of a tuple, list or set; keys and values by turns for a dictionary, or for a call whose result is one.
  var elements: [PickleValue] = []
  /// What the object would be given after it was made.
  var state: PickleValue?
}

/// A pickle that was read.
struct Pickle {
  let objects: [PickleObject]
  let root: PickleValue

  func object(_ value: PickleValue) -> PickleObject? { if case .object(let number) = value { objects[number] } else { nil } }

  /// The module and name of a class or function.
  func name(_ value: PickleValue) -> (module: String, name: String)? {
    if case .name(let module, let name)? = object(value)?.form { (module, name) } else { nil }
  }

  /// What a function is called with.
  func call(_ value: PickleValue) -> (function: (module: String, name: String), arguments: [PickleValue])? {
    guard case .call(let function, let arguments)? = object(value)?.form, let name = name(function) else { return nil }
    return (name, tuple(arguments) ?? [])
  }

  func tuple(_ value: PickleValue) -> [PickleValue]? {
    guard let object = object(value), object.form == .tuple else { return nil }
    return object.elements
  }

  func list(_ value: PickleValue) -> [PickleValue]? {
    guard let object = object(value), object.form == .list || object.form == .tuple else { return nil }
    return object.elements
  }

  /// Whether it is a dictionary, or of a class that is one; without looking at what it holds.
  func isDictionary(_ value: PickleValue) -> Bool {
    switch object(value)?.form {
    case .dictionary: true
    case .call(let function, _): name(function).map { $0.name.hasSuffix("Dict") || $0.name.hasSuffix("dict") } == true
    default: false
    }
  }

  /// The keys and values of a dictionary, or of a class that is one, such as OrderedDict; nil for what is none.
  func dictionary(_ value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
    guard isDictionary(value), let object = object(value) else { return nil }
    // Python 2 gives an OrderedDict its items as a list of pairs.
    if case .call(_, let arguments) = object.form, object.elements.isEmpty, let items = tuple(arguments)?.first.flatMap(list) {
      let pairs = items.compactMap { list($0).flatMap { $0.count == 2 ? (key: $0[0], value: $0[1]) : nil } }
      return pairs.count == items.count ? pairs : nil
    }
    return stride(from: 0, to: object.elements.count - 1, by: 2).map { (object.elements[$0], object.elements[$0 + 1]) }
  }

  func text(_ value: PickleValue) -> String? { if case .text(let text) = value { text } else { nil } }

  func integer(_ value: PickleValue) -> Int? { if case .integer(let number) = value { number } else { nil } }

  /// Of a storage or tensor: a text, or the number that was its address.
  func key(_ value: PickleValue) -> String? {
    switch value {
    case .text(let text): text.utf8.count <= 256 ? text : nil
    case .integer(let number): String(number)
    case .large(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: ",")
    default: nil
    }
  }

  /// A few words for what is no tensor.
  func words(for value: PickleValue) -> String {
    switch value {
    case .none: "nothing (None)"
    case .flag: "yes or no"
    case .integer, .large, .real: "a number"
    case .text: "a text"
    case .bytes: "bytes"
    case .object(let number):
      switch objects[number].form {
      case .tuple, .list, .set: "a list"
      case .dictionary: "a dictionary"
      case .name(let module, let name): "the name \(module).\(name)"
      case .call(let function, _): name(function).map { "an object of \($0.module).\($0.name)" } ?? "an object"
      case .persistent: "a storage"
      }
    }
  }
}
