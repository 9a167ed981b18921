internal import Glibc
public import Imaging
public import Segmentation
public import Tensors

/// A trained discriminator to be looked at: what it takes each part of an image for, by the segmentation's output there.
public final class DiscriminatorView {
  private let network: Discriminator
  private let form: AdversaryForm
  private let parameters: Parameters
  private let plans: PlanCache

  /// The least side of an image that the discriminator can look at: one of its pixels.
  public static let leastSide = 32

  public init(_ network: Discriminator, weights: Weights, form: AdversaryForm = AdversaryForm()) {
    (self.network, self.form) = (network, form)
    parameters = Parameters(weights, withGradients: false)
    plans = PlanCache(network.graph, input: network.probabilities, outputs: [network.logits], training: false, capacity: 1)
  }

  /// The probability that it gives to *target* at each of its pixels, which are 1/32 of the image's.
  ///
  /// - Parameter probabilities: the segmentation's, `[1, H, W, classes]`, no side below ``leastSide``.
  public func targetProbability(_ probabilities: FeatureMap) -> (values: [Float], size: PixelSize) {
    let plan = plans.plan(for: probabilities.shape)
    plan.value(network.probabilities).set(probabilities.tensor.values)
    if form.input == .information { SelfInformation.evaluate(plan.value(network.probabilities)) }
    plan.forward(parameters)
    let logits = plan.value(network.logits)
    let values = logits.tensor.values
    return (form.loss == .vanilla ? values.map { 1 / (1 + exp(-$0)) } : values.map { min(max($0, 0), 1) }, PixelSize(logits.shape.width, logits.shape.height))
  }
}
