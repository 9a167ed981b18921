import Imaging
public import Scenes
public import Segmentation
public import Tensors

/// Evaluates models on labelled images: one confusion matrix over all pixels, at the labels' own size.
public enum Evaluation {
  /// - Parameters:
  ///   - seed: of styles, where the dataset has any.
  ///   - collective: those who share the images.
  ///   - each: is called after each image of this process with how many all have evaluated, about; may throw to stop.
  /// - Throws: `SceneError` or `ImagingError` naming a file, `EvaluationError` where an image has no label; `StoppedElsewhere` where another
  ///   process throws.
  public static func confusion(
    of models: [SegmentationModel], on dataset: Dataset, seed: UInt64, collective: any Collective = Alone(),
    each: (_ judged: Int) throws -> Void = { _ in }
  ) throws -> ConfusionMatrix {
    var matrix = ConfusionMatrix()
    try evaluate(models, on: dataset, seed: seed, collective) { image, judged in
      matrix += image
      try each(judged)
    }
    guard !collective.isAlone else { return matrix }
    return ConfusionMatrix(counts: collective.sums(matrix.counts.map { Double($0) }).map { UInt64($0) })
  }

  /// The same image by image, in the dataset's order: what intervals over images are computed from (``Bootstrap``).
  public static func confusions(
    of models: [SegmentationModel], on dataset: Dataset, seed: UInt64, collective: any Collective = Alone(), each: (_ judged: Int) throws -> Void = { _ in }
  ) throws -> [ConfusionMatrix] {
    var matrices: [ConfusionMatrix] = []
    try evaluate(models, on: dataset, seed: seed, collective) { image, judged in
      matrices.append(image)
      try each(judged)
    }
    guard !collective.isAlone else { return matrices }
    // Each has every so manieth image; one that has fewer fills up.
    let length = ConfusionMatrix().counts.count, rounds = (dataset.count + collective.size - 1) / collective.size
    let own = matrices.flatMap { $0.counts.map { Double($0) } }, all = collective.gather(own + [Double](repeating: 0, count: rounds * length - own.count))
    return (0..<dataset.count).map { image in
      let place = image / collective.size * length
      return ConfusionMatrix(counts: all[image % collective.size][place..<place + length].map { UInt64($0) })
    }
  }

  private static func evaluate(
    _ models: [SegmentationModel], on dataset: Dataset, seed: UInt64, _ collective: any Collective, each: (_ image: ConfusionMatrix, _ judged: Int) throws -> Void
  ) throws {
    let predictor = Predictor(models), positions = collective.isAlone ? nil : collective.part(of: dataset.count)
    let samples = EvaluationReader(dataset, seed: seed, positions: positions)
    var judged = 0
    func next() throws -> Bool {
      guard let sample = try samples.next() else { return false }
      guard let label = sample.label else { throw EvaluationError.noLabel(sample.name) }
      let prediction = predictor.classes(
        Normalization.values(of: sample.image), height: sample.image.size.height, width: sample.image.size.width,
        outputHeight: label.size.height, outputWidth: label.size.width)
      var matrix = ConfusionMatrix()
      matrix.add(truth: label.values, prediction: prediction)
      judged = min(judged + collective.size, dataset.count)
      try each(matrix, judged)
      return true
    }
    if collective.isAlone {
      while try next() {}
      return
    }
    // Image by image, so that who stops stops all.
    for _ in 0..<(dataset.count + collective.size - 1) / collective.size {
      let result = Result { try next() }
      guard collective.agrees((try? result.get()) != nil) else {
        _ = try result.get()
        throw StoppedElsewhere()
      }
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
