import Tensors
import Testing

@Suite struct PlanTests {
  /// A part of a concatenation that another op reads too, before or after the concatenation is read: the gradients add up.
  @Test(arguments: [true, false]) func partsOfConcatenationsAddUp(_ partIsReadLater: Bool) {
    var graph = Graph()
    let a = graph.input(named: "a", differentiable: true), b = graph.input(named: "b", differentiable: true)
    let left = graph.add(LeakyReLU(slope: 1), a, named: "left"), right = graph.add(LeakyReLU(slope: 1), b, named: "right")
    var alone: NodeID?
    if !partIsReadLater { alone = graph.add(LeakyReLU(slope: 1), right, named: "alone") }
    let whole = graph.concatenate([left, right], named: "whole")
    let out = graph.add(LeakyReLU(slope: 1), whole, named: "out")
    if partIsReadLater { alone = graph.add(LeakyReLU(slope: 1), right, named: "alone") }
    let plan = Plan(
      graph, sizes: [a: MapShape(1, 2, 1, 1), b: MapShape(1, 2, 1, 2)], outputs: [out, alone!], training: true)
    let parameters = Parameters(Weights(layout: ParameterLayout(), trained: [], statistics: []))
    plan.value(a).set([1, 2])
    plan.value(b).set([3, 4, 5, 6])
    plan.forward(parameters)
    #expect(plan.value(out).tensor.values == [1, 3, 4, 2, 5, 6])
    plan.gradient(out).set([1, 2, 3, 4, 5, 6])
    plan.gradient(alone!).set([10, 20, 30, 40])
    plan.backward(parameters, from: [out, alone!])
    #expect(plan.gradient(a).tensor.values == [1, 4])
    #expect(plan.gradient(b).tensor.values == [12, 23, 35, 46])
  }

  /// From one of two outputs only.
  @Test func seedsChooseWhatFlows() {
    var graph = Graph()
    let x = graph.input(named: "x", differentiable: true)
    let one = graph.add(LeakyReLU(slope: 0.5), x, named: "one"), two = graph.add(Sigmoid(), x, named: "two")
    let plan = Plan(graph, sizes: [x: MapShape(1, 1, 1, 2)], outputs: [one, two], training: true)
    let parameters = Parameters(Weights(layout: ParameterLayout(), trained: [], statistics: []))
    plan.value(x).set([1, -1])
    plan.forward(parameters)
    plan.gradient(one).set([1, 1])
    plan.backward(parameters, from: [one])
    #expect(plan.gradient(x).tensor.values == [1, 0.5])
  }
}
