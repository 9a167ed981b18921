import Imaging
import Language
import Scenes
import Segmentation
import Workbench

struct Show: Command {
  static let summary = "Pictures of values side by side: images with their labels, what fda does, what models predict."
  static let category = Category.judging
  static let isStored = false
  static let usesSeed = false
  static let naming = Naming.optional
  static let searchTerms = ["look", "view", "picture", "display", "overlay", "triptych", "png"]
  static let examples = [
    Example("show d.source d.target", shows: .image, after: ["d = load dataset"]),
    Example("show f[0]", shows: .image, after: ["d = load dataset", "f = fda d.source"]),
    Example("show t on=few.val[0]", shows: .image, after: Samples.trained),
    Example("show m", fails: "on=", after: Samples.built),
  ]

  @Inputs("datasets, images, tensors; models with on=") var values: [any Value]
  @Input("where models are to predict: images of a dataset") var on: DatasetValue?
  @Setting("how many images of a dataset", in: 1...64) var count = 4
  @Path("a PNG file for the picture at full size", .writing) var to: Location?

  func check(_ context: Context) throws {
    guard let to else { return }
    guard to.fileExtension == ".png" else { throw Diagnostic("a picture is written as PNG, not '\(to.text)'", at: $to, remedy: "end the name in .png") }
    try context.checkWritable(to, at: $to)
  }

  func run(_ context: Context) throws -> ImageValue {
    let models = values.compactMap { $0 as? ModelValue }
    if !models.isEmpty { return try predictions(models) }
    let rows = try zip(values, $values).map { value, operand in try self.rows(value, operand) }
    let pictures = rows.flatMap(\.pictures)
    let caption = rows.dropFirst().reduce(rows[0].caption) { before, row in "\(before); \(row.caption)" }
    return ImageValue(Gallery.stacked(pictures), caption: caption)
  }

  func deliver(_ result: ImageValue, _ context: Context) throws {
    if let to { try context.write(PNG.encode(result.image), to: to, at: $to) }
  }

  /// Rows of pictures for one value.
  private func rows(_ value: any Value, _ operand: Operand) throws -> (pictures: [Image], caption: Phrase) {
    switch value {
    case let data as DatasetValue:
      let whole = try dataset(data, operand)
      let shown = (0..<min(count, whole.count))
      return (try shown.map { try Gallery.row(whole, $0) }, "\(operand.text): \(Gallery.columns(whole))")
    case let image as ImageValue: return ([image.image], "\(operand.text): \(image.caption)")
    case let tensor as TensorValue: return ([tensor.picture], "\(operand.text): \(tensor.caption)")
    default:
      throw Diagnostic("\(operand.text) is \(value.kind.withArticle), which has no picture", at: operand.range, remedy: "its name alone shows it as text")
    }
  }

  /// Each image beside its label and what every model makes of it.
  private func predictions(_ models: [ModelValue]) throws -> ImageValue {
    guard models.count == values.count else {
      let other = zip(values, $values).first { !($0.0 is ModelValue) }?.1
      throw Diagnostic("models are shown by themselves", at: other?.range, remedy: "name where they predict with on=, for example on=city.val[0]")
    }
    guard let on else {
      throw Diagnostic("what a model predicts is shown on images", at: $values[0].range, remedy: "add on=, for example on=city.val[0]")
    }
    let data = try dataset(on, $on)
    let predictors = try models.map { Predictor(try $0.models()) }
    let rows = try (0..<min(count, data.count)).map { position in
      let sample = try data.evaluationSample(position), size = sample.image.size
      let guesses = predictors.map { predictor in
        LabelColours.picture(
          of: IndexMap(
            size: size,
            values: predictor.classes(
              Normalization.values(of: sample.image), height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width)))
      }
      let truth = sample.label.map { [LabelColours.picture(of: $0.resized(to: size))] } ?? []
      return Gallery.beside([sample.image.rounded] + truth + guesses)
    }
    let columns = ["image"] + (data.hasLabels ? ["label"] : []) + $values.map(\.text)
    return ImageValue(Gallery.stacked(rows), caption: "\($on?.text ?? data.title): \(columns.joined(separator: " | "))")
  }
}
