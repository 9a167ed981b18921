extension Script {
  /// The names that hold a literal: what `--set` may change.
  public var literalBindings: [String] { items.compactMap { $0.statement?.literalName } }

  /// Fails where an override names no literal binding of the script or is no literal.
  public func check(_ overrides: [String: String], _ vocabulary: Vocabulary) throws(Diagnostic) {
    let bindings = literalBindings
    for (name, value) in overrides.sorted(by: { $0.key < $1.key }) {
      guard bindings.contains(name) else {
        throw Diagnostic("the script gives no literal the name '\(name)'", remedy: suggestion(for: name, in: bindings, none: "it has no `name = literal` line"))
      }
      let parsed = Statement.parse("\(name) = \(value)", vocabulary)
      guard parsed.diagnostics.isEmpty, parsed.statement?.value?.literal != nil, parsed.comment == nil else {
        throw Diagnostic("'\(value)' is not a literal for '\(name)'", remedy: parsed.diagnostics.first?.remedy ?? "a number, a size, a range, or a text between quotes")
      }
    }
  }

  /// The script with other literals in the place of those that its names hold; lines, comments and everything else stay as they are.
  public func setting(_ overrides: [String: String], _ vocabulary: Vocabulary) throws(Diagnostic) -> Script {
    if overrides.isEmpty { return self }
    try check(overrides, vocabulary)
    var bytes = Array(source.text.utf8)
    for item in items.reversed() {
      guard let name = item.statement?.literalName, let value = overrides[name], let range = item.statement?.value?.range else { continue }
      bytes.replaceSubrange(range.start..<range.end, with: Array(value.utf8))
    }
    return Script(String(decoding: bytes, as: UTF8.self), vocabulary)
  }
}

extension Statement {
  /// `rounds` for `rounds = 25`.
  fileprivate var literalName: String? { value?.literal == nil || prefix != nil ? nil : name?.text }
}
