import Tensors

/// BiSeNet's context path: a backbone, a global average for the widest view, and the way back up to stride 8 through attention
/// refinement modules.
struct ContextPath {
  let backbone: BackboneFeatures
  /// 128 channels at full width, after coming up from stride 16 and stride 32.
  let stride8: NodeID
  let stride16: NodeID

  /// How files name the whole network's tensors: the backbone lies here.
  static let backbone = "cp.backbone"

  init(_ images: NodeID, on kind: BackboneName, width: NetworkWidth, in builder: inout NetworkBuilder) {
    let channels = width.of(128)
    // As STDC's code and torchvision's: by what flows out of a convolution; BiSeNet's own layers by what flows in.
    backbone = builder.initialising(.kaimingOutgoing(slope: 0)) { kind.backbone.features(images, Self.backbone, width: width, in: &$0) }
    var mark = builder.mark
    let refined16 = ContextPath.refine(backbone.stride16, "cp.arm16", to: channels, in: &builder)
    let refined32 = ContextPath.refine(backbone.stride32, "cp.arm32", to: channels, in: &builder)
    builder.stage("attention refinement", since: mark, output: refined16)

    mark = builder.mark
    let average = builder.add(GlobalAveragePool(), backbone.stride32, named: "cp.average")
    let tail = builder.convBNReLU(average, "cp.conv_avg", to: channels, kernel: 1)
    let sum32 = builder.add(Sum(), refined32, tail, named: "cp.sum32")
    let up32 = builder.add(NearestUpsample(), sum32, refined16, named: "cp.up32")
    stride16 = builder.convBNReLU(up32, "cp.conv_head32", to: channels, kernel: 3)
    let sum16 = builder.add(Sum(), refined16, stride16, named: "cp.sum16")
    let up16 = builder.add(NearestUpsample(), sum16, backbone.stride8, named: "cp.up16")
    stride8 = builder.convBNReLU(up16, "cp.conv_head16", to: channels, kernel: 3)
    builder.stage("context path, up to stride 8", since: mark, output: stride8)
  }

  /// Attention refinement module: a 3x3 convolution, then each channel weighted by its own global average.
  private static func refine(_ x: NodeID, _ name: String, to channels: Int, in builder: inout NetworkBuilder) -> NodeID {
    let feature = builder.convBNReLU(x, "\(name).conv", to: channels, kernel: 3)
    var attention = builder.add(GlobalAveragePool(), feature, named: "\(name).pool")
    attention = builder.convolution(attention, "\(name).conv_atten", to: channels, kernel: 1)
    attention = builder.batchNorm(attention, "\(name).bn_atten", relu: false)
    attention = builder.add(Sigmoid(), attention, named: "\(name).sigmoid_atten")
    return builder.add(Gate(residual: false), feature, attention, named: name)
  }
}
