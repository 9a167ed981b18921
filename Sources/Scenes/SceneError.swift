public import Imaging

/// What is wrong with a dataset or a request to it, in a whole sentence that names the file or value.
public struct SceneError: Error, Hashable, CustomStringConvertible {
  /// What a caller can mend by asking for something else; how that is asked for is the caller's to say.
  public enum Fault: Hashable, Sendable {
    /// A folder that may be a source or a target.
    case roleUnknown
    /// A source without labels.
    case sourceUnlabelled
    /// Labels whose numbers may be the renderer's own or Cityscapes'.
    case numberingUnknown
    /// Labels that are all coarse.
    case coarseOnly
    /// Pictures of one batch that are not of one size.
    case sizesDiffer
    /// Labels that were made for the pictures at this size.
    case labelsSized(PixelSize)
    /// A batch of no samples, or of more than there are.
    case batchSize
    /// Labels that hold no class.
    case nothingLabelled
  }

  public let description: String
  /// nil where only other files help.
  public let fault: Fault?

  public init(_ description: String, _ fault: Fault? = nil) { (self.description, self.fault) = (description, fault) }
}
