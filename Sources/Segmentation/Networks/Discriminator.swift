public import Tensors

/// The fully convolutional discriminator of output-space adaptation: Tsai et al., *Learning to Adapt Structured Output Space for
/// Semantic Segmentation*, CVPR 2018, section 5.
///
/// Five 4x4 convolutions of stride 2 with biases; leaky ReLU (0.2) after the first four. It reads the class probabilities at image
/// size and says for each of its 1/32-size pixels how much it takes them for a target's (a logit).
///
/// The light one of the same outline has each of the first four convolutions in two: of each channel for itself, then 1x1 with the bias.
public struct Discriminator: Sendable {
  public enum Form: String, Sendable, CaseIterable, Codable { case full, light }

  public let width: NetworkWidth
  /// Channels of what it reads.
  public let classes: Int
  public let graph: Graph
  public let layout: ParameterLayout
  /// `[N, H, W, classes]`, differentiable: the segmentation network learns through it.
  public let probabilities: NodeID
  /// `[N, H/32, W/32, 1]`
  public let logits: NodeID
  private let initialisation: [String: Initialisation]

  public init(_ form: Form = .full, width: NetworkWidth = .full, classes: Int = 19) {
    (self.width, self.classes) = (width, classes)
    // PyTorch's default: nobody initialises the published discriminator.
    var builder = NetworkBuilder(.usual)
    probabilities = builder.input("probabilities", channels: classes, differentiable: true)
    var x = probabilities
    for (index, channels) in [64, 128, 256, 512].enumerated() {
      let name = "conv\(index + 1)"
      switch form {
      case .full: x = builder.convolution(x, name, to: width.of(channels), kernel: 4, stride: 2, padding: 1, bias: true)
      case .light:
        x = builder.depthwise(x, "\(name).depthwise", kernel: 4, stride: 2, padding: 1)
        x = builder.convolution(x, "\(name).pointwise", to: width.of(channels), kernel: 1, bias: true)
      }
      x = builder.add(LeakyReLU(slope: 0.2), x, named: "leaky\(index + 1)")
    }
    logits = builder.convolution(x, "classifier", to: 1, kernel: 4, stride: 2, padding: 1, bias: true)
    (graph, layout, initialisation) = (builder.graph, builder.layout, builder.initialisation)
  }

  public func initialWeights(seed: UInt64) -> Weights { layout.initialWeights(seed: seed, initialisation) }
}
