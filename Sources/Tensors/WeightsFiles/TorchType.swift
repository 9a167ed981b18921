/// The number types of PyTorch's storages, by the names of their classes and of the types.
struct TorchType: Equatable {
  /// As PyTorch calls it: `float32`.
  let name: String
  /// Bytes for one number.
  let size: Int
  /// How its numbers are read; nil where they are no plain numbers, or one bit of truth.
  let element: ElementType?

  private static let known: [(storage: String, type: TorchType)] = [
    ("DoubleStorage", TorchType(name: "float64", size: 8, element: .float64)), ("FloatStorage", TorchType(name: "float32", size: 4, element: .float32)),
    ("HalfStorage", TorchType(name: "float16", size: 2, element: .float16)), ("BFloat16Storage", TorchType(name: "bfloat16", size: 2, element: .brain16)),
    ("LongStorage", TorchType(name: "int64", size: 8, element: .int64)), ("IntStorage", TorchType(name: "int32", size: 4, element: .int32)),
    ("ShortStorage", TorchType(name: "int16", size: 2, element: .int16)), ("CharStorage", TorchType(name: "int8", size: 1, element: .int8)),
    ("ByteStorage", TorchType(name: "uint8", size: 1, element: .uint8)), ("BoolStorage", TorchType(name: "bool", size: 1, element: nil)),
    ("ComplexFloatStorage", TorchType(name: "complex64", size: 8, element: nil)), ("ComplexDoubleStorage", TorchType(name: "complex128", size: 16, element: nil)),
    ("QInt8Storage", TorchType(name: "qint8", size: 1, element: nil)), ("QUInt8Storage", TorchType(name: "quint8", size: 1, element: nil)),
    ("QInt32Storage", TorchType(name: "qint32", size: 4, element: nil)),
    // Types that have no class of storage: their storages are counted in bytes.
    ("", TorchType(name: "uint16", size: 2, element: nil)), ("", TorchType(name: "uint32", size: 4, element: nil)), ("", TorchType(name: "uint64", size: 8, element: nil)),
    ("", TorchType(name: "float8_e4m3fn", size: 1, element: nil)), ("", TorchType(name: "float8_e5m2", size: 1, element: nil)),
    ("", TorchType(name: "float8_e4m3fnuz", size: 1, element: nil)), ("", TorchType(name: "float8_e5m2fnuz", size: 1, element: nil)),
  ]

  /// A storage of bytes, whose type its tensors say.
  static let untyped = TorchType(name: "bytes", size: 1, element: nil)

  /// `torch.FloatStorage`, `torch.cuda.HalfStorage`
  init?(storage: (module: String, name: String)) {
    guard storage.module.hasPrefix("torch") else { return nil }
    if storage.name == "UntypedStorage" { self = TorchType.untyped; return }
    guard let known = TorchType.known.first(where: { $0.storage == storage.name && !storage.name.isEmpty }) else { return nil }
    self = known.type
  }

  /// `torch.float32`, as a pickle names it.
  init?(type: (module: String, name: String)) {
    guard type.module == "torch", let known = TorchType.known.first(where: { $0.type.name == type.name }) else { return nil }
    self = known.type
  }

  private init(name: String, size: Int, element: ElementType?) { (self.name, self.size, self.element) = (name, size, element) }
}

/// A run of numbers in the file, which tensors look at.
struct TorchStorage: Equatable {
  enum Place: Equatable {
    case bytes(Range<Int>)
    case entry(ZipArchive.Entry)
  }

  let key: String
  let place: Place
  /// How many bytes it holds.
  let size: Int
  var isBigEndian = false
}

/// A tensor as a file describes it: a view of a storage.
struct TorchTensor: Equatable {
  let type: TorchType
  let storage: TorchStorage
  /// In elements, as all that follows.
  let offset: Int
  let shape: [Int]
  let strides: [Int]
}
