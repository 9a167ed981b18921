import Tensors
import TestSupport

/// Runs what a fixture describes.
struct OpReference {
  struct Results {
    var arrays: [String: [Float]] = [:]
    var scalars: [String: Double] = [:]
    var classes: [UInt8]?
  }

  let fixture: Fixture
  private let run: (OpReference) -> Results

  init?(_ fixture: Fixture) {
    self.fixture = fixture
    let settings = fixture.settings
    switch settings.op {
    case "convolution", "batch norm", "average pool", "max pool", "global average pool", "nearest upsampling", "ReLU", "LeakyReLU",
      "sigmoid gate":
      run = { $0.graphResults() }
    case "upsampled cross-entropy": run = { $0.crossEntropy() }
    case "upsampled entropy": run = { $0.entropy() }
    case "upsampled softmax": run = { $0.softmax() }
    case "upsampled argmax": run = { $0.argmax() }
    case "binary cross-entropy with logits, mean": run = { $0.binaryCrossEntropy() }
    default: return nil
    }
  }

  func results() -> Results { run(self) }

  // MARK: ops in a graph

  private func graphResults() -> Results {
    let settings = fixture.settings, inputs = settings.inputs!
    var layout = ParameterLayout(), graph = Graph(), published: [String: ParameterID] = [:]
    func parameter(_ key: String, _ kind: ParameterLayout.Kind) -> ParameterID {
      let id = layout.add(key, kind, inputs[key]!.shape)
      published[key] = id
      return id
    }
    let x = graph.input(named: "x", differentiable: true)
    var sizes = [x: shape("x")]
    var second: NodeID?
    let y: NodeID
    switch settings.op! {
    case "convolution" where settings.groups! > 1:
      y = graph.add(
        DepthwiseConvolution(parameter("weight", .depthwise), kernel: settings.kernel!, stride: settings.stride!, padding: settings.padding!), x,
        named: "y")
    case "convolution":
      let weight = parameter("weight", .convolution), bias = inputs["bias"] == nil ? nil : parameter("bias", .bias)
      y = graph.add(
        Convolution(
          weight, bias: bias, to: inputs["weight"]!.shape[0], kernel: settings.kernel!, stride: settings.stride!, padding: settings.padding!), x,
        named: "y")
    case "batch norm":
      y = graph.add(
        BatchNormalization(
          scale: parameter("weight", .scale), shift: parameter("bias", .shift), runningMean: parameter("running_mean", .runningMean),
          runningVariance: parameter("running_var", .runningVariance), relu: settings.relu!), x, named: "y")
    case "average pool":
      y = graph.add(AveragePool(kernel: settings.kernel!, stride: settings.stride!, padding: settings.padding!), x, named: "y")
    case "max pool":
      y = graph.add(MaxPool(kernel: settings.kernel!, stride: settings.stride!, padding: settings.padding!), x, named: "y")
    case "global average pool": y = graph.add(GlobalAveragePool(), x, named: "y")
    case "nearest upsampling":
      let like = graph.input(named: "like")
      sizes[like] = MapShape(shape("x").images, settings.size![0], settings.size![1], 1)
      y = graph.add(NearestUpsample(), x, like, named: "y")
    case "ReLU", "LeakyReLU": y = graph.add(LeakyReLU(slope: settings.slope ?? 0), x, named: "y")
    default:
      let gate = graph.input(named: "gate", differentiable: true)
      sizes[gate] = shape("gate")
      second = gate
      y = graph.add(Gate(residual: settings.residual!), x, graph.add(Sigmoid(), gate, named: "sigmoid"), named: "y")
    }
    let parameters = Parameters(Weights(layout: layout) { fixture.input($0.name).values })
    return evaluate(graph, sizes, parameters, x: x, second: second, y: y)
  }

  private func evaluate(
    _ graph: Graph, _ sizes: [NodeID: MapShape], _ parameters: Parameters, x: NodeID, second: NodeID?, y: NodeID
  ) -> Results {
    var results = Results()
    let training = fixture.settings.training ?? true
    // Evaluation-mode batch norm has no backward pass here: networks are not trained with fixed statistics.
    let plan = Plan(graph, sizes: sizes, outputs: [y], training: training)
    plan.value(x).set(fixture.input("x").values)
    if let second { plan.value(second).set(fixture.input("gate").values) }
    plan.forward(parameters)
    results.arrays["y"] = plan.value(y).tensor.values
    if training {
      plan.gradient(y).set(fixture.input("dy").values)
      plan.backward(parameters, from: [y])
      results.arrays["x.gradient"] = plan.gradient(x).tensor.values
      if let second { results.arrays["gate.gradient"] = plan.gradient(second).tensor.values }
    }
    let gradients = Weights(
      layout: parameters.layout, trained: parameters.gradients.array, statistics: parameters.statistics.array)
    for entry in parameters.layout.entries {
      let key = entry.kind.isTrained ? entry.name + ".gradient" : entry.name + ".after"
      results.arrays[key] = gradients.tensor(entry).values
    }
    return results
  }

  // MARK: the output

  private func crossEntropy() -> Results {
    let logits = buffer("x"), gradient = Buffer(count: shape("x").count), size = fixture.settings.size!
    let labels = Formula.labels("labels", images: shape("x").images, height: size[0], width: size[1])
    let result = UpsampledCrossEntropy.evaluate(
      logits.map(shape("x")), labels: labels, height: size[0], width: size[1], gradient: gradient.map(shape("x")))
    return Results(arrays: ["x.gradient": gradient.array], scalars: ["loss": result.mean, "valid_pixels": Double(result.validPixels)])
  }

  private func entropy() -> Results {
    let logits = buffer("x"), gradient = Buffer(count: shape("x").count), size = fixture.settings.size!
    let mean = UpsampledEntropy.evaluate(
      logits.map(shape("x")), height: size[0], width: size[1], penalty: fixture.settings.robust_offset.map { .robust(offset: $0) } ?? .linear,
      gradient: gradient.map(shape("x")))
    return Results(arrays: ["x.gradient": gradient.array], scalars: ["loss": mean])
  }

  private func softmax() -> Results {
    let logits = buffer("x"), gradient = Buffer(count: shape("x").count), dy = buffer("dy"), y = Buffer(count: shape("dy").count)
    UpsampledSoftmax.evaluate(logits.map(shape("x")), into: y.map(shape("dy")))
    UpsampledSoftmax.propagate(y.map(shape("dy")), gradient: dy.map(shape("dy")), into: gradient.map(shape("x")))
    return Results(arrays: ["y": y.array, "x.gradient": gradient.array])
  }

  private func argmax() -> Results {
    let size = fixture.settings.size!
    return Results(classes: UpsampledSoftmax.classes(buffer("x").map(shape("x")), height: size[0], width: size[1]))
  }

  private func binaryCrossEntropy() -> Results {
    let x = buffer("x"), gradient = Buffer(count: shape("x").count)
    let loss = BinaryCrossEntropy.evaluate(x.map(shape("x")), target: fixture.settings.goal!, gradient: gradient.map(shape("x")))
    return Results(arrays: ["x.gradient": gradient.array], scalars: ["loss": loss])
  }

  private func shape(_ key: String) -> MapShape {
    let shape = fixture.settings.inputs![key]!.shape
    return MapShape(shape[0], shape[1], shape[2], shape[3])
  }

  private func buffer(_ key: String) -> Buffer { Buffer(fixture.input(key).values) }
}
