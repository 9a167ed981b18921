import Segmentation
import Tensors
import TestSupport
import Testing

/// Exported networks: run by plain loops over what the file says, they give what the networks give; and files keep to ONNX's rules.
@Suite struct ONNXTests {
  /// Every network of the catalog with every combination of its options, at its smallest width.
  static let forms: [NetworkForm] = Architectures.all.flatMap { architecture -> [NetworkForm] in
    let choices = architecture.options.map { option in (option.name == "width" ? ["1/8"] : option.values).map { (option.name, $0) } }
    let combinations = choices.reduce([[:]]) { all, next in all.flatMap { one in next.map { one.merging([$0.0: $0.1]) { $1 } } } }
    return combinations.map { NetworkForm(architecture.name, $0) }.filter { (try? $0.network()) != nil }
  }
  /// Odd sizes leave odd maps at every stride.
  static let sizes = [(32, 64), (37, 51), (65, 33)]

  private func model(_ form: NetworkForm, salt: String = "") throws -> SegmentationModel {
    let network = try form.network()
    return SegmentationModel(network: network, weights: Weights(layout: network.layout) { Formula.parameter(salt + $0.name, shape: $0.shape) })
  }

  private func file(_ models: [SegmentationModel], _ output: DeployedOutput, _ extent: NetworkToONNX.Extent = .dynamic) throws -> ONNXFile {
    ONNXFile(try NetworkToONNX(output, extent: extent, help: "normalised").model(of: models).encoded)
  }

  /// `[N, H, W, C]` as ONNX has it, and back.
  private func channelsFirst(_ values: [Float], _ height: Int, _ width: Int, _ channels: Int) -> ONNXMap {
    ONNXMap(shape: [1, channels, height, width], values: (0..<channels).flatMap { c in (0..<height * width).map { values[$0 * channels + c] } })
  }

  private func images(_ height: Int, _ width: Int) -> [Float] { Formula.values("images", count: height * width * 3, scale: 2) }

  private func largestDifference(_ a: ONNXMap, _ b: ONNXMap) -> Float {
    #expect(a.shape == b.shape)
    #expect(a.values.allSatisfy(\.isFinite) && b.values.allSatisfy(\.isFinite), "what is no number compares as anything")
    let scale = b.values.reduce(1) { max($0, abs($1)) }
    return zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
  }

  @Test func everyBackboneIsTried() {
    #expect(Set(Self.forms.flatMap { $0.resolved.filter { $0.name == "backbone" }.map(\.value) }) == Set(BackboneName.allCases.map(\.rawValue)))
    #expect(Self.forms.count >= 3)
  }

  @Test(arguments: forms, sizes) func logitsAreThoseOfTheNetwork(_ form: NetworkForm, _ size: (Int, Int)) throws {
    let model = try model(form), network = model.network, (height, width) = size, pixels = images(height, width)
    let plan = Plan(network.graph, sizes: [network.images: MapShape(1, height, width, 3)], outputs: [network.logits], training: false)
    plan.value(network.images).set(pixels)
    plan.forward(Parameters(model.weights, withGradients: false))
    let logits = plan.value(network.logits), expected = channelsFirst(logits.tensor.values, logits.shape.height, logits.shape.width, network.classes)
    let input = channelsFirst(pixels, height, width, 3)
    for extent in [NetworkToONNX.Extent.dynamic, .fixed(width: width, height: height)] {
      let difference = largestDifference(try file([model], .coarse, extent).run(input), expected)
      #expect(difference < 2e-5, "\(form) at \(width)x\(height), \(extent): \(difference)")
    }
  }

  @Test func probabilitiesAndLabelsAreThoseOfThePredictor() throws {
    let one = try model(NetworkForm("bisenet", ["width": "1/8"])), other = try model(NetworkForm("bisenet", ["width": "1/8", "backbone": "resnet18"]), salt: "other.")
    let (height, width) = (37, 51), pixels = images(height, width), input = channelsFirst(pixels, height, width, 3)
    for models in [[one], [one, other]] {
      let predictor = Predictor(models)
      let labels = predictor.classes(pixels, height: height, width: width, outputHeight: height, outputWidth: width)
      let softmax = predictor.softmax(pixels, height: height, width: width, outputHeight: height, outputWidth: width)
      let probabilities = channelsFirst(softmax.tensor.values, height, width, 19)
      #expect(largestDifference(try file(models, .probabilities).run(input), probabilities) < 1e-5)
      let found = try file(models, .labels).run(input)
      #expect(found.shape == [1, height, width])
      // Two classes that are all but equally probable may change places; those of several sure networks are, wherever they disagree.
      for (place, kind) in found.values.enumerated() where UInt8(kind) != labels[place] {
        let (y, x) = (place / width, place % width)
        #expect(abs(probabilities[0, Int(kind), y, x] - probabilities[0, Int(labels[place]), y, x]) < 1e-5, "at \(x), \(y)")
      }
      if models.count == 1 { #expect(zip(found.values.map { UInt8($0) }, labels).count { $0 != $1 } <= 2) }
      #expect(Set(labels).count > 1, "a map of one class would say little")
    }
    #expect(throws: NetworkToONNX.NoMean.self) { try file([one, other], .logits) }
  }

  @Test(arguments: DeployedOutput.allCases) func portsSayTheirShapes(_ output: DeployedOutput) throws {
    let model = try model(NetworkForm("bisenet", ["width": "1/8"]))
    let open = try file([model], output), fixed = try file([model], output, .fixed(width: 51, height: 37))
    #expect(open.version == 8 && open.opset == 17)
    #expect(open.inputs == [ONNXFile.Port(name: "images", type: 1, shape: ["batch", "3", "height", "width"])])
    #expect(fixed.inputs == [ONNXFile.Port(name: "images", type: 1, shape: ["1", "3", "37", "51"])])
    let expected: (String, Int, [String], [String]) = switch output {
    case .labels: ("labels", 2, ["batch", "height", "width"], ["1", "37", "51"])
    case .probabilities: ("probabilities", 1, ["batch", "19", "height", "width"], ["1", "19", "37", "51"])
    case .logits: ("logits", 1, ["batch", "19", "height", "width"], ["1", "19", "37", "51"])
    case .coarse: ("logits", 1, ["batch", "19", "coarse_height", "coarse_width"], ["1", "19", "5", "7"])
    }
    #expect(open.outputs == [.init(name: expected.0, type: expected.1, shape: expected.2)])
    #expect(fixed.outputs == [.init(name: expected.0, type: expected.1, shape: expected.3)])
    #expect(!fixed.nodes.contains { $0.operation == "Shape" }, "a fixed size is computed beforehand")
  }

  /// Each operation reads what is there before it, each name is of one value, and batch normalisation is part of the convolutions.
  @Test(arguments: forms) func theGraphIsInOrder(_ form: NetworkForm) throws {
    let model = try model(form), file = try file([model, model], .labels)
    var known = Set(file.floats.keys).union(file.integers.keys).union(file.inputs.map(\.name))
    #expect(known.count == file.floats.count + file.integers.count + 1)
    for node in file.nodes {
      #expect(node.inputs.allSatisfy { $0.isEmpty || known.contains($0) }, "\(node.outputs) reads \(node.inputs)")
      for output in node.outputs { #expect(known.insert(output).inserted, "\(output) is there twice") }
    }
    #expect(known.contains("labels"))
    let operations = Set(file.nodes.map(\.operation))
    #expect(operations.isDisjoint(with: ["BatchNormalization"]))
    // Nothing of the auxiliary heads is carried along.
    #expect(!known.contains { $0.contains("conv_out16") || $0.contains("conv_out32") })
    // A factor and a summand of each batch normalisation have gone into the convolution before it.
    let multiplied = file.nodes.count { $0.operation == "Mul" }
    #expect(multiplied == 2 * 3, "two attention modules and the feature fusion of two networks")
  }

  @Test func theSameModelGivesTheSameBytes() throws {
    let model = try model(NetworkForm("bisenet", ["width": "1/8"]))
    var first = try NetworkToONNX(.labels, extent: .dynamic, help: "").model(of: [model]), second = first
    (first.metadata, second.metadata) = (["a": "1", "b": "2", "c": "3"], ["c": "3", "b": "2", "a": "1"])
    #expect(first.encoded == second.encoded)
  }

  /// A batch normalisation that another layer reads beside, or that follows no convolution, stands for itself.
  @Test func aNormalisationThatFollowsNoConvolutionIsWritten() throws {
    var graph = Graph(), layout = ParameterLayout()
    let x = graph.input(named: "x")
    let norm = BatchNormalization(
      scale: layout.add("n.weight", .scale, [3]), shift: layout.add("n.bias", .shift, [3]), runningMean: layout.add("n.running_mean", .runningMean, [3]),
      runningVariance: layout.add("n.running_var", .runningVariance, [3]), relu: true)
    let y = graph.add(norm, x, named: "n")
    let z = graph.add(LeakyReLU(slope: 0), graph.add(Sum(), y, x, named: "sum"), named: "z")
    let weights = Weights(layout: layout) { Formula.parameter($0.name, shape: $0.shape) }
    var builder = ONNXBuilder("test")
    let shape: [ONNXModel.Dimension] = [.fixed(1), .fixed(3), .fixed(2), .fixed(2)]
    let input = builder.input(.init("in", .float, shape, help: ""))
    let output = try builder.add(graph, outputs: [z], weights: weights, values: [x: input])[0]
    builder.output(.init(output, .float, shape, help: ""))
    let pixels = Formula.values("pixels", count: 12, scale: 2)
    let plan = Plan(graph, sizes: [x: MapShape(1, 2, 2, 3)], outputs: [z], training: false)
    plan.value(x).set(pixels)
    plan.forward(Parameters(weights, withGradients: false))
    let found = ONNXFile(builder.model.encoded).run(channelsFirst(pixels, 2, 2, 3))
    #expect(largestDifference(found, channelsFirst(plan.value(z).tensor.values, 2, 2, 3)) < 1e-6)
  }
}
