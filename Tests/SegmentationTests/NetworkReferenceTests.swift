import Segmentation
import Tensors
import TestSupport
import Testing

/// Whole networks against PyTorch's float64 run: in evaluation and in training mode, with the gradient of every parameter.
@Suite struct NetworkReferenceTests {
  static let names = Fixture.names(beginning: "network-")

  /// The first batch of a fixture, and the network that it describes.
  struct Setup {
    let fixture: Fixture
    let network: Network
    let parameters: Parameters
    let size: MapShape
    let images: [Float]
    let labels: [UInt8]

    init(_ name: String) throws {
      fixture = try Fixture.named(name)
      let settings = fixture.settings
      network = BiSeNet.network(
        spatialPath: try #require(settings.form.flatMap(BiSeNet.SpatialPath.init)),
        backbone: try #require(BackboneName(rawValue: settings.backbone ?? "stdc813")), width: settings.width == 1 ? .full : .quarter)
      parameters = Parameters(Weights(layout: network.layout) { Formula.parameter($0.name, shape: $0.shape) })
      let batch = settings.batch!, height = settings.size![0], width = settings.size![1]
      size = MapShape(batch, height, width, 3)
      images = Array(fixture.input(settings.images!).values.prefix(size.count))
      let all = Formula.labels("labels", images: settings.steps! * batch, height: height, width: width)
      labels = Array(all.prefix(size.pixels))
    }

    func check(_ key: String, _ actual: [Float], floor: Double = 3e-6) throws {
      let truth = try #require(fixture.tensors[key], "\(key)")
      let error = truth.error(of: actual), bound = truth.bound(floor: floor)
      #expect(error <= bound, "\(fixture.name) \(key): \(error), allowed \(bound)")
    }
  }

  @Test func thereAreFixtures() { #expect(Self.names.count >= 4) }

  @Test(arguments: names) func evaluates(_ name: String) throws {
    let setup = try Setup(name), network = setup.network
    let layers = [
      "context8": "cp.conv_head16.bn", "context16": "cp.conv_head32.bn", "fused": "ffm.out", "out": "conv_out.conv_out",
    ]
    var nodes = layers.mapValues { network.graph.node(named: $0)! }
    for stride in [8, 16, 32] { nodes["stride\(stride)"] = try #require(network.stages.first { $0.title == "backbone to stride \(stride)" }).output }
    let plan = Plan(network.graph, sizes: [network.images: setup.size], outputs: Array(nodes.values), training: false)
    plan.value(network.images).set(setup.images)
    plan.forward(setup.parameters)
    for (key, node) in nodes { try setup.check("eval.\(key)", plan.value(node).tensor.values) }
    let classes = UpsampledSoftmax.classes(plan.value(network.logits), height: setup.size.height, width: setup.size.width)
    let truth = try #require(setup.fixture.tensors["eval.classes"])
    let equal = zip(truth.indices, truth.values).count { Double(classes[$0]) == $1 }
    #expect(equal == truth.indices.count)
  }

  @Test(arguments: names) func trains(_ name: String) throws {
    let setup = try Setup(name), network = setup.network, parameters = setup.parameters
    let plan = Plan(network.graph, sizes: [network.images: setup.size], outputs: network.outputs, training: true)
    plan.value(network.images).set(setup.images)
    plan.forward(parameters)
    for (head, key) in zip(network.outputs, ["out", "out16", "out32"]) {
      try setup.check("train.\(key)", plan.value(head).tensor.values)
      let loss = UpsampledCrossEntropy.evaluate(
        plan.value(head), labels: setup.labels, height: setup.size.height, width: setup.size.width, gradient: plan.gradient(head))
      let truth = try #require(setup.fixture.scalars["train.loss.\(key)"])
      #expect(abs(loss.mean - truth) <= 2e-6 * truth, "\(loss.mean) for \(truth)")
      try setup.check("train.\(key).gradient", plan.gradient(head).tensor.values)
    }
    plan.backward(parameters, from: network.outputs)
    let after = Weights(layout: network.layout, trained: parameters.gradients.array, statistics: parameters.statistics.array)
    for entry in network.layout.entries {
      try setup.check((entry.kind.isTrained ? "gradient." : "statistics.") + entry.name, after.tensor(entry).values, floor: 2e-5)
    }
  }
}
