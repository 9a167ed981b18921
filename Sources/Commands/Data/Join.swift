import Workbench

public struct Join: Command {
  public static let summary = "One dataset of the samples of several, one after another."
  public static let category = Category.data
  public static let isStored = false
  public static let usesSeed = false
  public static let searchTerms = ["concatenate", "mix", "combine", "add"]
  public static let examples = [Example("join a b", shows: .dataset, after: ["d = load dataset", "a = fda d.source", "b = augment d.source"])]

  @Inputs("datasets", atLeast: 2) var parts: [DatasetValue]

  public init() {}

  public func run(_ context: Context) throws -> DatasetValue {
    let all = try zip(parts, $parts).map { try dataset($0, $1) }
    return DatasetValue(all.dropFirst().reduce(all[0]) { $0.joined(with: $1) })
  }
}
