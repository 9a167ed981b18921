/// What is wrong with a dataset or a request to it, in a whole sentence that names the file or value and, where there is one, the remedy.
public struct SceneError: Error, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
