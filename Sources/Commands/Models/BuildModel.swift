import Imaging
import Language
import Segmentation
import Tensors
import Workbench

struct BuildModel: Command {
  static let name = "build model"
  static let summary = "Build a network with random weights: BiSeNet on STDCNet813."
  static let category = Category.models
  static let isStored = false
  static let fields: [(name: String, help: String)] = [
    ("backbone", "the weights of its backbone; save NAME.backbone to=FILE.safetensors or .pt"),
    ("layers", "every layer by the name that features takes, with the size of its output"),
  ]
  static let searchTerms = ["verify", "network", "architecture", "bisenet", "stdc", "create", "layers", "parameters", "plan", "memory", "winograd"]
  static let examples = [
    Example("build model", shows: .model), Example("build model bisenet spatial=stdc width=1/4", shows: .model),
    Example("build model plan=inference size=512x256", shows: .model), Example("build model batch=4", fails: "has no effect without plan="),
    Example("build model resnet", fails: "cannot be 'resnet'"),
  ]

  @Choice("the network") var network = ArchitectureName.bisenet
  @Choice("where detail comes from: a path of its own, or the backbone's map at stride 8") var spatial = BiSeNet.SpatialPath.path
  @Choice("what the context path is built on") var backbone = BackboneName.stdc813
  @Choice("share of the published channel counts") var width = NetworkWidth.full
  @Choice(Profile.summary, for: .display) var profile: Profile?
  @Choice("print how each layer is computed, and where in memory it lies", for: .display) var plan: PlanRequest.Work?
  @Setting("width and height of the plan's images; 1024x512", in: 32...8192, for: .display) var size: PixelSize?
  @Setting("images of the plan; 2 in training, 1 otherwise", in: 1...256, for: .display) var batch: Int?
  @Choice("as in train, for a training plan; f32", for: .display) var precision: ConvolutionAlgorithms.Precision?

  static let foundations = Versions.network
  static let reference: String? = "the paper, section 3.1; Fan et al., CVPR 2021 (STDC)"
  static let seeAlso = ["load weights", "train", "features"]

  /// The paper's section 3.1 has three convolutions of their own for detail; its code takes the backbone's map at stride 8.
  var presets: [String: Term] { profile.map { ["spatial": Term(word: ($0 == .paper ? BiSeNet.SpatialPath.path : .stdc).rawValue)] } ?? [:] }

  func explanation(_ context: Context) throws -> [Phrase] {
    let network = try built(), size = PixelSize(1024, 512)
    let weights = network.layout.entries.reduce(0) { $0 + ($1.kind.isTrained ? $1.count : 0) }
    return (profile.map { [$0.words(presets)] } ?? []) + ["\(weights) weights to train, drawn with the seed \(String(context.seed)); \(gigaMACs(NetworkCost(network, of: size).inference)) for an image of \(size.description)"]
  }

  func check(_ context: Context) throws {
    _ = try built()
    if plan == .inference, precision != nil { throw Diagnostic("an inference plan always uses f32", at: $precision, remedy: "write plan=training, or leave precision= out") }
    let settings = [("size", size != nil, $size), ("batch", batch != nil, $batch), ("precision", precision != nil, $precision)]
    guard plan == nil, let (name, _, range) = settings.first(where: \.1) else { return }
    throw Diagnostic("\(name)= has no effect without plan=", at: range, remedy: "weights fit any size; write plan=training or plan=inference too")
  }

  func run(_ context: Context) throws -> ModelValue {
    let network = try built()
    return ModelValue(content: .weights(SegmentationModel(network: network, weights: network.initialWeights(seed: context.seed)), .built))
  }

  /// The network that the options ask for; one that is written and unknown to the architecture is reported where it stands.
  func built() throws -> Network {
    let options = [("spatial", spatial.rawValue, $spatial), ("backbone", backbone.rawValue, $backbone), ("width", width.rawValue, $width)]
    let known = Architectures.named(network.rawValue)?.options.map(\.name) ?? []
    let meant = options.filter { known.contains($0.0) || $0.2 != nil }
    do {
      return try NetworkForm(network.rawValue, Dictionary(uniqueKeysWithValues: meant.map { ($0.0, $0.1) })).network()
    } catch let error as UnknownForm {
      let place = options.first { $0.0 == error.option }
      throw Diagnostic(error.description, at: place?.2 ?? $network, remedy: place.map { "leave \($0.0)= out, or choose another" })
    }
  }

  func presented(_ result: ModelValue, _ context: Context) -> ModelValue {
    var model = result
    model.plan = plan.map { PlanRequest(work: $0, images: batch ?? ($0 == .training ? 2 : 1), size: size ?? PixelSize(1024, 512), precision: precision ?? .float32) }
    return model
  }
}
