/// Puts together an ``ONNXModel``: operations whose outputs are named after them, and constants.
///
/// Maps are `[N, C, H, W]` there, as ONNX has them.
public struct ONNXBuilder {
  public var model: ONNXModel
  private var taken: Set<String> = []

  public init(_ name: String) { model = ONNXModel(name) }

  /// Something that goes in; its name is kept.
  public mutating func input(_ port: ONNXModel.Port) -> String {
    model.inputs.append(port)
    taken.insert(port.name)
    return port.name
  }

  /// Something that comes out, by the name of its value.
  public mutating func output(_ port: ONNXModel.Port) { model.outputs.append(port) }

  /// - Parameter name: of the operation and of its output; one that is taken gets a number.
  /// - Returns: the output's name.
  public mutating func add(_ operation: String, _ inputs: [String], named name: String, _ attributes: [(name: String, value: ONNXModel.Attribute)] = []) -> String {
    let name = free(name)
    model.nodes.append(.init(operation: operation, name: name, inputs: inputs, output: name, attributes: attributes))
    return name
  }

  public mutating func constant(_ tensor: Tensor, named name: String) -> String {
    let name = free(name)
    model.constants.append(.init(name: name, shape: tensor.shape, numbers: .floats(tensor.values)))
    return name
  }

  public mutating func constant(_ integers: [Int], named name: String) -> String {
    let name = free(name)
    model.constants.append(.init(name: name, shape: [integers.count], numbers: .integers(integers)))
    return name
  }

  /// `x` at the height and width of another map.
  ///
  /// - Parameter shape: of the result, where it is known; else it is computed from both maps as the model runs.
  public mutating func resize(_ x: String, as other: String, shape: MapShape?, _ method: Resizing, named name: String) -> String {
    let sizes: String
    if let shape {
      sizes = constant([shape.images, shape.channels, shape.height, shape.width], named: name + ".sizes")
    } else {
      let own = add("Shape", [x], named: name + ".channels", [("start", .integer(0)), ("end", .integer(2))])
      let extents = add("Shape", [other], named: name + ".extents", [("start", .integer(2)), ("end", .integer(4))])
      sizes = add("Concat", [own, extents], named: name + ".sizes", [("axis", .integer(0))])
    }
    return add("Resize", [x, "", "", sizes], named: name, method.attributes)
  }

  public enum Resizing: Sendable {
    /// Each pixel takes the value of the nearest one above and left of it.
    case nearest
    /// The first and last pixels' centres stay where they are.
    case bilinearAligned

    fileprivate var attributes: [(name: String, value: ONNXModel.Attribute)] {
      switch self {
      case .nearest: [("mode", .text("nearest")), ("coordinate_transformation_mode", .text("asymmetric")), ("nearest_mode", .text("floor"))]
      case .bilinearAligned: [("mode", .text("linear")), ("coordinate_transformation_mode", .text("align_corners"))]
      }
    }
  }

  private mutating func free(_ name: String) -> String {
    var free = name, number = 2
    while !taken.insert(free).inserted {
      free = "\(name).\(number)"
      number += 1
    }
    return free
  }
}
