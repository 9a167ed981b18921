import Adaptation
import Language
import Storage
import Tensors
import Workbench

/// What a training keeps beside its weights, for other programs: `t.state` and, of an adversarial training, `t.discriminator`.
struct CheckpointValue: SavableValue {
  static let kind: Kind = "checkpoint"

  enum Part: String, CaseIterable, Sendable {
    /// Both networks, momentum, Adam's moments, and the step.
    case state
    case discriminator

    /// The tensors of the state file that belong to it.
    var groups: [StateGroup] {
      switch self {
      case .state: TrainingState.groups + Objectives.all.flatMap { $0.stateGroups }
      case .discriminator: AdversarialObjective.stateGroups.filter { $0.prefix == AdversarialObjective.weightsPrefix }
      }
    }
  }

  let part: Part
  let training: ModelValue.Training

  /// Those that a training has; full state is kept for the last epoch alone.
  static func parts(of training: ModelValue.Training) -> [Part] {
    guard training.epoch == nil || training.epoch == training.record.epochs else { return [] }
    return training.record.has(AdversarialObjective.self) ? [.state, .discriminator] : [.state]
  }

  var summary: Phrase { part == .state ? "weights and optimisers after \(counted(training.record.epochs * training.record.stepsPerEpoch, "step"))" : "weights of the discriminator" }

  var display: Display {
    do {
      let file = try file()
      let rows: [[Phrase]] = part.groups.compactMap { group in
        let tensors = file.entries.filter { name($0.name, isIn: group.prefix) }
        guard !tensors.isEmpty else { return nil }
        return ["\(group.prefix)", "\(tensors.count)", "\(tensors.reduce(0) { $0 + $1.tensor.count })", "\(group.help)"]
      }
      return .table(DisplayTable(title: summary, columns: [.init("tensors named", .left), .init("tensors"), .init("numbers"), .init("", .left)], rows: rows))
    } catch {
      return .text("\(summary), which cannot be read: \("\(error)")")
    }
  }

  private func file() throws -> Safetensors { try Safetensors(decoding: training.folder.read(TrainingRecord.stateName)) }

  private func name(_ name: String, isIn prefix: String) -> Bool { name.hasPrefix(prefix + ".") }

  static let fileExtensions = [".safetensors"]

  /// A discriminator's names stand alone, as a network's do; those of a whole state say what they are of.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    let file = try file(), form = training.record.form
    let tensors = file.entries.filter { entry in part.groups.contains { name(entry.name, isIn: $0.prefix) } }
    let named = tensors.map { (name: part == .state ? $0.name : String($0.name.dropFirst(AdversarialObjective.weightsPrefix.count + 1)), tensor: $0.tensor) }
    var metadata = form.metadata
    if part == .discriminator { metadata["network"] = "discriminator" }
    metadata["step"] = file.metadata["step"]
    return Safetensors(named, metadata: metadata).encoded
  }
}
