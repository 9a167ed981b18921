/// A training that could not read its data: which of its datasets, and what is wrong with it, naming the file.
public struct TrainingDataError: Error, CustomStringConvertible {
  public enum Stream: Sendable, Hashable {
    /// What a step reads, and the images that each epoch is evaluated on.
    case source, target, pseudo, validation

    init(_ stream: TrainingStream) {
      self = switch stream {
      case .source: .source
      case .target: .target
      case .pseudo: .pseudo
      case .mixed, .masked: preconditionFailure("\(stream) images are made, not read")
      }
    }
  }

  public let stream: Stream
  public let underlying: any Error

  public init(_ stream: Stream, _ underlying: any Error) { (self.stream, self.underlying) = (stream, underlying) }

  public var description: String { "\(underlying)" }

  /// Does what reads a dataset; what it throws names the dataset.
  static func naming<Result>(_ stream: Stream, _ read: () throws -> Result) throws -> Result {
    do { return try read() } catch { throw TrainingDataError(stream, error) }
  }
}
