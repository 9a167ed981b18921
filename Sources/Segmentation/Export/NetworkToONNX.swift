public import Tensors

/// One network, or several whose softmax is averaged at image size, as a model of ONNX.
public struct NetworkToONNX: Sendable {
  /// Asked for what only one network has.
  public struct NoMean: Error {}

  /// Of the image that goes in.
  public enum Extent: Sendable, Hashable {
    case fixed(width: Int, height: Int)
    /// Any number of images of any size.
    case dynamic
  }

  public static let input = "images"

  public let output: DeployedOutput
  public let extent: Extent
  /// What the numbers that go in mean.
  public let help: String

  public init(_ output: DeployedOutput, extent: Extent, help: String) { (self.output, self.extent, self.help) = (output, extent, help) }

  /// - Throws: `NoMean` for logits of several networks, `ONNXError`.
  public func model(of models: [SegmentationModel]) throws -> ONNXModel {
    precondition(!models.isEmpty, "an ensemble has members")
    guard models.count == 1 || output == .labels || output == .probabilities else { throw NoMean() }
    var builder = ONNXBuilder(models[0].network.form.name)
    let images = builder.input(.init(Self.input, .float, port(channels: 3), help: help))
    var maps: [String] = []
    for (number, model) in models.enumerated() {
      let prefix = models.count == 1 ? "" : "model\(number + 1)."
      let logits = try builder.add(
        model.network.graph, outputs: [model.network.logits], weights: model.weights, values: [model.network.images: images], shapes: shapes(model.network),
        prefix: prefix)[0]
      maps.append(output == .coarse ? logits : upsampled(logits, as: images, model.network, prefix, models.count, &builder))
    }
    finish(maps, models[0].network, &builder)
    return builder.model
  }

  /// At image size, as probabilities where these are asked for or are what is averaged.
  private func upsampled(_ logits: String, as images: String, _ network: Network, _ prefix: String, _ count: Int, _ builder: inout ONNXBuilder) -> String {
    let whole = builder.resize(logits, as: images, shape: shape(channels: network.classes), .bilinearAligned, named: prefix + "upsampled")
    return output == .probabilities || count > 1 ? builder.add("Softmax", [whole], named: prefix + "softmax", [("axis", .integer(1))]) : whole
  }

  private func finish(_ maps: [String], _ network: Network, _ builder: inout ONNXBuilder) {
    let mean = maps.count == 1 ? maps[0] : builder.add("Mean", maps, named: "mean")
    let name = output == .coarse ? "logits" : output.rawValue
    guard output == .labels else {
      let shape = output == .coarse ? coarsePort(network) : port(channels: network.classes)
      return builder.output(.init(builder.add("Identity", [mean], named: name), .float, shape, help: words(network)))
    }
    let classes = builder.add("ArgMax", [mean], named: "argmax", [("axis", .integer(1)), ("keepdims", .integer(0))])
    let labels = builder.add("Cast", [classes], named: name, [("to", .integer(ONNXModel.ElementType.uint8.rawValue))])
    builder.output(.init(labels, .uint8, port(channels: nil), help: words(network)))
  }

  private func words(_ network: Network) -> String {
    switch output {
    case .labels: "the number of the most probable class of each pixel"
    case .probabilities: "of each class, at the size of the images"
    case .logits: "of each class before softmax, at the size of the images"
    case .coarse: "of each class before softmax, at stride \(network.heads[0].stride): to be upsampled bilinearly with aligned corners"
    }
  }

  // MARK: shapes

  private func shape(channels: Int) -> MapShape? {
    guard case .fixed(let width, let height) = extent else { return nil }
    return MapShape(1, height, width, channels)
  }

  private func shapes(_ network: Network) -> Outline? { shape(channels: 3).map { Outline(network.graph, sizes: [network.images: $0]) } }

  private func port(channels: Int?) -> [ONNXModel.Dimension] {
    let channels = channels.map { [ONNXModel.Dimension.fixed($0)] } ?? []
    switch extent {
    case .fixed(let width, let height): return [.fixed(1)] + channels + [.fixed(height), .fixed(width)]
    case .dynamic: return [.named("batch")] + channels + [.named("height"), .named("width")]
    }
  }

  private func coarsePort(_ network: Network) -> [ONNXModel.Dimension] {
    guard let shape = shapes(network)?.shape(network.logits) else { return [.named("batch"), .fixed(network.classes), .named("coarse_height"), .named("coarse_width")] }
    return [.fixed(1), .fixed(network.classes), .fixed(shape.height), .fixed(shape.width)]
  }
}
