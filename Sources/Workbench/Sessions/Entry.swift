import Language

/// One thing that happened in a session and is in effect: what undo takes away and what the session file holds.
struct Entry: Codable, Sendable {
  enum Effect: Codable, Sendable, Hashable {
    /// `name` now holds a value.
    case binding
    /// The seed is another.
    case seed(UInt64)
    /// Something was shown or checked.
    case showing
    /// A failure that is kept for its lesson.
    case failure(String)
    /// Lines that are not statements.
    case prose(String)
  }

  /// Counts up; none is used twice in a session.
  var id: Int
  var effect: Effect
  var name: String?
  /// As it stands in the script.
  var canonical: String
  /// With operands that were filled in without being recorded: what remaking evaluates.
  var full: String
  /// The seed that held for it.
  var seed: UInt64
  /// Which entries its names meant.
  var environment: [String: Int]
  var origin: Origin?
  /// What it added to the recipes; nil for a new name of an old value.
  var recipe: Recipe?
  var kind: Kind?
  var isStored: Bool
  /// Recorded lines of output.
  var outputs: [String]
  var seconds: Double

  /// Its lines in a script.
  var lines: [String] {
    switch effect {
    case .prose(let line): [line]
    case .failure(let message): [canonical, "#! " + message]
    default: [canonical] + outputs.map { $0.isEmpty ? "#>" : "#> " + $0 }
    }
  }

  /// The number of `#` of a heading; nil for anything else.
  var headingLevel: Int? {
    guard isProse, canonical.hasPrefix("##") else { return nil }
    return canonical.prefix { $0 == "#" }.count
  }

  var isProse: Bool { if case .prose = effect { true } else { false } }
}
