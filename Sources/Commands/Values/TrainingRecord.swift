import Adaptation
import Segmentation
import Tensors

/// What a training was and did: beside the weights in the store, and what the model shows.
struct TrainingRecord: Hashable, Sendable, Codable {
  var form: NetworkForm
  var epochs: Int
  var stepsPerEpoch: Int
  var batch: Int
  var size: String
  /// Weights are kept for every epoch of this multiple, beside the first, the best and the last.
  var every: Int
  /// The names of what it was trained for; nil in records from before objectives had names.
  var objectives: [String]?
  /// Of its adversary; nil for the usual one, or none.
  var adversary: AdversaryForm?
  /// Of records without names.
  var isAdversarial: Bool?
  /// True where every epoch is evaluated; its mIoU is missing where no pixel of the validation images has a label.
  var isValidated: Bool?
  /// Nil for float32.
  var precision: ConvolutionAlgorithms.Precision?
  var history = TrainingHistory()

  /// Whether it was trained for this.
  func has(_ objective: any Objective.Type) -> Bool {
    objectives?.contains(objective.name) ?? (objective == AdversarialObjective.self && isAdversarial == true)
  }

  /// The epochs whose weights are kept, in order.
  var kept: [Int] {
    let done = history.epochs.map(\.epoch)
    return done.filter { $0 == 1 || $0 == done.last || $0 % every == 0 || $0 == history.best?.epoch }
  }

  static let fileName = "training.json"
  static let stateName = "state.safetensors"
  static func weightsName(_ epoch: Int) -> String { "epoch-\(epoch).safetensors" }
}
