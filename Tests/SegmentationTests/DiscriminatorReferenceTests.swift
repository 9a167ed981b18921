import Segmentation
import Tensors
import TestSupport
import Testing

/// The discriminator alone against PyTorch's float64 run, down to the gradient of the probabilities that it reads.
@Suite struct DiscriminatorReferenceTests {
  @Test(arguments: Fixture.names(beginning: "discriminator-")) func agreesWithPyTorch(_ name: String) throws {
    let fixture = try Fixture.named(name)
    let network = Discriminator(width: fixture.settings.width == 1 ? .full : .quarter)
    let parameters = Parameters(Weights(layout: network.layout) { Formula.parameter($0.name, shape: $0.shape) })
    let (shape, values) = fixture.input("probabilities")
    let size = MapShape(shape[0], shape[1], shape[2], shape[3])
    let plan = Plan(network.graph, sizes: [network.probabilities: size], outputs: [network.logits], training: true)
    plan.value(network.probabilities).set(values)
    plan.forward(parameters)
    let logits = plan.value(network.logits).tensor.values
    let loss = BinaryCrossEntropy.evaluate(plan.value(network.logits), target: 0, gradient: plan.gradient(network.logits))
    plan.backward(parameters, from: [network.logits])

    func check(_ key: String, _ actual: [Float]) throws {
      let truth = try #require(fixture.tensors[key], "\(key)")
      let error = truth.error(of: actual), bound = truth.bound(floor: 2e-6)
      #expect(error <= bound, "\(name) \(key): \(error), allowed \(bound)")
    }
    let truth = try #require(fixture.scalars["loss"])
    #expect(abs(loss - truth) <= 1e-6 * truth)
    try check("logits", logits)
    try check("probabilities.gradient", plan.gradient(network.probabilities).tensor.values)
    let gradients = Weights(layout: network.layout, trained: parameters.gradients.array, statistics: [])
    for (name, tensor) in gradients.named { try check("gradient.\(name)", tensor.values) }
  }
}
