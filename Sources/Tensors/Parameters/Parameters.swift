internal import Kernels

/// A network's numbers while they change: what training reads and writes. One owner, one thread at a time.
public final class Parameters {
  public let layout: ParameterLayout
  public let trained: Buffer
  public let statistics: Buffer
  private let sums: Buffer
  /// Parameters whose gradient is 0 and has not been written as that yet.
  private var cleared: Set<ParameterID> = []
  /// Parameters whose gradient is looked at as it is written.
  private(set) var watched: Set<ParameterID> = []
  /// True once a number that is not finite was written to one of them.
  private let spoiled = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
  /// For inference, where weights never change: in the form in which products read them.
  private var packed: [PackedKey: Buffer] = [:]
  let isForInference: Bool

  /// - Parameters:
  ///   - withGradients: false for inference.
  ///   - areFixed: whether nobody changes the weights, so that they are brought into the form of products once; by itself in inference.
  public init(_ weights: Weights, withGradients: Bool = true, areFixed: Bool? = nil) {
    layout = weights.layout
    trained = Buffer(weights.trained)
    statistics = Buffer(weights.statistics)
    sums = Buffer(count: withGradients ? layout.trainedCount : 0)
    isForInference = areFixed ?? !withGradients
    spoiled.initialize(to: false)
  }

  /// The same trained numbers, whoever changes them, with gradients and statistics of its own.
  public init(sharing other: Parameters) {
    (layout, trained, isForInference) = (other.layout, other.trained, false)
    statistics = Buffer(other.statistics.array)
    sums = Buffer(count: layout.trainedCount)
    spoiled.initialize(to: false)
  }

  deinit { spoiled.deallocate() }

  var isSpoiled: Bool { spoiled.pointee }

  /// An immutable copy.
  public var weights: Weights { Weights(layout: layout, trained: trained.array, statistics: statistics.array) }

  /// One number for each of `trained`.
  public var gradients: Buffer {
    for id in cleared { writeZeros(id) }
    cleared = []
    return sums
  }

  /// Zeros are written where they are asked for only: an op whose sum is the first one writes it in their place.
  public func clearGradients() {
    cleared = Set(layout.identifiers.filter { $0.kind.isTrained })
    watched = []
    spoiled.pointee = false
  }

  /// Announces gradients that are final in this step.
  func areComplete(_ completed: [ParameterID], for collective: any Collective) {
    for id in completed {
      if cleared.remove(id) != nil { writeZeros(id) }
      collective.isReady(id.offset..<id.offset + layout.entries[id.index].count, of: sums.floats)
    }
  }

  private func writeZeros(_ id: ParameterID) {
    let count = layout.entries[id.index].count
    segue_fill(SegueMap(data: sums.start + id.offset, images: 1, height: 1, width: count, channels: 1, stride: 1), 0)
  }

  func value(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    (id.kind.isTrained ? trained : statistics).start + id.offset
  }

  /// What is added to.
  func gradient(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    let sum = gradientSum(id)
    if sum.isEmpty { writeZeros(id) }
    return sum.start
  }

  /// The same for an op that writes every number of it and need not read zeros for that.
  ///
  /// - Parameter isWatched: whether the op tells `spoiled` of every number that is not finite once it has added to it.
  func gradientSum(_ id: ParameterID, isWatched: Bool = false) -> GradientSum {
    precondition(id.kind.isTrained && sums.floats.count > 0, "this parameter has no gradient")
    if isWatched { watched.insert(id) } else { watched.remove(id) }
    return GradientSum(start: sums.start + id.offset, isEmpty: cleared.remove(id) != nil, spoiled: spoiled)
  }

  /// Weights packed by `fill`: for inference once, in training each time anew in scratch 2 of this thread.
  func packed(_ key: PackedKey, floats: Int, fill: (UnsafeMutablePointer<Float>) -> Void) -> UnsafeMutablePointer<Float> {
    guard isForInference else {
      let scratch = Threads.scratch(2, floats)
      fill(scratch)
      return scratch
    }
    if let kept = packed[key] { return kept.start }
    let buffer = Buffer(count: floats)
    fill(buffer.start)
    packed[key] = buffer
    return buffer.start
  }
}
