public import Language
import Storage

/// Something of a session's script that is in effect, with what it showed.
public struct RecordedItem: Sendable {
  public enum Content: Sendable {
    /// A line of prose or a heading.
    case words
    /// What the statement shows; nil where its value is no longer available, so that only ``RecordedItem/outputs`` are left.
    case output(Display?)
    /// The message of a failure that is kept.
    case failure(String)
  }

  /// The line as the script has it.
  public var text: String
  public var content: Content
  /// Recorded lines of output.
  public var outputs: [String]
  /// True if something it was made from has another value now.
  public var isStale: Bool
}

extension Session {
  /// Everything that is in effect, oldest first. Values that are not in memory are loaded, and made again where that is cheap.
  public func recorded() -> [RecordedItem] { recorded { shown(by: $0) } }

  func recorded(_ shown: (Entry) -> Display?) -> [RecordedItem] {
    timeline.entries.map { entry in
      let content: RecordedItem.Content = switch entry.effect {
      case .prose: .words
      case .failure(let message): .failure(message)
      case .binding, .seed, .showing: .output(shown(entry))
      }
      return RecordedItem(text: entry.canonical, content: content, outputs: entry.outputs, isStale: timeline.isStale(entry.id))
    }
  }

  func shown(by entry: Entry) -> Display? {
    if entry.outputs.isEmpty { return .nothing }
    guard entry.origin != nil else { return .text(Phrase(pieces: [.words(entry.outputs.joined(separator: "\n"))])) }
    return (try? values[entry.id] ?? reproduce(entry))?.display
  }

  /// A number for the statement that was recorded last, for ``isStale(recorded:)``; nil where none was.
  public var lastRecorded: Int? { timeline.entries.last { !$0.isProse }?.id }

  /// Whether something that a recorded statement was made from has another value now.
  public func isStale(recorded number: Int) -> Bool { timeline.isStale(number) }

  /// Writes a file that a person asked for: below the working directory, and over nothing that is not Segue's own.
  public func write(_ bytes: [UInt8], to location: Location, at range: SourceRange? = nil) throws {
    try surroundings.written.write(bytes, to: location, below: surroundings.directory, force: surroundings.force, at: range)
  }

  /// Fails if ``write(_:to:at:)`` would not be allowed.
  public func checkWritable(_ location: Location, at range: SourceRange? = nil) throws {
    try surroundings.written.check(location, below: surroundings.directory, force: surroundings.force, at: range)
  }

  /// The file that these words name, seen from the working directory.
  public func location(_ text: String) -> Location { Location(text: text, path: absolute(text, from: surroundings.directory)) }
}
