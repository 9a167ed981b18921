public import Imaging
public import Scenes
public import Segmentation

/// What models predict for the images of a dataset, as large as the pictures' files.
public enum LabelMaps {
  /// - Parameters:
  ///   - positions: of the images, in the order in which they are predicted.
  ///   - seed: of styles, where the dataset has any.
  ///   - each: is given every map of train ids; may throw to stop.
  /// - Throws: `SceneError` or `ImagingError` naming a file.
  public static func predict(
    by models: [SegmentationModel], on dataset: Dataset, positions: [Int], seed: UInt64, each: (_ position: Int, _ label: IndexMap) throws -> Void
  ) throws {
    let predictor = Predictor(models), samples = EvaluationReader(dataset, seed: seed, positions: positions)
    for position in positions {
      guard let sample = try samples.next() else { preconditionFailure("there are as many samples as positions") }
      let size = dataset.fileSize(at: position)
      let classes = predictor.classes(
        Normalization.values(of: sample.image), height: sample.image.size.height, width: sample.image.size.width, outputHeight: size.height, outputWidth: size.width)
      try each(position, IndexMap(size: size, values: classes))
    }
  }
}
