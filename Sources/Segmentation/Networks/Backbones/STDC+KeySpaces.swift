extension STDC813 {
  /// The blocks as mmsegmentation numbers them, by stage, in the order of `features`.
  static let stagesOfMMSegmentation = ["0", "1", "2.0", "2.1", "3.0", "3.1", "4.0", "4.1"]
  /// The layers of a block. It has had two names for the depthwise convolution.
  static let layersOfMMSegmentation = [
    ("layers", "conv_list"), ("downsample.conv", "avd_layer.0"), ("downsample.bn", "avd_layer.1"), ("avg_pool.conv", "avd_layer.0"), ("avg_pool.bn", "avd_layer.1"),
  ]

  /// mmsegmentation's file of the backbone alone, `stdc1_20220308-5368626c.pth`: configs/stdc and tools/model_converters/stdc2mmseg.py.
  static let keySpaces = [
    KeySpace(
      owner: "mmsegmentation", starts: stagesOfMMSegmentation.enumerated().map { ("stages.\($1)", "features.\($0)") }, within: layersOfMMSegmentation,
      left: [("final_conv", .classifier)])
  ]
}
