import Tensors

/// STDCNet813, the backbone: Fan et al., *Rethinking BiSeNet for Real-time Semantic Segmentation*, CVPR 2021, section 3.
///
/// Two plain units to stride 4, then three stages of two blocks each. A block of n channels concatenates features of growing field
/// of view and shrinking width: n/2 from a 1x1 convolution, n/4, n/8 and n/8 from 3x3 convolutions, each reading the one before.
struct STDC {
  /// The maps at strides 8, 16 and 32: 256, 512 and 1024 channels at full width.
  let stride8: NodeID
  let stride16: NodeID
  let stride32: NodeID

  init(_ images: NodeID, _ name: String, width: NetworkWidth, in builder: inout NetworkBuilder) {
    var x = builder.unit(images, "\(name).features.0", to: width.of(32), kernel: 3, step: 2)
    x = builder.unit(x, "\(name).features.1", to: width.of(64), kernel: 3, step: 2)
    var stages: [NodeID] = []
    for (stage, channels) in [256, 512, 1024].enumerated() {
      x = STDC.block(x, "\(name).features.\(2 * stage + 2)", to: width.of(channels), halving: true, in: &builder)
      x = STDC.block(x, "\(name).features.\(2 * stage + 3)", to: width.of(channels), halving: false, in: &builder)
      stages.append(x)
    }
    (stride8, stride16, stride32) = (stages[0], stages[1], stages[2])
  }

  /// One block of short-term dense concatenation. A halving block moves by 2: its first branch by average pooling, the others by
  /// a depthwise convolution behind the first unit.
  static func block(_ x: NodeID, _ name: String, to channels: Int, halving: Bool, in builder: inout NetworkBuilder) -> NodeID {
    let first = builder.unit(x, "\(name).conv_list.0", to: channels / 2, kernel: 1)
    var (kept, next) = (first, first)
    if halving {
      let weights = builder.layout.add("\(name).avd_layer.0.weight", .depthwise, [channels / 2, 1, 3, 3])
      next = builder.add(DepthwiseConvolution(weights, kernel: 3, step: 2, padding: 1), first, named: "\(name).avd_layer.0")
      next = builder.batchNorm(next, "\(name).avd_layer.1", relu: false)
      kept = builder.add(AveragePool(kernel: 3, step: 2, padding: 1), first, named: "\(name).skip")
    }
    let second = builder.unit(next, "\(name).conv_list.1", to: channels / 4, kernel: 3)
    let third = builder.unit(second, "\(name).conv_list.2", to: channels / 8, kernel: 3)
    let fourth = builder.unit(third, "\(name).conv_list.3", to: channels / 8, kernel: 3)
    return builder.concatenate([kept, second, third, fourth], named: name)
  }
}
