import Imaging
import Segmentation
import Tensors
import Workbench

struct BuildModel: Command {
  enum Network: String, CaseIterable, Sendable { case bisenet }
  enum Backbone: String, CaseIterable, Sendable { case stdc813 }

  static let name = "build model"
  static let summary = "Build a network with random weights: BiSeNet on STDCNet813."
  static let category = Category.models
  static let isStored = false
  static let searchTerms = ["network", "architecture", "bisenet", "stdc", "create", "layers", "parameters"]
  static let examples = [
    Example("build model", shows: .model), Example("build model bisenet spatial=stdc width=1/4", shows: .model),
    Example("build model resnet", fails: "cannot be 'resnet'"),
  ]

  @Choice("the network") var network = Network.bisenet
  @Choice("where detail comes from: a path of its own, or the backbone's map at stride 8") var spatial = BiSeNet.SpatialPath.path
  @Choice("what the context path is built on") var backbone = Backbone.stdc813
  @Choice("share of the published channel counts") var width = NetworkWidth.full

  static let foundations = Versions.network
  static let reference: String? = "the paper, section 3.1; Fan et al., CVPR 2021 (STDC)"
  static let seeAlso = ["load weights", "train", "features"]

  func explanation(_ context: Context) throws -> [Phrase] {
    let network = BiSeNet(spatialPath: spatial, width: width), size = PixelSize(1024, 512)
    let weights = network.layout.entries.reduce(0) { $0 + ($1.kind.isTrained ? $1.count : 0) }
    return ["\(weights) weights to train, drawn with the seed \(String(context.seed)); \(gigaMACs(NetworkCost(network, of: size).inference)) for an image of \(size.description)"]
  }

  func run(_ context: Context) throws -> ModelValue {
    let network = BiSeNet(spatialPath: spatial, width: width)
    return ModelValue(content: .weights(SegmentationModel(network: network, weights: network.initialWeights(seed: context.seed)), .built))
  }
}
