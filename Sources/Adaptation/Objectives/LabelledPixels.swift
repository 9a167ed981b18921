import Imaging
import Scenes
import Segmentation
import Tensors

/// The mean cross-entropy of labelled pixels, summed over the heads.
final class LabelledPixels: ObjectiveRun {
  private let term: LossTerm
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

/// The mean over labelled pixels of weighted or symmetric cross-entropy, summed over the heads.
final class WeightedPixels: ObjectiveRun {
  private let term: LossTerm
  private let loss: WeightedCrossEntropy

  init(term: LossTerm, _ loss: WeightedCrossEntropy) { (self.term, self.loss) = (term, loss) }

  func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
    let labels = pass.batch.labels, size = pass.batch.size
    // What part of everybody's weights this batch has.
    let weight = labels.reduce(0.0) { $0 + ($1 < pass.network.classes ? Double(loss.weights?[Int($1)] ?? 1) : 0) }
    let whole = pass.collective.sums([weight])[0], share = whole > 0 ? weight / whole : 1
    let sum = pass.network.heads.enumerated().reduce(0.0) { sum, head in
      let result = pass.addGradient(of: head.offset) { gradient, accumulate in
        loss.evaluate(
          pass.logits(of: head.offset), labels: labels, height: size.height, width: size.width, weight: head.element.lossWeight * Float(share),
          gradient: gradient, accumulate: accumulate)
      }
      return sum + Double(head.element.lossWeight) * result.mean
    }
    let mean = pass.collective.sums([share * sum])[0]
    return whole > 0 ? [(term, mean)] : []
  }
}

/// The mean cross-entropy of a batch's hardest pixels, which each head chooses for itself.
final class HardestPixels: ObjectiveRun {
  private let term: LossTerm
  private let rule: HardPixels

  init(term: LossTerm, _ rule: HardPixels) { (self.term, self.rule) = (term, rule) }

  func evaluate(_ pass: NetworkPass) -> [(term: LossTerm, loss: Double)] {
    let labels = pass.batch.labels, size = pass.batch.size
    guard pass.collective.sums([Double(labels.count { $0 < pass.network.classes })])[0] > 0 else { return [] }
    let sum = pass.network.heads.enumerated().reduce(0.0) { sum, head in
      let logits = pass.logits(of: head.offset), weight = Double(head.element.lossWeight)
      let losses = WeightedCrossEntropy.each(logits, labels: labels, height: size.height, width: size.width)
      // A number that is none is neither hard nor easy.
      guard pass.collective.agrees(losses.allSatisfy(\.isFinite)) else { return .nan }
      let hard = rule.kept(labels, losses: losses, collective: pass.collective), kept = hard.labels.count { $0 < pass.network.classes }
      // Where fewer have a label than the mean is over, the others add 0.
      let part = hard.count > 0 ? Double(kept) / Double(hard.count) : 0
      let result = pass.addGradient(of: head.offset) { gradient, accumulate in
        UpsampledCrossEntropy.evaluate(
          logits, labels: hard.labels, height: size.height, width: size.width, weight: Float(weight * part), gradient: gradient, accumulate: accumulate)
      }
      return sum + weight * part * result.mean
    }
    return [(term, pass.collective.sums([sum])[0])]
  }
}
