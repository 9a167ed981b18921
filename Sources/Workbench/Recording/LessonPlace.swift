import FoundationEssentials
public import Language
import Storage

/// How far a learner has come in a lesson: a small file beside the session of the lesson, replaced whole after each statement.
public struct LessonPlace: Codable, Sendable, Equatable {
  /// Statements of the lesson that are done or passed over.
  public var statements: Int
  /// The digest of the lesson's text up to there: a lesson that was changed above begins again.
  var digest: String

  public init(_ statements: Int, of lesson: Script) { (self.statements, digest) = (statements, LessonPlace.digest(lesson, statements)) }

  private static func digest(_ lesson: Script, _ statements: Int) -> String {
    let done = lesson.items.filter { if case .statement = $0.content { true } else { false } }.prefix(statements)
    return contentDigest(Array(lesson.source[SourceRange(0, done.last?.range.end ?? 0)].utf8))
  }

  /// Whether the lesson is as it was, up to this place.
  func holds(for lesson: Script) -> Bool { digest == LessonPlace.digest(lesson, statements) }
}

extension Session {
  /// The newest session of a lesson in which the learner stopped before the end and which is not open, with the place.
  public static func unfinished(
    lesson name: String, _ lesson: Script, in surroundings: Surroundings
  ) -> (session: String, place: LessonPlace)? {
    let folder = surroundings.home + "/sessions", files = surroundings.fileSystem
    let kind = SessionKind.step(SessionName.lesson(name))
    let sessions = SessionFile.names(in: folder, files).map(SessionName.init).filter { $0.kind == kind }.sorted()
    guard let last = sessions.last?.text, !SessionFile.isOpen(last, in: folder, files) else { return nil }
    guard let bytes = try? files.read("\(folder)/\(last).place", atMost: FileLimit.note), let place = try? JSONDecoder().decode(LessonPlace.self, from: Data(bytes)) else { return nil }
    return place.holds(for: lesson) ? (last, place) : nil
  }

  /// Remembers how far the learner has come; nil where the lesson is over.
  public func keep(place: LessonPlace?) {
    guard let file else { return }
    let path = "\(surroundings.home)/sessions/\(file.name).place"
    record {
      guard let place else { return try surroundings.fileSystem.remove(path) }
      try surroundings.fileSystem.write(Array(try JSONEncoder().encode(place)), to: path)
    }
  }
}

extension SessionKind {
  /// A walk through the lesson of this name.
  public static func walk(_ lesson: String) -> SessionKind { .step(SessionName.lesson(lesson)) }

  /// What is evaluated in the notebook of this name: its file's, without `.ipynb`.
  public static func notebook(named name: String) -> SessionKind { .notebook(SessionName.lesson(name)) }
}
