extension BiSeNet {
  /// How other projects name this network, on this backbone.
  static func keySpaces(_ backbone: BackboneName) -> [KeySpace] {
    switch backbone.rawValue {
    case STDC813.name: [mmsegmentation(arms: ["32", "16"], owner: "mmsegmentation"), mmsegmentation(arms: ["16", "32"], owner: "mmsegmentation before its 0.23")]
    case ResNet18.name: [coinCheung]
    default: []
    }
  }

  /// mmsegmentation's trained STDC: mmseg/models/backbones/stdc.py, configs/_base_/models/stdc.py. Its classifiers have a bias, which those
  /// here do not.
  ///
  /// - Parameter arms: the strides of its two arms. The first version of its code began with the finer one, and named their layers otherwise.
  private static func mmsegmentation(arms: [String], owner: String) -> KeySpace {
    let features = STDC813.stagesOfMMSegmentation.enumerated().map { ("backbone.backbone.stages.\($1)", "cp.backbone.features.\($0)") }
    let paths = arms.enumerated().flatMap { [("arms.\($0)", "cp.arm\($1)"), ("convs.\($0)", "cp.conv_head\($1)")] }
    let others = [
      ("conv_avg", "cp.conv_avg"), ("ffm.conv0", "ffm.convblk"), ("ffm.attention.1.conv", "ffm.conv1"), ("ffm.attention.2.conv", "ffm.conv2"), ("ffm.conv1.conv", "ffm.conv1"),
      ("ffm.conv2.conv", "ffm.conv2"),
    ]
    let heads = [("decode_head", "conv_out"), ("auxiliary_head.0", "conv_out16"), ("auxiliary_head.1", "conv_out32")]
    return KeySpace(
      owner: owner,
      starts: features + (paths + others).map { ("backbone.\($0)", $1) } + heads.flatMap { [("\($0).convs.0", "\($1).conv"), ("\($0).conv_seg", "\($1).conv_out")] },
      within: STDC813.layersOfMMSegmentation + [
        ("conv_layer", "conv"), ("atten_conv_layer.1.conv", "conv_atten"), ("atten_conv_layer.1.bn", "bn_atten"), ("conv_attn.conv", "conv_atten"), ("conv_attn.bn", "bn_atten"),
      ],
      left: heads.map { ("\($0.0).conv_seg.bias", .bias) } + [("auxiliary_head.2", .outline), ("backbone.backbone.final_conv", .classifier)])
  }

  /// CoinCheung's BiSeNet v1: lib/models/bisenetv1.py. The backbone, both paths, the attention refinement and the heads' layers are the same.
  /// Since 2020 its feature fusion has an attention of one layer in place of two, and its classifiers have a bias.
  private static let coinCheung = KeySpace(
    owner: "CoinCheung's BiSeNet",
    difference: "images are normalised by the mean .3257, .3690, .3223 and the deviation .2112, .2148, .2115, and logits are upsampled without aligned corners since 2020",
    starts: [("cp.resnet", "cp.backbone")],
    left: [("ffm.conv", .attention), ("ffm.bn", .attention)] + ["conv_out", "conv_out16", "conv_out32"].map { ("\($0).conv_out.bias", .bias) })
}
