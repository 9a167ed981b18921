/// The names and shapes of published checkpoints, as the constructors of their projects give them: torchvision, STDC-Seg, mmsegmentation,
/// CoinCheung's BiSeNet. With batch norms' counters, which have no shape.
struct PublishedKeys {
  private(set) var keys: [(name: String, shape: [Int])] = []

  private mutating func add(_ name: String, _ shape: [Int]) { keys.append((name, shape)) }

  private mutating func norm(_ name: String, _ count: Int) {
    for part in ["weight", "bias", "running_mean", "running_var"] { add("\(name).\(part)", [count]) }
    add("\(name).num_batches_tracked", [])
  }

  private mutating func convolution(_ name: String, _ from: Int, _ to: Int, _ kernel: Int, norm: String = "bn") {
    add("\(name).conv.weight", [to, from, kernel, kernel])
    self.norm("\(name).\(norm)", to)
  }

  // MARK: STDC

  /// STDCNet813's blocks; `block` names the i-th, `layers` its list, `depthwise` its convolution of stride 2 and the norm behind it.
  private mutating func stdc(_ block: (Int) -> String, layers: String, depthwise: (String, String)) {
    convolution(block(0), 3, 32, 3)
    convolution(block(1), 32, 64, 3)
    var from = 64
    for (stage, to) in [256, 512, 1024].enumerated() {
      for index in 0..<2 {
        let name = block(2 + 2 * stage + index)
        convolution("\(name).\(layers).0", from, to / 2, 1)
        for (layer, widths) in [(to / 2, to / 4), (to / 4, to / 8), (to / 8, to / 8)].enumerated() {
          convolution("\(name).\(layers).\(layer + 1)", widths.0, widths.1, 3)
        }
        if index == 0 {
          add("\(name).\(depthwise.0).weight", [to / 2, 1, 3, 3])
          norm("\(name).\(depthwise.1)", to / 2)
        }
        from = to
      }
    }
  }

  /// STDCNet813M_73.91.tar: the backbone, its layers again by stage, and the classifier.
  static func stdcNet(under prefix: String = "") -> PublishedKeys {
    var own = PublishedKeys()
    own.stdc({ "\(prefix)features.\($0)" }, layers: "conv_list", depthwise: ("avd_layer.0", "avd_layer.1"))
    var all = own
    for (name, shape) in own.keys {
      let rest = name.dropFirst(prefix.count + "features.".count), number = Int(rest.prefix { $0 != "." })!
      all.add("\(prefix)x\([2, 4, 8, 8, 16, 16, 32, 32][number]).\(rest)", shape)
    }
    all.convolution("\(prefix)conv_last", 1024, 1024, 1)
    all.add("\(prefix)fc.weight", [1024, 1024])
    all.norm("\(prefix)bn", 1024)
    all.add("\(prefix)linear.weight", [1000, 1024])
    return all
  }

  /// model_maxmIOU75.pth of STDC-Seg: the segmentation network with the heads that learn outlines.
  static var stdcSeg: PublishedKeys {
    var all = stdcNet(under: "cp.backbone.")
    for (name, from) in [("cp.arm16", 512), ("cp.arm32", 1024)] {
      all.convolution("\(name).conv", from, 128, 3)
      all.add("\(name).conv_atten.weight", [128, 128, 1, 1])
      all.norm("\(name).bn_atten", 128)
    }
    for name in ["cp.conv_head32", "cp.conv_head16"] { all.convolution(name, 128, 128, 3) }
    all.convolution("cp.conv_avg", 1024, 128, 1)
    all.convolution("ffm.convblk", 384, 256, 1)
    all.add("ffm.conv1.weight", [64, 256, 1, 1])
    all.add("ffm.conv2.weight", [256, 64, 1, 1])
    for (name, from, between, to) in [("conv_out", 256, 256, 19), ("conv_out16", 128, 64, 19), ("conv_out32", 128, 64, 19), ("conv_out_sp16", 512, 64, 1), ("conv_out_sp8", 256, 64, 1)] {
      all.convolution("\(name).conv", from, between, 3)
      all.add("\(name).conv_out.weight", [to, between, 1, 1])
    }
    return all
  }

  private static let stages = ["0", "1", "2.0", "2.1", "3.0", "3.1", "4.0", "4.1"]

  /// mmsegmentation's backbone alone; `isFirst` for the names of its converter's first version.
  static func mmseg(under prefix: String = "", isFirst: Bool = false) -> PublishedKeys {
    var all = PublishedKeys(), between = isFirst ? "avg_pool" : "downsample"
    between = "\(between)."
    all.stdc({ "\(prefix)stages.\(stages[$0])" }, layers: "layers", depthwise: (between + "conv", between + "bn"))
    if isFirst { all.convolution("\(prefix)final_conv", 1024, 1024, 1) }
    return all
  }

  /// mmsegmentation's trained STDC.
  static func mmsegTrained(isFirst: Bool = false) -> PublishedKeys {
    var all = mmseg(under: "backbone.backbone.", isFirst: isFirst)
    let inputs = isFirst ? [512, 1024] : [1024, 512]
    for (index, from) in inputs.enumerated() {
      all.convolution("backbone.arms.\(index).\(isFirst ? "conv" : "conv_layer")", from, 128, 3)
      all.convolution("backbone.arms.\(index).\(isFirst ? "conv_attn" : "atten_conv_layer.1")", 128, 128, 1)
      all.convolution("backbone.convs.\(index)", 128, 128, 3)
    }
    all.convolution("backbone.conv_avg", 1024, 128, 1)
    all.convolution("backbone.ffm.conv0", 384, 256, 1)
    all.add("backbone.ffm.\(isFirst ? "conv1" : "attention.1").conv.weight", [64, 256, 1, 1])
    all.add("backbone.ffm.\(isFirst ? "conv2" : "attention.2").conv.weight", [256, 64, 1, 1])
    for (name, from, between, to) in [("decode_head", 256, 256, 19), ("auxiliary_head.0", 128, 64, 19), ("auxiliary_head.1", 128, 64, 19), ("auxiliary_head.2", 256, 64, 2)] {
      all.add("\(name).conv_seg.weight", [to, between, 1, 1])
      all.add("\(name).conv_seg.bias", [to])
      all.convolution("\(name).convs.0", from, between, 3)
    }
    all.add("auxiliary_head.2.fusion_kernel", [1, 3, 1, 1])
    return all
  }

  // MARK: ResNet-18

  /// torchvision's file.
  static func resNet18(under prefix: String = "", classifier: Bool = true) -> PublishedKeys {
    var all = PublishedKeys()
    all.add("\(prefix)conv1.weight", [64, 3, 7, 7])
    all.norm("\(prefix)bn1", 64)
    var from = 64
    for (stage, to) in [64, 128, 256, 512].enumerated() {
      for index in 0..<2 {
        let name = "\(prefix)layer\(stage + 1).\(index)"
        for (number, inputs) in [(1, from), (2, to)] {
          all.add("\(name).conv\(number).weight", [to, inputs, 3, 3])
          all.norm("\(name).bn\(number)", to)
        }
        if index == 0, stage > 0 {
          all.add("\(name).downsample.0.weight", [to, from, 1, 1])
          all.norm("\(name).downsample.1", to)
        }
        from = to
      }
    }
    if classifier {
      all.add("\(prefix)fc.weight", [1000, 512])
      all.add("\(prefix)fc.bias", [1000])
    }
    return all
  }

  /// CoinCheung's BiSeNet v1; `isNew` since its feature fusion has one layer and its classifiers a bias.
  static func coinCheung(isNew: Bool) -> PublishedKeys {
    var all = resNet18(under: "cp.resnet.", classifier: false)
    for (name, from) in [("cp.arm16", 256), ("cp.arm32", 512)] {
      all.convolution("\(name).conv", from, 128, 3)
      all.add("\(name).conv_atten.weight", [128, 128, 1, 1])
      all.norm("\(name).bn_atten", 128)
    }
    for name in ["cp.conv_head32", "cp.conv_head16"] { all.convolution(name, 128, 128, 3) }
    all.convolution("cp.conv_avg", 512, 128, 1)
    for (name, from, to, kernel) in [("sp.conv1", 3, 64, 7), ("sp.conv2", 64, 64, 3), ("sp.conv3", 64, 64, 3), ("sp.conv_out", 64, 128, 1)] { all.convolution(name, from, to, kernel) }
    all.convolution("ffm.convblk", 256, 256, 1)
    if isNew {
      all.add("ffm.conv.weight", [256, 256, 1, 1])
      all.norm("ffm.bn", 256)
    } else {
      all.add("ffm.conv1.weight", [64, 256, 1, 1])
      all.add("ffm.conv2.weight", [256, 64, 1, 1])
    }
    for (name, from, between) in [("conv_out", 256, 256), ("conv_out16", 128, 64), ("conv_out32", 128, 64)] {
      all.convolution("\(name).conv", from, between, 3)
      all.add("\(name).conv_out.weight", [19, between, 1, 1])
      if isNew { all.add("\(name).conv_out.bias", [19]) }
    }
    return all
  }
}
