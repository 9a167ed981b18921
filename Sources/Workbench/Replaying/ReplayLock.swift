import FoundationEssentials
public import Language
import Storage

/// What each statement of a script was made from and gave, to the last bit: the file `NAME.lock` beside `NAME.segue`.
///
/// Recipes say why an output differs. Contents are digests of whole values, by the instruction set that they were computed with: within
/// one, the same version gives the same bits at any number of threads; another may round otherwise.
public struct ReplayLock: Sendable, Equatable, Codable {
  /// 2: the contents of datasets are those of all their samples.
  static let format = 2

  public struct Entry: Sendable, Equatable, Codable {
    public var statement: String
    /// Nil for statements that make nothing.
    public var recipe: Recipe?
    /// Digests by instruction set.
    public var contents: [String: String]
  }

  /// Of the file that it was read from.
  public private(set) var format = ReplayLock.format
  /// One for each statement of the script.
  public var entries: [Entry]

  public init(entries: [Entry]) { self.entries = entries }

  /// The lock of a file's bytes; a diagnostic where it is none, or of a newer version.
  public init(bytes: [UInt8], name: String) throws(Diagnostic) {
    struct Head: Decodable { var format: Int }
    let data = Data(bytes)
    if let head = try? JSONDecoder().decode(Head.self, from: data), head.format > ReplayLock.format {
      throw Diagnostic("\(name) was written by a newer Segue (format \(head.format))", remedy: "use that version, or write it again with --lock --force")
    }
    guard let lock = try? JSONDecoder().decode(ReplayLock.self, from: data), lock.entries.allSatisfy({ $0.recipe?.isSound ?? true }) else {
      throw Diagnostic("\(name) is not a lock of Segue's, or is damaged", remedy: "write it again with --lock --force if it may be replaced")
    }
    self = lock
    if format < ReplayLock.format { for index in entries.indices { entries[index].contents = [:] } }
  }

  /// Its bytes: sorted, so that equal locks are equal files.
  public var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { preconditionFailure("a lock can always be encoded") }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  /// The instruction sets that it holds contents of.
  public var instructionSets: [String] { Set(entries.flatMap(\.contents.keys)).sorted() }

  /// This lock with what an older one knows of the same recipes on other instruction sets.
  public func merged(with old: ReplayLock?) -> ReplayLock {
    var merged = self
    for (index, entry) in entries.enumerated() {
      guard let known = old?.entries.first(where: { $0.statement == entry.statement && $0.recipe == entry.recipe }) else { continue }
      merged.entries[index].contents.merge(known.contents) { ours, _ in ours }
    }
    return merged
  }

  /// `lesson.lock` for `lesson.segue`.
  public static func path(of script: String) -> String {
    let ending = fileExtension(script)
    return (ending.isEmpty ? script : String(script.dropLast(ending.count))) + ".lock"
  }
}
