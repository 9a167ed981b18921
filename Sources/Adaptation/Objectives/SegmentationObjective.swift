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
/// The sum over the network's heads of each one's mean cross-entropy over labelled pixels, at image size.
public struct SegmentationObjective: Objective {
  public static let name = "segmentation"
  public static let terms = [LossTerm.segmentation, .pseudo]

  private let stream: TrainingStream

  /// - Parameter stream: `source` or `pseudo`, whose images have labels.
  public init(on stream: TrainingStream = .source) {
    precondition(stream != .target, "images of the target have no labels that may be learnt")
    self.stream = stream
  }

  public var streams: [TrainingStream] { [stream] }
  public func begin(_ training: TrainingSetup, from state: Safetensors) -> any ObjectiveRun { Run(term: stream == .source ? .segmentation : .pseudo) }

  private final class Run: ObjectiveRun {
    let term: LossTerm
    init(term: LossTerm) { self.term = term }

    func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
      let share = pass.labelledShare()
      var loss = 0.0, labelled = 0
      for (index, head) in pass.network.heads.enumerated() {
        let result = pass.addGradient(of: index) { gradient, accumulate in
          UpsampledCrossEntropy.evaluate(
            pass.logits(of: index), labels: pass.batch.labels, height: pass.batch.size.height, width: pass.batch.size.width,
            weight: head.lossWeight * Float(share), gradient: gradient, accumulate: accumulate)
        }
        loss += Double(head.lossWeight) * result.mean
        labelled = result.validPixels
      }
      let all = pass.collective.sums([share * loss, Double(labelled)])
      return all[1] > 0 ? [(term, all[0])] : []
    }
  }
}
