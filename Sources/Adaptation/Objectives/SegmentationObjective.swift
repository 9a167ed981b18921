internal import Glibc
import Imaging
import Scenes
import Segmentation
public import Tensors

extension LossTerm {
  public static let segmentation = LossTerm(
    id: "segmentation", name: "loss", label: "loss", title: "loss", help: "the segmentation loss", stream: .source)
  public static let pseudo = LossTerm(
    id: "pseudo", label: "on pseudo-labels", title: "loss on pseudo-labels", help: "the loss on pseudo-labels", stream: .pseudo)
}

/// Labels: L_seg(I_s, Y_s) on source images, L_seg(I_t, Ŷ_t) on target images with pseudo-labels; the paper's equations (1) and (7).
///
/// The sum over the network's heads of each one's mean over labelled pixels, at image size: of cross-entropy, unless another ``Loss`` is chosen.
public struct SegmentationObjective: Objective {
  /// What labelled pixels add.
  public enum Loss: Sendable {
    case crossEntropy
    /// The hard ones alone, for each head for itself.
    case hard(HardPixels)
    /// Each by the weight of its class, which rare classes have more of: 1 / log(1.02 + share), as in ENet (Paszke et al., 2016). The shares of
    /// classes are asked for when training begins.
    case balanced(_ frequencies: @Sendable () throws -> [Double])
    /// Of both directions, for labels that may be wrong.
    case symmetric
  }

  public static let name = "segmentation"
  public static let terms = [LossTerm.segmentation, .pseudo]

  private let stream: TrainingStream
  private let loss: Loss

  /// - Parameter stream: `source` or `pseudo`, whose images have labels.
  public init(on stream: TrainingStream = .source, loss: Loss = .crossEntropy) {
    precondition(stream != .target, "images of the target have no labels that may be learnt")
    (self.stream, self.loss) = (stream, loss)
  }

  public var streams: [TrainingStream] { [stream] }

  public func begin(_ training: TrainingSetup, from state: Safetensors) throws -> any ObjectiveRun {
    let term: LossTerm = stream == .source ? .segmentation : .pseudo
    switch loss {
    case .crossEntropy: return LabelledPixels(term: term)
    case .hard(let rule): return HardestPixels(term: term, rule)
    case .balanced(let frequencies): return WeightedPixels(term: term, WeightedCrossEntropy(weights: ClassWeights.logarithmic(try frequencies())))
    case .symmetric: return WeightedPixels(term: term, .symmetric)
    }
  }
}

/// Weights of classes by their shares.
public enum ClassWeights {
  /// ENet's: from about 1.4 where every pixel is of the class to 50 where none is.
  public static func logarithmic(_ frequencies: [Double]) -> [Float] { frequencies.map { Float(1 / log(1.02 + $0)) } }
}
