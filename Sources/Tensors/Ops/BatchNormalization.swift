internal import Kernels

/// Batch normalisation, with the ReLU that mostly follows it in the same pass over memory. Output: as the input.
///
/// In training, each channel is brought to mean 0 and variance 1 over images, rows and columns, then scaled and shifted; the
/// running statistics follow with `momentum` (the variance as the unbiased estimate). Otherwise the running statistics are used.
/// Ioffe and Szegedy, *Batch Normalization*, 2015; epsilon and momentum as in the published networks.
///
/// With g the gradient behind the ReLU, n the values of a channel, x̂ the normalised input and σ the deviation:
/// `dx = scale / σ * (g - mean(g) - x̂ * mean(g x̂))`, `dscale = sum(g x̂)`, `dshift = sum(g)`.
public struct BatchNormalization: Op {
  public let scale: ParameterID
  public let shift: ParameterID
  public let runningMean: ParameterID
  public let runningVariance: ParameterID
  public let relu: Bool
  public static let epsilon: Float = 1e-5
  public static let momentum: Float = 0.1

  public init(scale: ParameterID, shift: ParameterID, runningMean: ParameterID, runningVariance: ParameterID, relu: Bool) {
    self.scale = scale
    self.shift = shift
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    self.relu = relu
  }

  public var name: String { relu ? "batch norm + ReLU" : "batch norm" }
  public var parameters: [ParameterID] { [scale, shift, runningMean, runningVariance] }
  public var backwardReads: BackwardReads { .inputs }
  public var worksInPlace: Bool { true }
  public func outputShape(for inputs: [MapShape]) -> MapShape { inputs[0] }
  /// Mean, 1 / deviation, factor, summand, and three coefficients of the gradient, for each channel.
  public func stateCount(for inputs: [MapShape]) -> Int { 7 * inputs[0].channels }

  /// The factor and the summand of each channel by the running statistics.
  func runningAffine(_ parameters: Parameters, channels: Int, factor: UnsafeMutablePointer<Float>, summand: UnsafeMutablePointer<Float>) {
    let scale = parameters.value(scale), shift = parameters.value(shift)
    let mean = parameters.value(runningMean), variance = parameters.value(runningVariance)
    for c in 0..<channels {
      factor[c] = scale[c] * (1 / (variance[c] + Self.epsilon).squareRoot())
      summand[c] = shift[c] - mean[c] * factor[c]
    }
  }

  public func forward(_ pass: ForwardPass) {
    let x = pass.inputs[0], channels = x.shape.channels
    let mean = pass.state, inverse = mean + channels, factor = inverse + channels, summand = factor + channels
    if pass.training {
      takeMoments(of: x, pass, mean: mean, inverse: inverse)
      let scale = pass.parameters.value(scale), shift = pass.parameters.value(shift)
      for c in 0..<channels {
        factor[c] = scale[c] * inverse[c]
        summand[c] = shift[c] - mean[c] * factor[c]
      }
    } else {
      runningAffine(pass.parameters, channels: channels, factor: factor, summand: summand)
    }
    segue_channel_affine(x.kernel, factor, summand, relu, pass.output.kernel)
  }

  /// The batch's own mean and 1 / deviation, which the running statistics follow.
  private func takeMoments(of x: FeatureMap, _ pass: ForwardPass, mean: UnsafeMutablePointer<Float>, inverse: UnsafeMutablePointer<Float>) {
    let runningMean = pass.parameters.value(runningMean), runningVariance = pass.parameters.value(runningVariance)
    let variance = inverse, collective = pass.collective, momentum = pass.momentum
    segue_channel_moments(x.kernel, mean, variance)
    let count = Float(collective.isAlone ? x.shape.pixels : unite(x.shape, mean: mean, variance: variance, collective))
    for c in 0..<x.shape.channels {
      let unbiased = variance[c] * (count / max(count - 1, 1))
      runningMean[c] += momentum * (mean[c] - runningMean[c])
      runningVariance[c] += momentum * (unbiased - runningVariance[c])
      inverse[c] = 1 / (variance[c] + Self.epsilon).squareRoot()
    }
  }

  /// The moments over the images of all processes, from those of each: the mean of means, and the mean of variances and of the squares by
  /// which means differ, weighted by how many pixels each has.
  ///
  /// - Returns: how many pixels all have.
  private func unite(_ shape: MapShape, mean: UnsafeMutablePointer<Float>, variance: UnsafeMutablePointer<Float>, _ collective: any Collective) -> Int {
    let channels = shape.channels
    let all = collective.gather([Double(shape.pixels)] + (0..<channels).map { Double(mean[$0]) } + (0..<channels).map { Double(variance[$0]) })
    let count = all.reduce(0) { $0 + $1[0] }
    for c in 0..<channels {
      let middle = all.reduce(0) { $0 + $1[0] * $1[1 + c] } / count
      let spread = all.reduce(0) { sum, part in sum + part[0] * (part[1 + channels + c] + (part[1 + c] - middle) * (part[1 + c] - middle)) } / count
      (mean[c], variance[c]) = (Float(middle), Float(spread))
    }
    return Int(count)
  }

  public func backward(_ pass: BackwardPass) {
    let x = pass.inputs[0], dy = pass.outputGradient, channels = x.shape.channels
    let mean = pass.state, inverse = mean + channels, factor = inverse + channels, summand = factor + channels
    let sum = summand + channels, product = sum + channels, offset = product + channels
    segue_channel_affine_sums(x.kernel, dy.kernel, factor, summand, relu, mean, sum, product)
    if pass.wantsParameterGradients {
      let dscale = pass.parameters.gradient(scale), dshift = pass.parameters.gradient(shift)
      for c in 0..<channels {
        dscale[c] += product[c] * inverse[c]
        dshift[c] += sum[c]
      }
    }
    guard let dx = pass.inputGradients[0] else { return }
    var count = Float(x.shape.pixels)
    if !pass.collective.isAlone {
      // The sums over all images; those of the parameters' gradients are added up with the other gradients.
      let all = pass.collective.sums([Double(x.shape.pixels)] + (0..<channels).map { Double(sum[$0]) } + (0..<channels).map { Double(product[$0]) })
      count = Float(all[0])
      for c in 0..<channels { (sum[c], product[c]) = (Float(all[1 + c]), Float(all[1 + channels + c])) }
    }
    for c in 0..<channels {
      offset[c] = -factor[c] * sum[c] / count
      product[c] = -factor[c] * inverse[c] * inverse[c] * product[c] / count
    }
    segue_channel_affine_backward(
      x.kernel, dy.kernel, factor, summand, relu, mean, factor, product, offset, dx.kernel, pass.accumulate[0])
  }
}
