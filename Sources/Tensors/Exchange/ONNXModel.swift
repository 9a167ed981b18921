/// A model as ONNX files hold it: operations on named values, and constants. Field numbers are those of `onnx.proto3`.
///
/// Written for opset 17 and IR version 8, which every runtime since 2022 reads.
public struct ONNXModel: Sendable {
  public enum Attribute: Sendable {
    case integer(Int)
    case integers([Int])
    case float(Float)
    case text(String)
  }

  /// One operation.
  public struct Node: Sendable {
    /// For example `Conv`.
    public var operation: String
    public var name: String
    /// Names of values; an optional input that is not given is empty.
    public var inputs: [String]
    public var output: String
    public var attributes: [(name: String, value: Attribute)]
  }

  public enum Numbers: Sendable {
    case floats([Float])
    case integers([Int])
  }

  public struct Constant: Sendable {
    public var name: String
    public var shape: [Int]
    public var numbers: Numbers
  }

  public enum ElementType: Int, Sendable {
    case float = 1, uint8 = 2, int64 = 7
  }

  public enum Dimension: Sendable, Hashable {
    case fixed(Int)
    /// Any number, the same one wherever this name is.
    case named(String)
  }

  /// What goes in, or comes out.
  public struct Port: Sendable {
    public var name: String
    public var type: ElementType
    public var shape: [Dimension]
    public var help: String

    public init(_ name: String, _ type: ElementType, _ shape: [Dimension], help: String) { (self.name, self.type, self.shape, self.help) = (name, type, shape, help) }
  }

  public static let opset = 17
  static let versionOfFormat = 8

  public var name: String
  public var help = ""
  public var nodes: [Node] = []
  public var constants: [Constant] = []
  public var inputs: [Port] = []
  public var outputs: [Port] = []
  /// Words for whoever opens the file, by key.
  public var metadata: [String: String] = [:]

  public init(_ name: String) { self.name = name }

  /// The file. The same model gives the same bytes.
  public var encoded: [UInt8] {
    var model = ProtobufMessage()
    model.add(1, ONNXModel.versionOfFormat)
    model.add(2, "segue")
    if !help.isEmpty { model.add(6, help) }
    model.add(7, graph)
    model.add(8, ProtobufMessage { $0.add(2, ONNXModel.opset) })
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.add(14, ProtobufMessage { $0.add(1, key); $0.add(2, value) })
    }
    return model.bytes
  }

  private var graph: ProtobufMessage {
    let size = constants.reduce(0) { $0 + 4 * $1.shape.reduce(1, *) }
    var graph = ProtobufMessage(capacity: size + 256 * (nodes.count + constants.count))
    for node in nodes { graph.add(1, node.message) }
    graph.add(2, name)
    for constant in constants { graph.add(5, constant.message) }
    for port in inputs { graph.add(11, port.message) }
    for port in outputs { graph.add(12, port.message) }
    return graph
  }
}

extension ProtobufMessage {
  fileprivate init(_ fill: (inout ProtobufMessage) -> Void) {
    self.init()
    fill(&self)
  }
}

extension ONNXModel.Node {
  fileprivate var message: ProtobufMessage {
    ProtobufMessage { node in
      for input in inputs { node.add(1, input) }
      node.add(2, output)
      node.add(3, name)
      node.add(4, operation)
      for attribute in attributes { node.add(5, message(attribute.name, attribute.value)) }
    }
  }

  private func message(_ name: String, _ value: ONNXModel.Attribute) -> ProtobufMessage {
    ProtobufMessage { attribute in
      attribute.add(1, name)
      switch value {
      case .float(let number): attribute.add(2, number)
      case .integer(let number): attribute.add(3, number)
      case .text(let text): attribute.add(4, text)
      case .integers(let numbers): for number in numbers { attribute.add(8, number) }
      }
      attribute.add(20, value.type)
    }
  }
}

extension ONNXModel.Attribute {
  /// As `AttributeProto.AttributeType` numbers it.
  fileprivate var type: Int {
    switch self {
    case .float: 1
    case .integer: 2
    case .text: 3
    case .integers: 7
    }
  }
}

extension ONNXModel.Constant {
  fileprivate var message: ProtobufMessage {
    ProtobufMessage { tensor in
      for extent in shape { tensor.add(1, extent) }
      var raw: [UInt8] = []
      switch numbers {
      case .floats(let values):
        tensor.add(2, ONNXModel.ElementType.float.rawValue)
        ElementType.append(values, to: &raw)
      case .integers(let values):
        tensor.add(2, ONNXModel.ElementType.int64.rawValue)
        for value in values { withUnsafeBytes(of: Int64(value).littleEndian) { raw.append(contentsOf: $0) } }
      }
      tensor.add(8, name)
      tensor.add(9, bytes: raw)
    }
  }
}

extension ONNXModel.Port {
  fileprivate var message: ProtobufMessage {
    let extents = ProtobufMessage { message in
      for dimension in shape {
        message.add(1, ProtobufMessage {
          switch dimension {
          case .fixed(let extent): $0.add(1, extent)
          case .named(let name): $0.add(2, name)
          }
        })
      }
    }
    let tensor = ProtobufMessage { $0.add(1, type.rawValue); $0.add(2, extents) }
    return ProtobufMessage { $0.add(1, name); $0.add(2, ProtobufMessage { $0.add(1, tensor) }); $0.add(3, help) }
  }
}
