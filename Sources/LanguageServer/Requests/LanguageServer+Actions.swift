internal import Rendering

extension LanguageServer {
  /// What mends the faults that the editor asks about: those with one remedy say what should stand in their place.
  func actions(_ asked: Parameters.Actions) -> JSONText {
    .array(asked.context.diagnostics.compactMap { fault in
      guard let replacement = fault.replacement else { return nil }
      let title = replacement.isEmpty ? "Remove it" : "Change to \(replacement.count > 60 ? replacement.prefix(57) + "..." : replacement[...])"
      let edit = JSONText.object([("range", DocumentText.json(fault.range.start, fault.range.end)), ("newText", .string(replacement))])
      return .object([
        ("title", .string(title)), ("kind", .string("quickfix")), ("isPreferred", .bool(true)),
        ("edit", .object([("changes", .object([(asked.textDocument.uri, .array([edit]))]))])),
      ])
    })
  }
}
