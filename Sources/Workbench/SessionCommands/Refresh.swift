import Language

/// `refresh`, `refresh train1`
struct Refresh: SessionCommand {
  static let summary = "Recompute stale values, values of another version of Segue, and values missing from the store."
  static let searchTerms = ["stale", "update", "again", "rerun"]
  static let examples = [Example("refresh", after: ["rounds = 25"])]

  static let seeAlso = ["vars", "graph"]

  @Words("names; by default all that are stale") var names: [Word]

  func check(in session: Session) throws {
    for word in names where session.timeline.names[word.text] == nil {
      let known = session.names.map(\.name)
      throw Diagnostic("no value is named '\(word.text)'", at: word.range, unknown: word.text, among: known, none: "nothing has a name yet")
    }
  }

  func run(in session: Session) throws -> Display {
    var lines: [Display] = []
    for (name, id) in session.timeline.latestNames.reversed() where names.isEmpty || names.contains(where: { $0.text == name }) {
      guard let entry = session.timeline[id] else { continue }
      let isOutdated = session.timeline.isStale(id) || !session.changesOfVersion(entry).isEmpty || session.remade[id] != nil
      if isOutdated, entry.environment[name] != nil {
        lines.append(.text("\(name): left as it is, because it was made from what \(name) held before; type its statements again"))
      } else if isOutdated {
        lines.append(.text("\(name): \(try session.reevaluate(entry))"))
      } else if session.values[id] == nil, (try? session.materialized(id)) == nil {
        session.values[id] = try session.reproduce(entry, mayMakeStored: true)
        lines.append(.text("\(name): recomputed"))
      }
    }
    return lines.isEmpty ? .text("nothing is stale") : .stack(lines)
  }
}

extension Session {
  /// Evaluates an entry's statement with what its names mean now; the canonical text of what happened.
  func reevaluate(_ entry: Entry) throws -> String {
    switch evaluate(entry.canonical).outcome {
    case .done, .quit: return entry.canonical
    case .failed(let diagnostic): throw Diagnostic("'\(entry.name ?? "")' could not be recomputed: \(diagnostic.message)", remedy: diagnostic.remedy)
    case .interrupted: throw Interrupted()
    }
  }
}
