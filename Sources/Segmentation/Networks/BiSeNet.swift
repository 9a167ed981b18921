public import Tensors

/// BiSeNet with STDCNet813: Yu et al., *BiSeNet*, ECCV 2018, and Fan et al., CVPR 2021.
///
/// A spatial path keeps detail at stride 8; a context path sees far through the backbone and comes back up to stride 8; a feature
/// fusion module joins them. Two auxiliary heads on the context path are for training only. Logits are at strides 8, 8 and 16 and
/// are upsampled to the image by whoever reads them.
public struct BiSeNet: Sendable {
  /// Where the detail comes from.
  public enum SpatialPath: String, Sendable, CaseIterable {
    /// Three convolutions of stride 2 of its own, as the paper's section 3.1 has it.
    case path
    /// The backbone's own map at stride 8, as the authors' code has it.
    case stdc
  }

  public let spatialPath: SpatialPath
  public let width: NetworkWidth
  public let classes: Int
  public let graph: Graph
  public let layout: ParameterLayout
  /// `[N, H, W, 3]`, normalised.
  public let images: NodeID
  /// `[N, H/8, W/8, classes]`: the output.
  public let logits: NodeID
  /// The auxiliary heads at strides 8 and 16.
  public let auxiliary: [NodeID]

  /// All heads, the main one first.
  public var heads: [NodeID] { [logits] + auxiliary }

  public init(spatialPath: SpatialPath = .path, width: NetworkWidth = .full, classes: Int = 19) {
    self.spatialPath = spatialPath
    self.width = width
    self.classes = classes
    var builder = NetworkBuilder()
    let images = builder.input("images", channels: 3)

    let context = ContextPath(images, width: width, in: &builder)
    let detail =
      switch spatialPath {
      case .path: BiSeNet.spatialPath(images, width: width, in: &builder)
      case .stdc: context.backbone.stride8
      }
    let fused = BiSeNet.fusion(detail, context.stride8, width: width, in: &builder)
    logits = BiSeNet.head(fused, "conv_out", between: width.of(256), classes: classes, in: &builder)
    auxiliary = [
      BiSeNet.head(context.stride8, "conv_out16", between: width.of(64), classes: classes, in: &builder),
      BiSeNet.head(context.stride16, "conv_out32", between: width.of(64), classes: classes, in: &builder),
    ]
    self.images = images
    graph = builder.graph
    layout = builder.layout
  }

  /// Stride 8 by three units; 7x7 first, then 3x3, and 1x1 to the width of the context path.
  private static func spatialPath(_ images: NodeID, width: NetworkWidth, in builder: inout NetworkBuilder) -> NodeID {
    var x = builder.unit(images, "sp.conv1", to: width.of(64), kernel: 7, step: 2)
    x = builder.unit(x, "sp.conv2", to: width.of(64), kernel: 3, step: 2)
    x = builder.unit(x, "sp.conv3", to: width.of(64), kernel: 3, step: 2)
    return builder.unit(x, "sp.conv_out", to: width.of(128), kernel: 1)
  }

  /// Feature fusion module: joined and mixed by a 1x1 unit, then each channel weighted by what the whole image holds, with a
  /// residual connection.
  private static func fusion(_ detail: NodeID, _ context: NodeID, width: NetworkWidth, in builder: inout NetworkBuilder) -> NodeID {
    let joined = builder.concatenate([detail, context], named: "ffm")
    let mixed = builder.unit(joined, "ffm.convblk", to: width.of(256), kernel: 1)
    var weight = builder.add(GlobalAveragePool(), mixed, named: "ffm.pool")
    weight = builder.convolution(weight, "ffm.conv1", to: width.of(64), kernel: 1)
    weight = builder.add(LeakyReLU(), weight, named: "ffm.relu")
    weight = builder.convolution(weight, "ffm.conv2", to: width.of(256), kernel: 1)
    weight = builder.add(Sigmoid(), weight, named: "ffm.sigmoid")
    return builder.add(Gate(residual: true), mixed, weight, named: "ffm.out")
  }

  private static func head(_ x: NodeID, _ name: String, between: Int, classes: Int, in builder: inout NetworkBuilder) -> NodeID {
    builder.convolution(builder.unit(x, "\(name).conv", to: between, kernel: 3), "\(name).conv_out", to: classes, kernel: 1)
  }
}
