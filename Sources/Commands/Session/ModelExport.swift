import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

/// Writes a model as an ONNX file, with words about what goes in and comes out.
struct ModelExport {
  static let fileExtension = ".onnx"

  let model: ModelValue
  let output: DeployedOutput
  /// Nil for any size.
  let size: PixelSize?
  let to: Location
  let range: SourceRange?
  let outputRange: SourceRange?
  let modelRange: SourceRange?

  /// Before weights are read.
  func check(_ session: Session) throws {
    let networks = try model.networks()
    if networks.count > 1, output == .logits || output == .coarse {
      throw Diagnostic(
        "the mean of \(networks.count) models is one of probabilities, so that it has no logits", at: outputRange ?? modelRange, remedy: "write output=probabilities or output=labels, or export its models one by one")
    }
    // The weights as they are stored, in memory, folded, and three times on their way into the file.
    let numbers = networks.reduce(0) { $0 + $1.layout.entries.reduce(0) { $0 + Int64($1.count) } }
    try session.requireMemory(MemoryNeed([("the file", 24 * numbers)], at: modelRange, remedy: MemoryNeed.moreMemory))
    try session.checkWritable(to, at: range)
  }

  /// - Returns: what was written, in words.
  func write(_ session: Session) throws -> String {
    let models: [SegmentationModel]
    do { models = try model.models() } catch { throw Diagnostic("\(error)", at: modelRange) }
    let extent = size.map { NetworkToONNX.Extent.fixed(width: $0.width, height: $0.height) } ?? .dynamic
    var file = try NetworkToONNX(output, extent: extent, help: ModelExport.inputHelp).model(of: models)
    file.help = model.summary.text
    file.metadata = metadata(models[0].network)
    try session.write(file.encoded, to: to, at: range)
    let sizes = size.map { "one image of \($0.description)" } ?? "images of any size"
    return "written: \(to.text), which takes \(sizes) and gives \(file.outputs[0].name)"
  }

  private static var inputHelp: String {
    let mean = Normalization.mean.map { "\($0)" }.joined(separator: ", "), deviation = Normalization.deviation.map { "\($0)" }.joined(separator: ", ")
    return "red, green, blue: (pixel / 255 - mean) / deviation, with mean \(mean) and deviation \(deviation)"
  }

  private func metadata(_ network: Network) -> [String: String] {
    network.form.metadata.merging([
      "mean": Normalization.mean.map { "\($0)" }.joined(separator: " "), "deviation": Normalization.deviation.map { "\($0)" }.joined(separator: " "),
      "classes": CityscapesClass.all.map(\.name).joined(separator: ","),
    ]) { $1 }
  }
}
