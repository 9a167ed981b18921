import Segmentation
import Testing

@Suite struct PublishedNamesTests {
  @Test(arguments: [
    ("features.0.conv.weight", .parameter("cp.backbone.features.0.conv.weight")),
    ("module.features.2.avd_layer.1.running_var", .parameter("cp.backbone.features.2.avd_layer.1.running_var")),
    ("module.module.cp.backbone.features.7.conv_list.3.bn.bias", .parameter("cp.backbone.features.7.conv_list.3.bn.bias")),
    ("cp.arm16.conv.bn.weight", .parameter("cp.arm16.conv.bn.weight")),
    ("cp.arm32.bn_atten.running_mean", .parameter("cp.arm32.bn_atten.running_mean")),
    ("ffm.convblk.bn.weight", .parameter("ffm.convblk.bn.weight")),
    ("conv_out16.conv_out.weight", .parameter("conv_out16.conv_out.weight")),
    ("sp.conv1.conv.weight", .parameter("sp.conv1.conv.weight")),
    ("classifier.bias", .parameter("classifier.bias")),
    ("features.0.bn.num_batches_tracked", .left(.counter)),
    ("cp.arm16.bn_atten.num_batches_tracked", .left(.counter)),
    ("x2.0.0.conv.weight", .left(.repeated)),
    ("x32.7.conv_list.0.bn.weight", .left(.repeated)),
    ("module.cp.backbone.x16.4.avd_layer.0.weight", .left(.repeated)),
    ("conv_last.conv.weight", .left(.classifier)),
    ("fc.weight", .left(.classifier)),
    ("bn.running_mean", .left(.classifier)),
    ("module.linear.weight", .left(.classifier)),
    ("cp.backbone.conv_last.bn.bias", .left(.classifier)),
    ("conv_out_sp8.conv_out.weight", .left(.outline)),
  ] as [(String, PublishedNames.Name)])
  func namesAreRecognised(_ name: String, _ expected: PublishedNames.Name) {
    #expect(BiSeNet.network().publishedNames[name] == expected)
  }

  @Test func selectionKeepsOrderAndReportsTheRest() {
    let selection = PublishedSelection([
      "features.0.conv.weight", "features.0.bn.num_batches_tracked", "x2.0.0.conv.weight", "fc.weight", "module.features.0.conv.weight",
      "ffm.conv1.weight",
    ], by: BiSeNet.network().publishedNames)
    #expect(selection.taken.map(\.name) == ["cp.backbone.features.0.conv.weight", "ffm.conv1.weight"])
    #expect(selection.taken.map(\.inFile) == ["features.0.conv.weight", "ffm.conv1.weight"])
    #expect(selection.left == [.counter: ["features.0.bn.num_batches_tracked"], .repeated: ["x2.0.0.conv.weight"], .classifier: ["fc.weight"]])
    #expect(selection.clashing == ["module.features.0.conv.weight"])
  }
}
