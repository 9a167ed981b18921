import Segmentation
import Tensors
import Testing

/// Published files, by their names and shapes, against the networks here.
@Suite struct WeightsMatchTests {
  struct Published: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let keys: [(name: String, shape: [Int])]
    var network = "stdc"
    var owner: String?
    var stripped: [String] = []
    /// How many parameters the file has for the network; all of them by default.
    var taken: Int?
    var left: [PublishedNames.Reason: Int] = [:]
    /// A name in the file, and the parameter that it is.
    let pair: (String, String)
    /// First words of what the file lacks.
    var missing: Set<String> = []
  }

  private static let backbone = 145

  static let files = [
    Published(
      testDescription: "STDCNet813M_73.91.tar", keys: PublishedKeys.stdcNet().keys, taken: backbone, left: [.repeated: 145, .classifier: 11, .counter: 60],
      pair: ("features.2.avd_layer.1.bias", "cp.backbone.features.2.avd_layer.1.bias"), missing: ["cp.arm16", "cp.arm32", "cp.conv_head32", "cp.conv_head16", "cp.conv_avg", "ffm", "conv_out", "conv_out16", "conv_out32"]),
    Published(
      testDescription: "model_maxmIOU75.pth", keys: PublishedKeys.stdcSeg.keys, left: [.repeated: 145, .classifier: 11, .outline: 12, .counter: 73],
      pair: ("cp.arm32.bn_atten.running_var", "cp.arm32.bn_atten.running_var")),
    Published(
      testDescription: "the same in data-parallel training, in a wrapper", keys: PublishedKeys.stdcSeg.keys.map { ("module.net.\($0.name)", $0.shape) }, stripped: ["module.", "net."],
      left: [.repeated: 145, .classifier: 11, .outline: 12, .counter: 73], pair: ("module.net.ffm.conv1.weight", "ffm.conv1.weight")),
    Published(
      testDescription: "a backbone in a wrapper", keys: PublishedKeys.stdcNet(under: "encoder.").keys, stripped: ["encoder."], taken: backbone, left: [.repeated: 145, .classifier: 11, .counter: 60],
      pair: ("encoder.features.0.conv.weight", "cp.backbone.features.0.conv.weight"), missing: ["cp.arm16", "cp.arm32", "cp.conv_head32", "cp.conv_head16", "cp.conv_avg", "ffm", "conv_out", "conv_out16", "conv_out32"]),
    Published(
      testDescription: "stdc1_20220308-5368626c.pth", keys: PublishedKeys.mmseg().keys, owner: "mmsegmentation", taken: backbone, left: [.counter: 29],
      pair: ("stages.3.0.downsample.bn.weight", "cp.backbone.features.4.avd_layer.1.weight"), missing: ["cp.arm16", "cp.arm32", "cp.conv_head32", "cp.conv_head16", "cp.conv_avg", "ffm", "conv_out", "conv_out16", "conv_out32"]),
    Published(
      testDescription: "mmsegmentation's backbone, by its first converter", keys: PublishedKeys.mmseg(isFirst: true).keys, owner: "mmsegmentation", taken: backbone, left: [.classifier: 5, .counter: 30],
      pair: ("stages.4.1.layers.3.conv.weight", "cp.backbone.features.7.conv_list.3.conv.weight"), missing: ["cp.arm16", "cp.arm32", "cp.conv_head32", "cp.conv_head16", "cp.conv_avg", "ffm", "conv_out", "conv_out16", "conv_out32"]),
    Published(
      testDescription: "mmsegmentation's trained STDC", keys: PublishedKeys.mmsegTrained().keys, owner: "mmsegmentation", left: [.outline: 8, .bias: 3, .counter: 41],
      pair: ("backbone.arms.0.atten_conv_layer.1.bn.bias", "cp.arm32.bn_atten.bias")),
    Published(
      testDescription: "mmsegmentation's trained STDC, in its first form", keys: PublishedKeys.mmsegTrained(isFirst: true).keys, owner: "mmsegmentation before its 0.23",
      left: [.outline: 8, .bias: 3, .classifier: 5, .counter: 42], pair: ("backbone.convs.0.conv.weight", "cp.conv_head16.conv.weight")),
    Published(
      testDescription: "resnet18-f37072fd.pth", keys: PublishedKeys.resNet18().keys, network: "resnet18", taken: 100, left: [.classifier: 2, .counter: 20],
      pair: ("layer2.0.downsample.1.running_mean", "cp.backbone.layer2.0.downsample.1.running_mean"),
      missing: ["cp.arm16", "cp.arm32", "cp.conv_head32", "cp.conv_head16", "cp.conv_avg", "sp", "ffm", "conv_out", "conv_out16", "conv_out32"]),
    Published(
      testDescription: "CoinCheung's BiSeNet v1 of before 2020", keys: PublishedKeys.coinCheung(isNew: false).keys, network: "resnet18", owner: "CoinCheung's BiSeNet", left: [.counter: 35],
      pair: ("cp.resnet.layer4.1.conv2.weight", "cp.backbone.layer4.1.conv2.weight")),
    Published(
      testDescription: "model_final_v1_city_new.pth", keys: PublishedKeys.coinCheung(isNew: true).keys, network: "resnet18", owner: "CoinCheung's BiSeNet",
      taken: 178, left: [.counter: 36, .attention: 5, .bias: 3], pair: ("sp.conv_out.bn.bias", "sp.conv_out.bn.bias"), missing: ["ffm"]),
  ]

  @Test(arguments: files) func publishedFilesAreTaken(_ file: Published) throws {
    let network = file.network == "stdc" ? BiSeNet.network(spatialPath: .stdc) : BiSeNet.network(backbone: try #require(BackboneName(rawValue: file.network)))
    let match = WeightsMatch(file.keys.map { .init($0.name, $0.shape) }, for: network)
    #expect(match.pairs.filter { !$0.fits }.isEmpty)
    #expect(match.pairs.count == file.taken ?? network.layout.entries.count)
    #expect(match.left.mapValues(\.count) == file.left)
    #expect(match.unexpected == [] && match.clashing.isEmpty && match.rivals == [])
    #expect(match.owner == file.owner)
    #expect((match.difference != nil) == (file.owner == "CoinCheung's BiSeNet"))
    #expect(match.stripped == file.stripped)
    #expect(match.pairs.first { $0.inFile == file.pair.0 }?.entry.name == file.pair.1)
    let missing = match.missing.map { entry in entry.name.split(separator: ".").prefix(entry.name.hasPrefix("cp.") ? 2 : 1).joined(separator: ".") }
    #expect(Set(missing) == file.missing)
  }

  /// Each parameter of another project's file is another parameter here, and none is the one that its neighbour is.
  @Test func armsAreToldByTheirShapes() {
    for isFirst in [false, true] {
      let match = WeightsMatch(PublishedKeys.mmsegTrained(isFirst: isFirst).keys.map { .init($0.name, $0.shape) }, for: BiSeNet.network(spatialPath: .stdc))
      #expect(Set(match.pairs.map(\.entry.name)).count == match.pairs.count)
      let arm = match.pairs.first { $0.entry.name == "cp.arm32.conv.conv.weight" }
      #expect(arm?.inFile.hasPrefix("backbone.arms.\(isFirst ? 1 : 0).") == true)
    }
  }

  @Test func aNetworkThatIsThereTwiceIsSeen() {
    let keys = PublishedKeys.stdcNet().keys, network = BiSeNet.network(spatialPath: .stdc)
    let match = WeightsMatch(["student.", "teacher."].flatMap { prefix in keys.map { .init(prefix + $0.name, $0.shape) } }, for: network)
    #expect(match.stripped == ["student."] && match.rivals == ["teacher"])
  }

  @Test func otherShapesAndNamesAreSeen() {
    let network = BiSeNet.network(spatialPath: .stdc, width: .eighth)
    let match = WeightsMatch([.init("ffm.conv1.weight", [8, 32, 1, 1]), .init("ffm.conv2.weight", [9, 9]), .init("ffm.conv3.weight", [1])], for: network)
    #expect(match.pairs.map(\.fits) == [true, false])
    #expect(match.unexpected == ["ffm.conv3.weight"])
    #expect(match.missing.count == network.layout.entries.count - 2)
  }
}
