import Tensors

/// ResNet-18: He et al., *Deep Residual Learning for Image Recognition*, CVPR 2016, table 1, as torchvision has it; the backbone of BiSeNet's
/// own paper.
///
/// A 7x7 convolution and max pooling to stride 4, then four stages of two blocks each, of 64 to 512 channels. A block adds what two 3x3
/// convolutions make of its input to the input; where the stride or the width changes, a 1x1 convolution of the input takes its place.
enum ResNet18: Backbone {
  static let name = "resnet18"
  static let publishedNames = PublishedNames.Backbone(roots: ["conv1", "bn1", "layer1", "layer2", "layer3", "layer4"], classifier: ["fc"])

  static func features(_ images: NodeID, _ prefix: String, width: NetworkWidth, in builder: inout NetworkBuilder) -> BackboneFeatures {
    var mark = builder.mark
    var x = builder.convolution(images, "\(prefix).conv1", to: width.of(64), kernel: 7, stride: 2)
    x = builder.batchNorm(x, "\(prefix).bn1", relu: true)
    x = builder.add(MaxPool(kernel: 3, stride: 2, padding: 1), x, named: "\(prefix).maxpool")
    var ends: [NodeID] = []
    for (index, channels) in [64, 128, 256, 512].enumerated() {
      let layer = "\(prefix).layer\(index + 1)"
      x = block(x, "\(layer).0", to: width.of(channels), stride: index == 0 ? 1 : 2, in: &builder)
      x = block(x, "\(layer).1", to: width.of(channels), stride: 1, in: &builder)
      builder.stage("backbone to stride \(4 << index)", since: mark, output: x)
      mark = builder.mark
      ends.append(x)
    }
    return BackboneFeatures(stride8: ends[1], stride16: ends[2], stride32: ends[3])
  }

  private static func block(_ x: NodeID, _ name: String, to channels: Int, stride: Int, in builder: inout NetworkBuilder) -> NodeID {
    var y = builder.convolution(x, "\(name).conv1", to: channels, kernel: 3, stride: stride)
    y = builder.batchNorm(y, "\(name).bn1", relu: true)
    y = builder.convolution(y, "\(name).conv2", to: channels, kernel: 3)
    y = builder.batchNorm(y, "\(name).bn2", relu: false)
    var kept = x
    if stride != 1 || builder.channels(of: x) != channels {
      kept = builder.convolution(x, "\(name).downsample.0", to: channels, kernel: 1, stride: stride)
      kept = builder.batchNorm(kept, "\(name).downsample.1", relu: false)
    }
    return builder.add(LeakyReLU(), builder.add(Sum(), y, kept, named: "\(name).sum"), named: name)
  }
}
