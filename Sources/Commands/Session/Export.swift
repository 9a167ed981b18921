import Imaging
import Language
import Rendering
public import Segmentation
public import Workbench

/// `export lesson.html`, `export lesson.md`, `export m.onnx model=m`
struct Export: SessionCommand {
  static let summary = "Write the session as one HTML page, as Markdown with its pictures or as a Jupyter notebook, or a model as ONNX for other runtimes."
  static let searchTerms = ["html", "markdown", "jupyter", "notebook", "ipynb", "document", "page", "publish", "report", "onnx", "deploy", "openvino", "tensorrt", "runtime"]
  static let seeAlso = ["save", "predict"]
  static let examples = [
    Example("export lesson.html", after: ["rounds = 25"]), Example("export notes.md", after: ["rounds = 25"]),
    Example("export any.onnx model=t", after: Samples.trained),
    Example("export camera.onnx model=m size=512x256 output=logits", after: Samples.built),
    Example("export lesson.docx", fails: "end the name in .html", after: ["rounds = 25"]),
    Example("export m.onnx", fails: "needs model", after: Samples.built),
  ]

  @Path("a file that ends in .html, .md or .ipynb for the session, in .onnx for a model", .writing) var to: Location
  @Input("for .onnx: the model, or an ensemble") var model: ModelValue?
  @Choice("for .onnx: what comes out; labels") var output: DeployedOutput?
  @Setting("for .onnx: the one size of the images; by default the file takes any", in: 8...8192) var size: PixelSize?

  func check(in session: Session) throws {
    if to.fileExtension == ModelExport.fileExtension { return try modelExport(in: session).check(session) }
    let unread: [(String, SourceRange?)] = [("model", $model?.range), ("output", $output), ("size", $size)]
    if let (name, range) = unread.first(where: { $0.1 != nil }) {
      throw Diagnostic("\(name)= has no effect on a page of the session", at: range, remedy: "leave it out, or end the name in .onnx to export a model")
    }
    _ = try DocumentWriter(to: to, in: session, at: $to)
  }

  func run(in session: Session) throws -> Display {
    if to.fileExtension == ModelExport.fileExtension { return .text("\(try modelExport(in: session).write(session))") }
    let writer = try DocumentWriter(to: to, in: session, at: $to)
    let name = to.text.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    return .text("\(try writer.write(Document(session, source: name + ".segue")))")
  }

  private func modelExport(in session: Session) throws -> ModelExport {
    guard let model else { throw Diagnostic("export to .onnx needs model=, the model to write", at: $to, remedy: "write model=NAME") }
    return ModelExport(model: model, output: output ?? .labels, size: size, to: to, range: $to, outputRange: $output, modelRange: $model?.range)
  }
}

extension DeployedOutput: ExplainedChoice {
  public var explanation: String {
    switch self {
    case .labels: "train ids of every pixel, 8 bits each: upsampling and argmax are part of the file"
    case .probabilities: "19 numbers of sum 1 for every pixel; upsampling and softmax are part of the file"
    case .logits: "19 numbers for every pixel before softmax; upsampling is part of the file"
    case .coarse: "logits at the network's stride, for a runtime that upsamples by itself"
    }
  }
}
