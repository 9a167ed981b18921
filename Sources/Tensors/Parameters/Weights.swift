/// A network's numbers at one moment.
public struct Weights: Sendable, Hashable {
  public let layout: ParameterLayout
  /// In memory order: see `ParameterLayout.Kind`.
  public var trained: [Float]
  public var statistics: [Float]

  public init(layout: ParameterLayout, trained: [Float], statistics: [Float]) {
    precondition(trained.count == layout.trainedCount && statistics.count == layout.statisticsCount, "a layout of another size")
    self.layout = layout
    self.trained = trained
    self.statistics = statistics
  }

  /// Numbers by a rule: `values` gives an entry's, in the order of its published shape.
  public init(layout: ParameterLayout, values: (ParameterLayout.Entry) throws -> [Float]) rethrows {
    var trained = [Float](repeating: 0, count: layout.trainedCount)
    var statistics = [Float](repeating: 0, count: layout.statisticsCount)
    for entry in layout.entries {
      let stored = entry.memoryOrder(try values(entry))
      if entry.kind.isTrained {
        trained.replaceSubrange(entry.offset..<entry.offset + entry.count, with: stored)
      } else {
        statistics.replaceSubrange(entry.offset..<entry.offset + entry.count, with: stored)
      }
    }
    self.init(layout: layout, trained: trained, statistics: statistics)
  }

  /// The parameter in its published shape and order.
  public func tensor(_ entry: ParameterLayout.Entry) -> Tensor {
    let all = entry.kind.isTrained ? trained : statistics
    return Tensor(shape: entry.shape, values: entry.publishedOrder(Array(all[entry.offset..<entry.offset + entry.count])))
  }

  /// Every parameter by name.
  public var named: [(name: String, tensor: Tensor)] { layout.entries.map { ($0.name, tensor($0)) } }

  /// As `load_state_dict(strict=True)` of PyTorch asks for them: a batch normalisation there also counts its batches. What it has counted has
  /// no influence at the momentum that is used here, and is 0.
  public var published: [(name: String, content: TorchState.Content)] {
    layout.entries.flatMap { entry -> [(name: String, content: TorchState.Content)] in
      let own = (entry.name, TorchState.Content.floats(tensor(entry)))
      guard entry.kind == .runningVariance else { return [own] }
      return [own, (entry.name.dropLast("running_var".count) + "num_batches_tracked", .counter(0))]
    }
  }
}

extension ParameterLayout.Entry {
  /// From the published order (`[out, in, height, width]`) to the one in memory (height, width, in, out).
  func memoryOrder(_ values: [Float]) -> [Float] {
    precondition(values.count == count, "\(name) has \(count) values, not \(values.count)")
    guard let (out, within, taps) = extents else { return values }
    var stored = [Float](repeating: 0, count: count)
    for o in 0..<out { for i in 0..<within { for t in 0..<taps { stored[(t * within + i) * out + o] = values[(o * within + i) * taps + t] } } }
    return stored
  }

  /// The inverse of `memoryOrder`.
  public func publishedOrder(_ stored: [Float]) -> [Float] {
    guard let (out, within, taps) = extents else { return stored }
    var values = [Float](repeating: 0, count: count)
    for o in 0..<out { for i in 0..<within { for t in 0..<taps { values[(o * within + i) * taps + t] = stored[(t * within + i) * out + o] } } }
    return values
  }

  private var extents: (out: Int, within: Int, taps: Int)? {
    kind == .convolution || kind == .depthwise ? (shape[0], shape[1], shape[2] * shape[3]) : nil
  }
}
