/// An ONNX file as tests look at it: operations, constants, what goes in and out.
public struct ONNXFile {
  public struct Node {
    public let operation: String
    public let inputs: [String]
    public let outputs: [String]
    public let integers: [String: [Int]]
    public let texts: [String: String]
  }

  public struct Port: Equatable {
    public let name: String
    public let type: Int
    /// Numbers, or the names of what is open.
    public let shape: [String]

    public init(name: String, type: Int, shape: [String]) { (self.name, self.type, self.shape) = (name, type, shape) }
  }

  public let version: Int
  public let opset: Int
  public let nodes: [Node]
  public let floats: [String: ONNXMap]
  public let integers: [String: [Int]]
  public let inputs: [Port]
  public let outputs: [Port]
  public let metadata: [String: String]

  public init(_ bytes: [UInt8]) {
    let model = ProtobufReader(bytes), graph = model.messages(7)[0]
    version = model.integers(1)[0]
    opset = model.messages(8)[0].integers(2)[0]
    metadata = Dictionary(uniqueKeysWithValues: model.messages(14).map { ($0.texts(1)[0], $0.texts(2)[0]) })
    nodes = graph.messages(1).map { node in
      let attributes = node.messages(5)
      return Node(
        operation: node.texts(4)[0], inputs: node.texts(1), outputs: node.texts(2),
        integers: Dictionary(uniqueKeysWithValues: attributes.map { ($0.texts(1)[0], $0.integers(3) + $0.integers(8)) }),
        texts: Dictionary(uniqueKeysWithValues: attributes.map { ($0.texts(1)[0], $0.texts(4).first ?? "") }))
    }
    var floats: [String: ONNXMap] = [:], integers: [String: [Int]] = [:]
    for constant in graph.messages(5) {
      let name = constant.texts(8)[0], raw = constant.contents(9)[0]
      if constant.integers(2)[0] == 1 {
        floats[name] = ONNXMap(shape: constant.integers(1), values: ONNXFile.words(raw, 4).map { Float(bitPattern: UInt32($0)) })
      } else {
        integers[name] = ONNXFile.words(raw, 8).map { Int(Int64(bitPattern: $0)) }
      }
    }
    (self.floats, self.integers) = (floats, integers)
    inputs = graph.messages(11).map(Port.init)
    outputs = graph.messages(12).map(Port.init)
  }

  private static func words(_ bytes: [UInt8], _ size: Int) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: size).map { start in (0..<size).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * $1) } }
  }
}

extension ONNXFile.Port {
  fileprivate init(_ port: ProtobufReader) {
    let tensor = port.messages(2)[0].messages(1)[0]
    (name, type) = (port.texts(1)[0], tensor.integers(1)[0])
    shape = tensor.messages(2)[0].messages(1).map { $0.integers(1).first.map(String.init) ?? $0.texts(2)[0] }
  }
}

/// Floats in ONNX's order, `[N, C, H, W]` for maps.
public struct ONNXMap {
  public var shape: [Int]
  public var values: [Float]

  public init(shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count)
    (self.shape, self.values) = (shape, values)
  }

  public subscript(n: Int, c: Int, y: Int, x: Int) -> Float { values[((n * shape[1] + c) * shape[2] + y) * shape[3] + x] }

  /// A map of this shape, by a rule.
  init(_ shape: [Int], _ value: (Int, Int, Int, Int) -> Float) {
    var values: [Float] = []
    values.reserveCapacity(shape.reduce(1, *))
    for n in 0..<shape[0] { for c in 0..<shape[1] { for y in 0..<shape[2] { for x in 0..<shape[3] { values.append(value(n, c, y, x)) } } } }
    self.init(shape: shape, values: values)
  }
}
