import Tensors

/// BiSeNet: Yu et al., *BiSeNet*, ECCV 2018, here with STDCNet813 (Fan et al., CVPR 2021) as the seed paper has it, or with ResNet-18 as
/// BiSeNet's authors have it.
///
/// A spatial path keeps detail at stride 8; a context path sees far through the backbone and comes back up to stride 8; a feature
/// fusion module joins them. Two auxiliary heads on the context path are for training only. Logits are at strides 8, 8 and 16 and
/// are upsampled to the image by whoever reads them.
public enum BiSeNet: Architecture {
  public static let name = "bisenet"

  /// Where the detail comes from.
  public enum SpatialPath: String, Sendable, CaseIterable {
    /// Three convolutions of stride 2 of its own, as the paper's section 3.1 has it.
    case path
    /// The backbone's own map at stride 8, as the code of STDC's authors has it.
    case stdc
  }

  public static let options = [
    NetworkOption("backbone", usual: BackboneName.stdc813), NetworkOption("spatial", usual: SpatialPath.path), NetworkOption("width", usual: NetworkWidth.full),
  ]

  public static func network(_ options: [String: String], classes: Int) throws -> Network {
    guard let path = options["spatial"].flatMap(SpatialPath.init), let width = options["width"].flatMap(NetworkWidth.init),
      let backbone = options["backbone"].flatMap(BackboneName.init)
    else { preconditionFailure("each option has one of its values") }
    guard path == .path || backbone == .stdc813 else {
      throw UnknownForm(option: "spatial", "spatial \(path.rawValue) takes the detail from STDC's map at stride 8, and \(backbone.rawValue) has none")
    }
    return network(spatialPath: path, backbone: backbone, width: width, classes: classes)
  }

  public static func network(
    spatialPath: SpatialPath = .path, backbone: BackboneName = .stdc813, width: NetworkWidth = .full, classes: Int = 19
  ) -> Network {
    var builder = NetworkBuilder(.kaimingIncoming(slope: 1))
    let images = builder.input("images", channels: 3)
    let context = ContextPath(images, on: backbone, width: width, in: &builder)
    var detail = context.backbone.stride8
    if spatialPath == .path {
      let mark = builder.mark
      detail = BiSeNet.spatialPath(images, width: width, in: &builder)
      builder.stage("spatial path", since: mark, output: detail)
    }
    var mark = builder.mark
    let fused = BiSeNet.fusion(detail, context.stride8, width: width, in: &builder)
    builder.stage("feature fusion", since: mark, output: fused)
    mark = builder.mark
    let logits = BiSeNet.head(fused, "conv_out", between: width.of(256), classes: classes, in: &builder)
    builder.stage("output", since: mark, output: logits)
    mark = builder.mark
    let logits16 = BiSeNet.head(context.stride8, "conv_out16", between: width.of(64), classes: classes, in: &builder)
    let logits32 = BiSeNet.head(context.stride16, "conv_out32", between: width.of(64), classes: classes, in: &builder)
    builder.stage("auxiliary outputs, training only", since: mark, output: logits16)

    // The spatial path is listed first, as it reads the image.
    let detailStages = builder.stages.filter { $0.output == detail && spatialPath == .path }
    return Network(
      NetworkForm(name, ["backbone": backbone.rawValue, "spatial": spatialPath.rawValue, "width": width.rawValue]), width: width, classes: classes,
      images: images,
      heads: [
        Network.Head(name: "conv_out", logits: logits, stride: 8, role: .main),
        Network.Head(name: "conv_out16", logits: logits16, stride: 8, role: .auxiliary),
        Network.Head(name: "conv_out32", logits: logits32, stride: 16, role: .auxiliary),
      ],
      stages: detailStages + builder.stages.filter { stage in !detailStages.contains { $0.output == stage.output } },
      // STDC's authors add heads that learn outlines.
      publishedNames: PublishedNames(
        backbone.backbone.publishedNames, under: ContextPath.backbone, outlines: ["conv_out_sp2", "conv_out_sp4", "conv_out_sp8", "conv_out_sp16"],
        keySpaces: backbone.backbone.keySpaces + keySpaces(backbone)),
      builder)
  }

  /// Stride 8 by three convolutions; 7x7 first, then 3x3, and 1x1 to the width of the context path.
  private static func spatialPath(_ images: NodeID, width: NetworkWidth, in builder: inout NetworkBuilder) -> NodeID {
    var x = builder.convBNReLU(images, "sp.conv1", to: width.of(64), kernel: 7, stride: 2)
    x = builder.convBNReLU(x, "sp.conv2", to: width.of(64), kernel: 3, stride: 2)
    x = builder.convBNReLU(x, "sp.conv3", to: width.of(64), kernel: 3, stride: 2)
    return builder.convBNReLU(x, "sp.conv_out", to: width.of(128), kernel: 1)
  }

  /// Feature fusion module: joined and mixed by a 1x1 convolution, then each channel weighted by what the whole image holds, with a
  /// residual connection.
  private static func fusion(_ detail: NodeID, _ context: NodeID, width: NetworkWidth, in builder: inout NetworkBuilder) -> NodeID {
    let joined = builder.concatenate([detail, context], named: "ffm")
    let mixed = builder.convBNReLU(joined, "ffm.convblk", to: width.of(256), kernel: 1)
    var weight = builder.add(GlobalAveragePool(), mixed, named: "ffm.pool")
    weight = builder.convolution(weight, "ffm.conv1", to: width.of(64), kernel: 1)
    weight = builder.add(LeakyReLU(), weight, named: "ffm.relu")
    weight = builder.convolution(weight, "ffm.conv2", to: width.of(256), kernel: 1)
    weight = builder.add(Sigmoid(), weight, named: "ffm.sigmoid")
    return builder.add(Gate(residual: true), mixed, weight, named: "ffm.out")
  }

  private static func head(_ x: NodeID, _ name: String, between: Int, classes: Int, in builder: inout NetworkBuilder) -> NodeID {
    builder.convolution(builder.convBNReLU(x, "\(name).conv", to: between, kernel: 3), "\(name).conv_out", to: classes, kernel: 1)
  }
}
