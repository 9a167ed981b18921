public import Tensors

/// A segmentation network, described once: the form it is stored under, its graph and parameters, and what others may know of it. Nothing
/// outside the file that builds a network knows its layers by name.
public struct Network: Sendable {
  public let form: NetworkForm
  /// The share of the published channel counts; a discriminator of its output has the same.
  public let width: NetworkWidth
  public let classes: Int
  public let graph: Graph
  public let layout: ParameterLayout
  /// The input, `[N, H, W, 3]`, normalised.
  public let images: NodeID
  /// What it is trained by, the main head first.
  public let heads: [Head]
  /// Its parts in the order in which they are listed.
  public let stages: [Stage]
  /// How files name its tensors.
  public let publishedNames: PublishedNames
  let initialisation: [String: Initialisation]

  /// An output: one number for each class and each pixel at a stride, upsampled to the image by whoever reads it.
  public struct Head: Sendable {
    public enum Role: Sendable, Hashable {
      /// The prediction.
      case main
      /// Serves training alone.
      case auxiliary
    }

    public let name: String
    /// `[N, H / stride, W / stride, classes]`
    public let logits: NodeID
    public let stride: Int
    public let role: Role
    /// Of its cross-entropy in the segmentation loss.
    public let lossWeight: Float

    public init(name: String, logits: NodeID, stride: Int, role: Role, lossWeight: Float = 1) {
      (self.name, self.logits, self.stride, self.role, self.lossWeight) = (name, logits, stride, role, lossWeight)
    }
  }

  /// A part of a network that is listed in a line: consecutive layers and parameters.
  public struct Stage: Sendable {
    public let title: String
    public let layers: [NodeID]
    public let parameters: [ParameterLayout.Entry]
    /// The layer whose output is the stage's.
    public let output: NodeID
  }

  /// - Parameter stages: in the order in which they are listed; those that were built by default.
  init(
    _ form: NetworkForm, width: NetworkWidth, classes: Int, images: NodeID, heads: [Head], stages: [Stage], publishedNames: PublishedNames,
    _ builder: NetworkBuilder
  ) {
    precondition(heads.first?.role == .main && heads.dropFirst().allSatisfy { $0.role == .auxiliary }, "a network has one main head, the first")
    (self.form, self.width, self.classes, self.images, self.heads, self.stages) = (form, width, classes, images, heads, stages)
    self.publishedNames = publishedNames
    (graph, layout, initialisation) = (builder.graph, builder.layout, builder.initialisation)
  }

  /// The main head's logits.
  public var logits: NodeID { heads[0].logits }

  /// The logits of all heads, the main one's first.
  public var outputs: [NodeID] { heads.map(\.logits) }
}
