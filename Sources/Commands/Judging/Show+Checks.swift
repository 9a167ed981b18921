import Adaptation
import Imaging
import Language
import Scenes
import Workbench

// What can be wrong with `show`, told before anything is read or predicted.
extension Show {
  func checkPictures() throws {
    if let what, !what.isOfData {
      throw Diagnostic("\(what.rawValue) is a view of models, and \($values[0].text) is \(values[0].kind.withArticle)", at: $what, remedy: "name a model, and where it predicts: show MODEL on=\($values[0].text) what=\(what.rawValue)")
    }
    if let on = $on { throw Diagnostic("on= is where models predict, and no model is named", at: on.range, remedy: "name a model first") }
    if !values.contains(where: { $0 is DatasetValue }) { try refuseForm("is shown as it is") }
    for (value, operand) in zip(values, $values) {
      switch value {
      case let data as DatasetValue: try gallery(data, operand, seed: 0).check()
      case is ImageValue, is TensorValue: break
      default: throw Diagnostic("\(operand.text) is \(value.kind.withArticle), which has no picture", at: operand.range, remedy: "its name alone shows it as text")
      }
    }
  }

  func checkPredictions() throws {
    if let other = zip(values, $values).first(where: { !($0.0 is ModelValue) })?.1 {
      throw Diagnostic("models are shown by themselves", at: other.range, remedy: "name where they predict with on=, for example on=city.val[0]")
    }
    try refuseForm("predicts whole images")
    guard let on else {
      throw Diagnostic("what a model predicts is shown on images", at: $values[0].range, remedy: "add on=, for example on=city.val[0]")
    }
    let data = try dataset(on, $on), words = $on?.text ?? data.title
    switch what ?? .prediction {
    case .image, .label: throw Diagnostic("a model makes no \(what?.rawValue ?? "image")", at: $what, remedy: "show \(words) what=\(what?.rawValue ?? "image")")
    case .errors where !data.hasLabels:
      throw Diagnostic("\(words) has no labels to compare with", at: $on?.range, remedy: "confidence and entropy need none")
    case .discriminator:
      for (value, operand) in zip(values, $values) { if let model = value as? ModelValue { _ = try ModelView.adversarialTraining(of: model, operand) } }
      try checkSizes(data)
    case .overlay, .prediction, .confidence, .entropy, .errors: break
    }
  }

  /// Panels as they are drawn, put together with and without words, and encoded.
  private static func panels(_ count: Int, of pixels: Int64) -> Int64 { 12 * Int64(count) * pixels }

  private func pixels(_ data: Dataset) -> Int64 { (0..<min(count, data.count)).reduce(0) { $0 + Int64(data.size(at: $1).area) } }

  func pictureMemory() throws -> MemoryNeed {
    let parts = try zip(values, $values).map { value, operand -> Int64 in
      if let data = value as? DatasetValue { return Self.panels(4, of: pixels(try dataset(data, operand))) + 30 * Int64(try dataset(data, operand).largestArea) }
      return Self.panels(1, of: Int64(((value as? ImageValue)?.image ?? (value as? TensorValue)?.picture)?.size.area ?? 0))
    }
    return MemoryNeed([("pictures", parts.reduce(0, +))], at: range, remedy: "a smaller count= needs less, and so does a dataset with a smaller size=")
  }

  func predictionMemory() throws -> MemoryNeed? {
    guard let on else { return nil }
    let data = try dataset(on, $on), networks = try values.compactMap { $0 as? ModelValue }.flatMap { try $0.networks() }
    let parts = NetworkMemory.inference(networks, on: data, probabilities: values.count, others: 20)
    return MemoryNeed(
      parts + [("pictures", Self.panels(2 + 3 * values.count, of: pixels(data)))], at: $on?.range,
      remedy: "a smaller count= needs less, and so does a dataset with a smaller size=")
  }

  private var range: SourceRange? { $values.compactMap(\.range).reduce(nil) { $0?.joined(to: $1) ?? $1 } }

  /// Crops and epochs are of datasets.
  private func refuseForm(_ words: String) throws {
    guard let (name, range) = [("crop", $crop), ("epoch", $epoch)].first(where: { $0.1 != nil }) else { return }
    throw Diagnostic("\(name)= is for datasets, and \($values[0].text) \(words)", at: range, remedy: "leave it out")
  }

  /// A discriminator needs images that are not too small for it.
  private func checkSizes(_ data: Dataset) throws {
    let least = DiscriminatorView.leastSide
    for position in 0..<min(count, data.count) {
      let size = data.size(at: position)
      guard min(size.width, size.height) < least else { continue }
      throw Diagnostic("the discriminator sees \(least) pixels at once, and \(data.name(at: position)) is \(size)", at: $on?.range, remedy: "use images of \(least)x\(least) or more")
    }
  }

  func gallery(_ data: DatasetValue, _ operand: Operand, seed: UInt64) throws -> Gallery {
    let draw = Draw(seed: seed, epoch: (epoch ?? 1) - 1, crop: crop)
    return Gallery(
      data: try dataset(data, operand), name: operand.text, what: what, range: $what ?? operand.range, draw: draw, saysForm: crop != nil || epoch != nil)
  }
}
