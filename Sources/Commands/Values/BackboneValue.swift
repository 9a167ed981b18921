import Adaptation
import Language
import Segmentation
import Storage
import Tensors
import Workbench

/// The weights of a model's backbone alone, as ImageNet checkpoints hold them: any network on this backbone may start from the file.
struct BackboneValue: SavableValue {
  static let kind: Kind = "checkpoint"

  let model: ModelValue

  var summary: Phrase { "weights of the backbone: \(model.summary)" }
  var display: Display { .text(summary) }

  static let fileExtensions = ModelValue.fileExtensions

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    guard let model = try model.models().first else { preconditionFailure("a model has a network") }
    let names = model.network.publishedNames
    if ending != ".safetensors" { return TorchState(model.weights.published.filter { names.isOfBackbone($0.name) }).encoded }
    return Safetensors(model.weights.named.filter { names.isOfBackbone($0.name) }, metadata: model.network.form.metadata).encoded
  }
}
