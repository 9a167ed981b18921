/// What a script would read, write and take, as far as a check can tell it without doing its work.
public struct Forecast: Sendable, Equatable {
  /// Files and folders that it reads and does not write itself, as they are named, in the order of its statements.
  public internal(set) var inputs: [String] = []
  /// Files and folders that it writes.
  public internal(set) var outputs: [String] = []
  /// Statements that take long, whether or not their values are stored already.
  public internal(set) var costs: [Cost] = []
  /// The most memory that one of its statements needs, in bytes.
  public internal(set) var memory: Int64 = 0

  public struct Cost: Sendable, Equatable {
    /// As it would be recorded.
    public var statement: String
    /// Multiplications with addition.
    public var multiplyAccumulates: Double
    /// By runs that the store remembers; nil where it has none to compare with.
    public var seconds: Double?
  }

  /// Nil where nothing is known of a statement's time.
  public var seconds: Double? { costs.reduce(0) { sum, cost in sum.flatMap { known in cost.seconds.map { known + $0 } } } }

  /// How long all takes, where that is known and worth telling: more than a minute.
  public var words: String? { seconds.flatMap { $0 < 60 ? nil : "about \(duration($0)), by runs that the store remembers" } }

  mutating func add(_ files: [NamedFile]) {
    for file in files where file.use == .reading && !inputs.contains(file.location.text) && !outputs.contains(file.location.text) { inputs.append(file.location.text) }
    for file in files where file.use == .writing && !outputs.contains(file.location.text) { outputs.append(file.location.text) }
  }
}
