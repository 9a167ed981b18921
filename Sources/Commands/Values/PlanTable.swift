import Language
import Imaging
import Segmentation
import Tensors
import Workbench

/// What `build model plan=` asks for.
struct PlanRequest: Sendable {
  enum Work: String, CaseIterable, Sendable, ExplainedChoice {
    case training, inference

    var explanation: String {
      self == .training ? "a step, forward and backward, through all heads" : "one forward pass, batch norm folded, the main head alone"
    }
  }

  let work: Work
  let images: Int
  let size: PixelSize
  let precision: ConvolutionAlgorithms.Precision
}

/// A network's plan as a table: how each layer is computed and where its maps lie.
struct PlanTable {
  private let plan: PlanDescription
  private let request: PlanRequest

  init(_ network: Network, _ request: PlanRequest) {
    let shape = MapShape(request.images, request.size.height, request.size.width, 3), isTraining = request.work == .training
    plan = PlanDescription(
      network.graph, sizes: [network.images: shape], outputs: isTraining ? network.outputs : [network.logits], training: isTraining,
      algorithms: (isTraining ? ConvolutionAlgorithms.standard : .inference).with(request.precision))
    self.request = request
  }

  var table: DisplayTable {
    DisplayTable(
      title: "plan of \(request.work.rawValue), \(counted(request.images, "image")) of \(request.size.description)",
      columns: columns.map(\.heading), rows: plan.layers.map { layer in columns.map { $0.cell(layer) } }, remarks: remarks)
  }

  private typealias Column = (heading: DisplayTable.Column, cell: (PlanDescription.Layer) -> Phrase)

  /// In short words: a transcript is 100 columns wide.
  private var columns: [Column] {
    let always: [Column] = [
      (.init("layer", .left), { "\($0.name)" }), (.init("operation", .left), { "\(PlanTable.short($0.operation))" }),
      (.init("reads"), { PlanTable.words($0.inputs[0]) }), (.init("writes"), { PlanTable.words($0.output) }),
      (.init("MFLOP"), { $0.multiplyAccumulates > 0 ? "\(Number(2 * Double($0.multiplyAccumulates) / 1e6, places: 1, .rounded))" : "" }),
      (.init("forward", .left), { "\($0.methods?.forward ?? "")" }),
    ]
    let value: Column = (.init("value at"), { PlanTable.mebibytes($0.value) })
    guard plan.training else { return always + [value] }
    return always + [
      (.init("data gradient", .left), { layer in
        layer.propagates ? layer.worksInPlace ? "in place" : "\(layer.methods?.inputGradient ?? "")" : "not wanted"
      }),
      (.init("weights", .left), { "\($0.methods?.weightGradient ?? "")" }),
      value, (.init("gradient at"), { $0.gradient.map { PlanTable.mebibytes($0) } ?? "" }),
    ]
  }

  private var remarks: [Phrase] {
    let flops = plan.layers.reduce(0) { $0 + 2 * $1.multiplyAccumulates } * (plan.training ? 3 : 1)
    return [
      "reads, writes: width x height x channels of one image; a bare 3x3 is a convolution; s2: of stride 2",
      "value at, gradient at: MiB from the beginning of the arena",
      "arithmetic: \(Number(Double(flops) / 1e9, places: 2, .rounded)) GFLOP\(plan.training ? ", forward and both gradients" : "")",
      "arena: \(PlanTable.mebibytes(plan.arenaBytes)) MiB; \(PlanTable.mebibytes(plan.bytesWithoutLifetimes)) MiB if no two maps shared memory",
      "what layers leave for later: \(PlanTable.mebibytes(plan.stateBytes)) MiB",
      plan.training
        ? "packed weights: packed again in each step, \(PlanTable.mebibytes(plan.packedBytes)) MiB at most at once"
        : "packed weights: \(PlanTable.mebibytes(plan.packedBytes)) MiB, kept",
    ]
  }

  /// Width x height x channels, for each image.
  private static func words(_ shape: MapShape) -> Phrase { "\(shape.width)x\(shape.height)x\(shape.channels)" }

  private static func short(_ operation: String) -> String {
    operation.replacing("convolution ", with: "").replacing("batch norm", with: "norm").replacing(" stride ", with: " s")
  }

  private static func mebibytes(_ bytes: Int) -> Phrase { "\(Number(Double(bytes) / 1_048_576, places: 2))" }
}
