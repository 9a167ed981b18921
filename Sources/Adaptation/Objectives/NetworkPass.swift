public import Scenes
public import Segmentation
public import Tensors

/// A batch that went forward through the network: objectives read its outputs and add their gradients to them, then it goes backward once.
public final class NetworkPass {
  public let stream: TrainingStream
  public let batch: Batch
  public let network: Network
  /// Those whose batches make one batch together: a mean over this batch counts by its share in the mean over all.
  public let collective: any Collective
  private let plan: Plan
  /// Whether a gradient was written for each head.
  private var hasGradient: [Bool]

  init(_ stream: TrainingStream, _ batch: Batch, _ network: Network, _ plan: Plan, _ collective: any Collective) {
    (self.stream, self.batch, self.network, self.plan, self.collective) = (stream, batch, network, plan, collective)
    hasGradient = [Bool](repeating: false, count: network.heads.count)
  }

  /// What a head made of the batch, `[N, h, w, classes]`; it stays until the next batch.
  ///
  /// - Parameter head: counted from the main one, 0.
  public func logits(of head: Int = 0) -> FeatureMap { plan.value(network.heads[head].logits) }

  /// What part of all labelled pixels this batch has.
  func labelledShare() -> Double { collective.isAlone ? 1 : collective.share(of: batch.labels.count { $0 < network.classes }) }

  /// Adds a gradient by a head's logits.
  ///
  /// - Parameter write: writes it into a map, or adds to what is there already.
  public func addGradient<Result>(of head: Int = 0, _ write: (_ gradient: FeatureMap, _ accumulate: Bool) -> Result) -> Result {
    defer { hasGradient[head] = true }
    return write(plan.gradient(network.heads[head].logits), hasGradient[head])
  }

  /// Adds the gradients of the network's parameters. All members go the same way back, also one to whose batch nothing was added.
  ///
  /// - Parameter isLast: whether no other pass of this step adds to them.
  func backward(_ parameters: Parameters, isLast: Bool) {
    if !collective.isAlone {
      let members = collective.sums(hasGradient.map { $0 ? 1 : 0 })
      for head in hasGradient.indices where members[head] > 0 && !hasGradient[head] {
        let gradient = plan.gradient(network.heads[head].logits)
        gradient.set(repeatElement(0, count: gradient.shape.count))
        hasGradient[head] = true
      }
    }
    let seeds = zip(network.heads, hasGradient).filter(\.1).map(\.0.logits)
    if !seeds.isEmpty { plan.backward(parameters, from: seeds, isLast: isLast && !collective.isAlone) }
  }
}
