import Adaptation
import Imaging
import Language
import Scenes
import Segmentation
import Tensors
import Workbench

/// One model as `show` looks at it: what it makes of an image, and what is to be seen of that.
final class ModelView {
  let name: String
  private let what: Show.What
  private let predictor: Predictor
  private let discriminator: DiscriminatorView?
  /// Means over the images so far.
  private var sum = 0.0, count = 0.0

  /// - Throws: where the model has nothing of that sort to be seen.
  init(_ model: ModelValue, named operand: Operand, what: Show.What) throws {
    (name, self.what) = (operand.text, what)
    predictor = Predictor(try model.models())
    discriminator = what == .discriminator ? try Self.discriminator(of: model, operand) : nil
  }

  /// The training of a model that has a discriminator to be seen; an error says why another has none.
  static func adversarialTraining(of model: ModelValue, _ operand: Operand) throws -> ModelValue.Training {
    guard case .training(let training) = model.content else {
      throw Diagnostic("\(operand.text) is \(model.stage.rawValue) and has no discriminator", at: operand.range, remedy: "a model trained with toward= has one")
    }
    if let other = TargetMethod.allCases.first(where: { training.record.has($0.declaration.objective) }), !training.record.has(AdversarialObjective.self) {
      throw Diagnostic("\(operand.text) was trained with method=\(other.rawValue), so it has no discriminator", at: operand.range, remedy: "train with toward=DATASET, and the usual method=")
    }
    guard training.record.has(AdversarialObjective.self) else {
      throw Diagnostic("\(operand.text) was trained without toward=, so it has no discriminator", at: operand.range, remedy: "train with toward=DATASET")
    }
    if let epoch = training.epoch, epoch != training.record.epochs {
      throw Diagnostic("the discriminator is kept for the last epoch only", at: operand.range, remedy: "without @\(epoch) it can be seen")
    }
    return training
  }

  private static func discriminator(of model: ModelValue, _ operand: Operand) throws -> DiscriminatorView {
    let training = try adversarialTraining(of: model, operand)
    guard let weights = try training.discriminatorWeights() else { throw Diagnostic("\(operand.text) has no discriminator", at: operand.range) }
    return DiscriminatorView(
      AdversarialObjective.discriminator(for: try training.record.form.network(), training.record.adversary ?? AdversaryForm()), weights: weights,
      form: training.record.adversary ?? AdversaryForm())
  }

  /// The titles of its panels.
  var titles: [String] {
    switch what {
    case .image, .label, .prediction: [name]
    case .overlay: ["\(name) over the image"]
    case .discriminator: [name, "its discriminator"]
    case .errors: [name, "its errors"]
    case .confidence, .entropy: [name, "its \(what.rawValue)"]
    }
  }

  /// What one number says of all images shown.
  var remark: Phrase? {
    guard count > 0 else { return nil }
    let mean = sum / count
    return switch what {
    case .image, .label, .overlay, .prediction: nil
    case .confidence: "mean confidence of \(name) \(Figures.share(mean)) %"
    case .entropy: "mean entropy of \(name) \(Figures.share(mean)) %"
    case .errors: "\(name) is right on \(Figures.share(mean)) % of the labelled pixels"
    case .discriminator: "taken for a target's to \(Figures.share(mean)) %"
    }
  }

  /// What a model made of one image.
  struct Look {
    var prediction: IndexMap
    /// The other thing to be seen, where there is one.
    var other: Other?

    enum Other {
      case picture(Image)
      /// Numbers between 0 and 1, `size` the map's own.
      case map([Float], PixelSize)
    }
  }

  func look(at sample: EvaluationSample, _ label: IndexMap?) -> Look {
    let image = sample.image, size = image.size
    let probabilities = predictor.softmax(
      Normalization.values(of: image), height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width)
    let (classes, confidence) = UpsampledSoftmax.mostProbable(probabilities)
    let prediction = IndexMap(size: size, values: classes)
    func map(_ values: [Float], _ size: PixelSize) -> Look {
      (sum, count) = (values.reduce(sum) { $0 + Double($1) }, count + Double(values.count))
      return Look(prediction: prediction, other: .map(values, size))
    }
    switch what {
    case .image, .label, .prediction: return Look(prediction: prediction)
    case .overlay: return Look(prediction: prediction, other: .picture(LabelColours.overlay(prediction, on: image.rounded)))
    case .confidence: return map(confidence, size)
    case .entropy: return map(Certainty.entropy(probabilities), size)
    case .errors:
      guard let label else { preconditionFailure("errors were asked for without labels") }
      let errors = ErrorPicture(prediction, label)
      (sum, count) = (sum + Double(errors.right), count + Double(errors.labelled))
      return Look(prediction: prediction, other: .picture(errors.picture(over: image.rounded)))
    case .discriminator:
      guard let discriminator else { preconditionFailure("a discriminator was asked for and not made") }
      let taken = discriminator.targetProbability(probabilities)
      return map(taken.values, taken.size)
    }
  }

  /// The pictures of a look, under ``titles``.
  func panels(_ look: Look, on scale: MapScale) -> [Figure.Panel] {
    let coloured = LabelColours.picture(of: look.prediction)
    let pictures: [Image] = switch look.other {
    case nil: [coloured]
    case .picture(let picture): what == .overlay ? [picture] : [coloured, picture]
    case .map(let values, let size): [coloured, scale.picture(of: values, size, at: look.prediction.size)]
    }
    return zip(titles, pictures).map { Figure.Panel($0, $1) }
  }
}

/// Where a prediction is wrong.
struct ErrorPicture {
  static let wrong: (red: UInt8, green: UInt8, blue: UInt8) = (230, 40, 40)

  private let isWrong: [Bool]
  private let isLabelled: [Bool]
  var right: Int { labelled - isWrong.count { $0 } }
  var labelled: Int { isLabelled.count { $0 } }

  init(_ prediction: IndexMap, _ label: IndexMap) {
    precondition(prediction.size == label.size, "a prediction is compared with a label of its size")
    isLabelled = label.values.map { $0 < CityscapesClass.count }
    isWrong = zip(prediction.values, label.values).map { $1 < CityscapesClass.count && $0 != $1 }
  }

  /// The image in dim grey, wrong pixels red, pixels without a label black.
  func picture(over image: Image) -> Image {
    var picture = image
    for i in isWrong.indices {
      let grey = (Int(image.pixels[3 * i]) * 77 + Int(image.pixels[3 * i + 1]) * 151 + Int(image.pixels[3 * i + 2]) * 28) >> 8
      let dim = UInt8(isLabelled[i] ? 64 + grey * 5 / 8 : 0)
      (picture.pixels[3 * i], picture.pixels[3 * i + 1], picture.pixels[3 * i + 2]) = isWrong[i] ? Self.wrong : (dim, dim, dim)
    }
    return picture
  }
}
