import Adaptation
import Language
import Scenes
import Workbench

/// What labelled pixels add to the loss of a training.
struct LossSettings: ParameterGroup {
  @Choice("what a labelled pixel of on= adds to the loss") var loss = LabelLoss.ce
  @Setting("with loss=ohem: the probability of its label from which a pixel is easy and does not count", in: 0.01...1) var hard = 0.7
  @Choice("what a pixel with a pseudo-label adds") var pseudoloss = PseudoLoss.ce

  /// Their names, all of which are optional and came later.
  static let names: Set<String> = ["loss", "hard", "pseudoloss"]

  /// Of labelled images.
  ///
  /// - Parameter frequencies: the shares of classes, asked for where weights depend on them.
  func labelled(_ frequencies: @escaping @Sendable () throws -> [Double]) -> SegmentationObjective {
    switch loss {
    case .ce: SegmentationObjective()
    case .ohem: SegmentationObjective(loss: .hard(HardPixels(probability: Float(hard))))
    case .balanced: SegmentationObjective(loss: .balanced(frequencies))
    }
  }

  /// Of images with pseudo-labels.
  var pseudo: SegmentationObjective { SegmentationObjective(on: .pseudo, loss: pseudoloss == .ce ? .crossEntropy : .symmetric) }
}

enum LabelLoss: String, CaseIterable, Sendable, ExplainedChoice {
  case ce, ohem, balanced

  var explanation: String {
    switch self {
    case .ce: "its cross-entropy"
    case .ohem: "its cross-entropy where it is among the hard pixels of its batch, at least one of 16 (STDC-Seg)"
    case .balanced: "its cross-entropy times the weight of its class, 1 / log(1.02 + share), which rare classes have more of (ENet)"
    }
  }
}

enum PseudoLoss: String, CaseIterable, Sendable, ExplainedChoice {
  case ce, symmetric

  var explanation: String {
    switch self {
    case .ce: "its cross-entropy"
    case .symmetric: "a tenth of it and the reverse cross-entropy, which forgives wrong labels (Wang et al., ICCV 2019; ProDA)"
    }
  }
}
