/// The names, shapes and places of a network's numbers.
///
/// Names and shapes are those of the published PyTorch networks. Trained numbers (weights, biases, scales, shifts) lie in one
/// vector, so that an optimiser is one loop; statistics that are followed but not trained (running means and variances) in another.
public struct ParameterLayout: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A convolution's weights: shape `[out, in, height, width]`, in memory as height, width, in, out.
    case convolution
    /// A convolution of each channel by itself: shape `[channels, 1, height, width]`, in memory as height, width, channels.
    case depthwise
    case bias
    /// Batch normalisation's factor and summand.
    case scale, shift
    case runningMean, runningVariance

    public var isTrained: Bool { self != .runningMean && self != .runningVariance }
  }

  public struct Entry: Hashable, Sendable {
    public let name: String
    public let kind: Kind
    public let shape: [Int]
    /// Where it starts in the vector of trained numbers, or of statistics.
    public let offset: Int
    public var count: Int { shape.reduce(1, *) }
  }

  public private(set) var entries: [Entry] = []
  public private(set) var trainedCount = 0
  public private(set) var statisticsCount = 0
  public init() {}

  public mutating func add(_ name: String, _ kind: Kind, _ shape: [Int]) -> ParameterID {
    precondition(!entries.contains { $0.name == name }, "two parameters are named \(name)")
    let entry = Entry(name: name, kind: kind, shape: shape, offset: kind.isTrained ? trainedCount : statisticsCount)
    entries.append(entry)
    if kind.isTrained { trainedCount += entry.count } else { statisticsCount += entry.count }
    return ParameterID(index: entries.count - 1, offset: entry.offset, kind: kind)
  }

  /// How many trained numbers some of the parameters are.
  public func trainedCount(of parameters: Set<ParameterID>) -> Int {
    zip(identifiers, entries).reduce(0) { $0 + ($1.1.kind.isTrained && parameters.contains($1.0) ? $1.1.count : 0) }
  }

  /// Of all entries, in their order.
  var identifiers: [ParameterID] { entries.enumerated().map { ParameterID(index: $0.offset, offset: $0.element.offset, kind: $0.element.kind) } }
}

/// A parameter of a layout.
public struct ParameterID: Hashable, Sendable {
  let index: Int
  let offset: Int
  let kind: ParameterLayout.Kind
}
