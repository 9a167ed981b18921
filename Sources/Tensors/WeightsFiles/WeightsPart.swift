/// A dictionary of tensors in a file of weights: all of a safetensors file, or one of those that a checkpoint holds.
public struct WeightsPart: Sendable {
  /// Where it lies: `state_dict`, `models.student`; nil for the file itself.
  public let name: String?
  /// In the file's order.
  public let tensors: [Entry]
  /// What lies among them and is no tensor of readable numbers, in words.
  public let others: [(name: String, what: String)]

  public init(name: String?, tensors: [Entry], others: [(name: String, what: String)]) { (self.name, self.tensors, self.others) = (name, tensors, others) }

  public struct Entry: Sendable {
    public let name: String
    public let shape: [Int]
    /// As the file's form calls it: `F32`, `float32`.
    public let type: String
    /// Whether its numbers are whole ones.
    public let isWhole: Bool
    let content: Content
  }

  enum Content: Sendable {
    case ready(Tensor)
    case stored(TorchTensor)
  }
}

extension WeightsPart.Entry {
  /// Whether two are one and the same numbers of the file: PyTorch writes a storage once that several names share.
  public func isSame(as other: WeightsPart.Entry) -> Bool {
    if case (.stored(let one), .stored(let other)) = (content, other.content) { one == other } else { false }
  }
}
