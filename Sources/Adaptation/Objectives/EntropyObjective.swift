import Imaging
import Scenes
public import Tensors

extension LossTerm {
  public static let entropy = LossTerm(
    id: "entropy", label: "entropy", title: "entropy loss",
    help: "the mean entropy of the target's output, 1 where every class is equally probable", stream: .target)
}

/// Entropy minimisation (MinEnt), λ L_ent(I_t): the network learns to be certain about target images, as it is about source images. Vu et
/// al., *ADVENT: Adversarial Entropy Minimization for Domain Adaptation in Semantic Segmentation*, CVPR 2019, equations (1) to (3).
///
/// The mean over pixels of the entropy of the main output, at image size and in units of its largest value, log(classes).
public struct EntropyObjective: Objective {
  public static let name = "entropy"
  public static let terms = [LossTerm.entropy]

  /// λ.
  public var weight: Float
  /// What a pixel adds; the robust one is the regulariser of Yang and Soatto, *FDA*, CVPR 2020, equation (4).
  public var penalty: UpsampledEntropy.Penalty

  public init(weight: Float = 0.001, penalty: UpsampledEntropy.Penalty = .linear) { (self.weight, self.penalty) = (weight, penalty) }

  public var streams: [TrainingStream] { [.target] }
  public func begin(_ training: TrainingSetup, from state: Safetensors) -> any ObjectiveRun { Run(self) }

  private final class Run: ObjectiveRun {
    let objective: EntropyObjective
    init(_ objective: EntropyObjective) { self.objective = objective }

    func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
      let size = pass.batch.size, share = pass.collective.share(of: pass.batch.count * size.area)
      let entropy = pass.addGradient { gradient, accumulate in
        UpsampledEntropy.evaluate(
          pass.logits(), height: size.height, width: size.width, penalty: objective.penalty, weight: objective.weight * Float(share), gradient: gradient, accumulate: accumulate)
      }
      return [(.entropy, pass.collective.sums([share * entropy])[0])]
    }
  }
}
