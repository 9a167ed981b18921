import Adaptation
import Workbench

/// A figure that a training has for each epoch, by the word that asks for it: a loss that an objective reports, or the mIoU.
struct TrainingFigure: RawRepresentable, CaseIterable, Sendable, Hashable, ExplainedChoice {
  /// Nil for the mIoU.
  private let term: LossTerm?

  private init(_ term: LossTerm?) { self.term = term }

  init?(rawValue: String) {
    guard let figure = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = figure
  }

  static let loss = TrainingFigure(.segmentation)
  static let miou = TrainingFigure(nil)
  static var allCases: [TrainingFigure] { [loss, miou] + Objectives.terms.map(TrainingFigure.init).filter { $0 != loss } }

  var rawValue: String { term?.name ?? "miou" }
  var explanation: String { term?.help ?? "the mIoU on the images of validate=" }
  var title: String { term?.title ?? "mIoU in per cent" }
  /// In a sentence.
  var noun: String { term?.title ?? "mIoU" }

  /// As fields and files name it: `t.adversarial_loss`.
  var fieldName: String { term?.isShare != false || self == .loss ? rawValue : "\(rawValue)_loss" }

  /// What trains so that there is something to plot.
  var remedy: String {
    guard let term else { return "train with validate=DATASET to evaluate every epoch" }
    return switch term.stream {
    case .source: "train it"
    case .pseudo: "train with pseudo=DATASET"
    case .masked: "train with toward=DATASET method=teacher masked=1"
    case .target, .mixed: "train with toward=DATASET\(TargetMethod.reporting(term)?.written ?? "")"
    }
  }

  /// As it was computed: mIoU in 0...1.
  func share(_ epoch: TrainingHistory.Epoch) -> Double? { term.map { epoch[$0] } ?? epoch.meanIoU }

  /// As it is drawn: mIoU in per cent.
  func value(_ epoch: TrainingHistory.Epoch) -> Double? { share(epoch).map { term == nil ? 100 * $0 : $0 } }

  /// As it is shown, of what ``share(_:)`` gives.
  func number(_ share: Double) -> Number { term.map { Figures.loss(share, $0) } ?? Figures.meanIoU(share) }
}
