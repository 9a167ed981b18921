package import Rendering

/// What is sent to one browser: the state of the page with the pieces that it lacks, then what changes.
package struct EventFeed {
  /// Keys of the pieces that the browser has.
  private var known: Set<String> = []
  private(set) var version: Int?
  private var stepVersion: Int?

  package init() {}

  /// The next events as they are sent; empty where there is nothing new. However much has happened since the last, it is the state of now.
  package mutating func next(_ content: LivePage.Content, _ shown: Board.Shown, now: Double) -> [UInt8] {
    defer { (version, stepVersion) = (shown.version, shown.stepVersion) }
    if version != shown.version {
      defer { known = Set(content.fragments.map(\.key)) }
      return Response.event("page", page(content, shown, now))
    }
    guard stepVersion != shown.stepVersion, let step = shown.step else { return [] }
    return Response.event("progress", json(step))
  }

  private func page(_ content: LivePage.Content, _ shown: Board.Shown, _ now: Double) -> JSONText {
    let state = shown.state
    return .object([
      ("title", .string(content.title)), ("header", .string(content.header)), ("contents", .string(content.contents)), ("words", .string(state.words)),
      ("mood", .string(state.mood.rawValue)), ("notices", .array(state.notices.map(JSONText.string))),
      ("seconds", state.began.map { .number(now - $0) } ?? .null), ("progress", shown.step.map(json) ?? .null),
      ("blocks", .array(content.fragments.map { fragment in
        let how = fragment.statement.flatMap { $0 < state.statements.count ? state.statements[$0] : nil }
        return .object(
          [("key", .string(fragment.key)), ("state", how.map { .string($0.rawValue) } ?? .null)] + (known.contains(fragment.key) ? [] : [("html", .string(fragment.html))]))
      })),
    ])
  }

  private func json(_ step: Board.Step) -> JSONText { .object([("fraction", .number(step.fraction)), ("words", .string(step.words))]) }
}
