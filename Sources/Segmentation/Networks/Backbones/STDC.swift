import Tensors

/// STDCNet813: Fan et al., *Rethinking BiSeNet for Real-time Semantic Segmentation*, CVPR 2021, section 3.
///
/// Two plain convolutions to stride 4, then three stages of two blocks each. A block of n channels concatenates features of growing field
/// of view and shrinking width: n/2 from a 1x1 convolution, n/4, n/8 and n/8 from 3x3 convolutions, each reading the one before.
enum STDC813: Backbone {
  static let name = "stdc813"

  /// A saved STDC names its layers a second time by the stage they end.
  static let publishedNames = PublishedNames.Backbone(
    roots: ["features"], repeated: ["x2", "x4", "x8", "x16", "x32"], classifier: ["conv_last", "fc", "bn", "linear"])

  static func features(_ images: NodeID, _ prefix: String, width: NetworkWidth, in builder: inout NetworkBuilder) -> BackboneFeatures {
    var mark = builder.mark
    var x = builder.convBNReLU(images, "\(prefix).features.0", to: width.of(32), kernel: 3, stride: 2)
    x = builder.convBNReLU(x, "\(prefix).features.1", to: width.of(64), kernel: 3, stride: 2)
    builder.stage("backbone to stride 4", since: mark, output: x)
    var ends: [NodeID] = []
    for (stage, channels) in [256, 512, 1024].enumerated() {
      mark = builder.mark
      x = block(x, "\(prefix).features.\(2 * stage + 2)", to: width.of(channels), halving: true, in: &builder)
      x = block(x, "\(prefix).features.\(2 * stage + 3)", to: width.of(channels), halving: false, in: &builder)
      builder.stage("backbone to stride \(8 << stage)", since: mark, output: x)
      ends.append(x)
    }
    return BackboneFeatures(stride8: ends[0], stride16: ends[1], stride32: ends[2])
  }

  /// One block of short-term dense concatenation. A halving block has stride 2: its first branch by average pooling, the others by
  /// a depthwise convolution after the first one.
  private static func block(_ x: NodeID, _ name: String, to channels: Int, halving: Bool, in builder: inout NetworkBuilder) -> NodeID {
    let first = builder.convBNReLU(x, "\(name).conv_list.0", to: channels / 2, kernel: 1)
    var (kept, next) = (first, first)
    if halving {
      next = builder.batchNorm(builder.depthwise(first, "\(name).avd_layer.0", kernel: 3, stride: 2), "\(name).avd_layer.1", relu: false)
      kept = builder.add(AveragePool(kernel: 3, stride: 2, padding: 1), first, named: "\(name).skip")
    }
    let second = builder.convBNReLU(next, "\(name).conv_list.1", to: channels / 4, kernel: 3)
    let third = builder.convBNReLU(second, "\(name).conv_list.2", to: channels / 8, kernel: 3)
    let fourth = builder.convBNReLU(third, "\(name).conv_list.3", to: channels / 8, kernel: 3)
    return builder.concatenate([kept, second, third, fourth], named: name)
  }
}
