public import Storage

/// The values of sessions on the disk, by their recipes.
public typealias ValueStore = Store<ValueLabel>

/// What the store knows of a value beside its files.
public struct ValueLabel: StoreLabel {
  var kind: Kind
  var recipe: Recipe
  /// What it was computed with, bit for bit; nil where that is not known.
  var instructions: String?
  /// Seconds that making it took.
  var seconds: Double
  /// What was done in these seconds; nil where it is not known.
  var work: Work?

  public var digest: String { recipe.digest }
  public var isSound: Bool { recipe.isSound }
}

/// One value of the store, for lists.
public struct StoredValue: Sendable, Hashable {
  public var digest: String
  /// Nil where its manifest is damaged.
  public var kind: Kind?
  public var command: String?
  /// Bytes.
  public var size: Int64
  /// When it was last used, in nanoseconds since 1970.
  public var used: Int64
  /// Seconds that making it took.
  public var seconds: Double
}

extension ValueStore {
  /// What is kept, the last used first.
  public func contents() -> [StoredValue] {
    entries().map {
      StoredValue(digest: $0.digest, kind: $0.label?.kind, command: $0.label?.recipe.command, size: $0.size, used: $0.used, seconds: $0.label?.seconds ?? 0)
    }
  }

  /// Runs of a command whose work is known.
  func runs(of command: String) -> [(work: Work, seconds: Double)] {
    labels.compactMap { label in label.recipe.command == command ? label.work.map { ($0, label.seconds) } : nil }
  }
}

extension Surroundings {
  /// The instruction set that a value was computed with, where it is there and that is known to be another than this process's: its bits
  /// are then not those that its recipe gives here.
  func foreignInstructions(_ digest: String) -> String? { store.label(digest).flatMap(foreignInstructions) }

  private func foreignInstructions(_ label: ValueLabel) -> String? {
    guard !instructionSet.isEmpty, let known = label.instructions, known != instructionSet else { return nil }
    return known
  }

  /// Makes what lies in the workspace a value of the store, in the place of one that was computed with other instructions.
  func commit(_ workspace: Folder, kind: Kind, recipe: Recipe, seconds: Double, work: Work?) throws {
    let label = ValueLabel(kind: kind, recipe: recipe, instructions: instructionSet.isEmpty ? nil : instructionSet, seconds: seconds, work: work)
    try store.commit(workspace, label) { foreignInstructions($0) != nil }
  }
}
