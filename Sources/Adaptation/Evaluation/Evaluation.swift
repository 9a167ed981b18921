import Imaging
public import Scenes
public import Segmentation
public import Tensors

/// Evaluates models on labelled images: one confusion matrix over all pixels, at the labels' own size.
public enum Evaluation {
  /// - Parameters:
  ///   - seed: of styles, where the dataset has any.
  ///   - collective: those who share the images.
  ///   - each: is called after each image with how many this process has evaluated; may throw to stop.
  /// - Throws: `SceneError` or `ImagingError` naming a file, `EvaluationError` where an image has no label.
  public static func confusion(
    of models: [SegmentationModel], on dataset: Dataset, seed: UInt64, collective: any Collective = Alone(),
    each: (_ judged: Int) throws -> Void = { _ in }
  ) throws -> ConfusionMatrix {
    var matrix = ConfusionMatrix()
    try evaluate(models, on: dataset, seed: seed, positions: collective.isAlone ? nil : collective.part(of: dataset.count)) { image, judged in
      matrix += image
      try each(judged)
    }
    guard !collective.isAlone else { return matrix }
    return ConfusionMatrix(counts: collective.sums(matrix.counts.map { Double($0) }).map { UInt64($0) })
  }

  /// The same image by image, in the dataset's order: what intervals over images are computed from (``Bootstrap``).
  public static func confusions(
    of models: [SegmentationModel], on dataset: Dataset, seed: UInt64, each: (_ judged: Int) throws -> Void = { _ in }
  ) throws -> [ConfusionMatrix] {
    var matrices: [ConfusionMatrix] = []
    try evaluate(models, on: dataset, seed: seed, positions: nil) { image, judged in
      matrices.append(image)
      try each(judged)
    }
    return matrices
  }

  private static func evaluate(
    _ models: [SegmentationModel], on dataset: Dataset, seed: UInt64, positions: [Int]?, each: (_ image: ConfusionMatrix, _ judged: Int) throws -> Void
  ) throws {
    let predictor = Predictor(models)
    let samples = EvaluationReader(dataset, seed: seed, positions: positions)
    var judged = 0
    while let sample = try samples.next() {
      guard let label = sample.label else { throw EvaluationError.noLabel(sample.name) }
      let prediction = predictor.classes(
        Normalization.values(of: sample.image), height: sample.image.size.height, width: sample.image.size.width,
        outputHeight: label.size.height, outputWidth: label.size.width)
      var matrix = ConfusionMatrix()
      matrix.add(truth: label.values, prediction: prediction)
      judged += 1
      try each(matrix, judged)
    }
  }

  /// Classes that cannot occur in this data, and are left out of means.
  public static func impossible(in dataset: Dataset) -> Set<Int> { Set(0..<CityscapesClass.count).subtracting(dataset.classes) }
}

public enum EvaluationError: Error, CustomStringConvertible {
  case noLabel(String)

  public var description: String {
    switch self {
    case .noLabel(let name): "\(name) has no label, so there is nothing to evaluate against"
    }
  }
}
