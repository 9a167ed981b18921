import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import Workbench

/// What commands need in memory, from graphs and sizes alone. Beside the 79 MB of the process itself, the peaks that `/usr/bin/time`
/// measured at 1024x512 with a network of full width are within these sums: training two images 1.24 GB (1.3 here), with the adversary 2.16
/// (2.2), `iou` of one image 246 MB (262), of 4 images 286 (300), of 12 images 304 (317), `pseudolabel` of 4 images 313 (354), `predict` 284
/// (393).
enum NetworkMemory {
  /// Images of a dataset, one after the other, through networks.
  ///
  /// - Parameters:
  ///   - probabilities: how many floats for each class and pixel of the output are held at once.
  ///   - others: further bytes for each pixel.
  static func inference(_ networks: [Network], on data: Dataset, probabilities: Int, others: Int = 0) -> [(what: String, bytes: Int64)] {
    // A Dictionary of sizes is small where a dataset is not.
    let maps = networks.map { network in data.sizes.map { arena(network, 1, $0, outputs: [network.logits], training: false) }.max() ?? 0 }
    let input = Int64(data.sizes.map(\.area).max() ?? 0), output = Int64(data.largestArea)
    return [
      (maps.count == 1 ? "the network's maps" : "the networks' maps", maps.reduce(0, +)), ("weights", networks.reduce(0) { $0 + 5 * bytes($1.layout) }),
      // As bytes and as floats, some read ahead.
      ("images", (data.count > 1 ? 120 : 60) * input + 8 * output + cached([data])), ("probabilities and what is made of them", output * Int64(4 * CityscapesClass.count * probabilities + others)),
    ]
  }

  /// One image through one network as far as a layer.
  static func features(_ network: Network, of layer: NodeID, at size: PixelSize, count: Int64) -> [(what: String, bytes: Int64)] {
    [
      ("the network's maps", arena(network, 1, size, outputs: [layer], training: false)), ("weights", 5 * bytes(network.layout)), ("the image", 60 * Int64(size.area)),
      ("the layer's output", 16 * count),
    ]
  }

  /// Batches of images forward, for their statistics.
  static func statistics(_ network: Network, on data: Dataset, batch: Int) -> [(what: String, bytes: Int64)] {
    let size = data.sizes[0], sizes = [network.images: MapShape(batch, size.height, size.width, 3)]
    return [
      ("the network's maps", Int64(Plan.bytes(network.graph, sizes: sizes, outputs: network.outputs, training: false, takesMoments: true))),
      ("weights", 5 * bytes(network.layout)), ("images", Int64(24 * batch * size.area) + 120 * Int64(size.area) + cached([data])),
    ]
  }

  /// A training step, and what is read ahead of it. Maps of shards are those of the batch between them; each has gradients of its own, and its own
  /// copy of what objectives keep.
  static func training(_ network: Network, _ data: TrainingData, _ objectives: [any Objective], judge: Dataset?) -> [(what: String, bytes: Int64)] {
    let streams = data.streams, shape = data.shape(for: network), batches = streams.compactMap { shape.batch(of: $0.name) }
    // A plan for each of the shapes, of which two are kept.
    let maps = Set(batches).map { Int64(Plan.bytes(network.graph, sizes: [network.images: $0], outputs: network.outputs, training: true)) }.sorted(by: >).prefix(2).reduce(0, +)
    let pixels = batches.reduce(0) { $0 + Int64($1.pixels) }
    var parts: [(what: String, bytes: Int64)] = [("maps", maps)]
    // Weights, gradients and momentum, weights in the forms in which they are multiplied, and the checkpoint that is written.
    let shards = Int64(data.shards)
    var weights = (8 + 2 * (shards - 1)) * bytes(network.layout)
    for cost in objectives.map({ $0.cost(of: shape) }) {
      for (what, bytes) in cost.maps.sorted(by: { $0.key < $1.key }) { parts.append((what, Int64(bytes))) }
      weights += (10 + 5 * (shards - 1)) * 4 * Int64(cost.parameters)
    }
    parts.append(("weights and what the optimisers keep", weights))
    // Five batches as floats with their labels, and a picture that is being decoded.
    parts.append(("images", 5 * 13 * pixels + streams.reduce(0) { $0 + 32 * Int64($1.dataset.largestArea) } + cached(streams.map(\.dataset))))
    if let judge {
      let judging = inference([network], on: judge, probabilities: 0, others: 2)
      parts.append(("evaluation", judging.reduce(0) { $0 + $1.bytes }))
    }
    return parts
  }

  /// Decoded pictures with their labels, as far as they are kept for the next time.
  private static func cached(_ sets: [Dataset]) -> Int64 {
    min(Int64(SampleCache.usualCapacity), sets.reduce(0) { $0 + 4 * Int64($1.count) * Int64($1.sizes.map(\.area).max() ?? 0) })
  }

  private static func arena(_ network: Network, _ images: Int, _ size: PixelSize, outputs: [NodeID], training: Bool) -> Int64 {
    Int64(Plan.bytes(network.graph, sizes: [network.images: MapShape(images, size.height, size.width, 3)], outputs: outputs, training: training))
  }

  /// Bytes of all parameters.
  private static func bytes(_ layout: ParameterLayout) -> Int64 { 4 * layout.entries.reduce(0) { $0 + Int64($1.count) } }
}

/// What evaluating models on labelled images needs; a single network's probabilities are not kept.
func judgingMemory(_ models: [ModelValue], on data: DatasetValue, _ operand: Operand?) throws -> MemoryNeed {
  let data = try labelled(data, operand, for: "evaluate against")
  let needs = try models.map { model in
    let networks = try model.networks()
    return NetworkMemory.inference(networks, on: data, probabilities: networks.count == 1 ? 0 : 1, others: 8)
  }
  // One model after the other.
  let largest = needs.max { $0.reduce(0) { $0 + $1.bytes } < $1.reduce(0) { $0 + $1.bytes } } ?? []
  return MemoryNeed(largest, at: operand?.range, remedy: "load the dataset with a smaller size=")
}
