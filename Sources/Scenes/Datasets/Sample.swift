public import Imaging

/// A picture and its label as training takes them: of one size, moved together.
public struct Sample: Sendable {
  /// 0...255, which styles may leave; not yet normalised.
  public let image: FloatImage
  /// Train ids, 255 where ignored; nil where the data has no labels.
  public let label: IndexMap?
  public let name: String

  public init(image: FloatImage, label: IndexMap?, name: String) {
    (self.image, self.label, self.name) = (image, label, name)
  }
}

/// A picture at the size at which a network looks at it, and its label at the size of the label file, at which it is judged.
public struct EvaluationSample: Sendable {
  public let image: FloatImage
  /// Train ids, 255 where ignored: of the label file's own size, or of the network's input where a network made them.
  public let label: IndexMap?
  /// The size to which predictions are brought: the label's, or that of the image file where there is no label.
  public let fullSize: PixelSize
  public let name: String

  public init(image: FloatImage, label: IndexMap?, fullSize: PixelSize, name: String) {
    (self.image, self.label, self.fullSize, self.name) = (image, label, fullSize, name)
  }
}
