extension String {
  /// With every mention of the file or folder `path`, and of what lies below it, named as `text`; seen from it where `text` is empty.
  func naming(_ path: String, _ text: String) -> String {
    guard path.count > 1, contains(path) else { return self }
    var out = ""
    var rest = self[...]
    while let found = rest.firstRange(of: path) {
      let before = rest[..<found.lowerBound].last ?? out.last
      let after = rest[found.upperBound...].first
      let isWhole = !(before.map(isPartOfPath) ?? false) && !(after.map { $0 != "/" && $0 != "." && isPartOfPath($0) } ?? false)
      out += rest[..<found.lowerBound]
      rest = rest[found.upperBound...]
      guard isWhole else { out += path; continue }
      if text.isEmpty, after == "/" { rest.removeFirst() } else { out += text.isEmpty ? "." : after == "/" && text.hasSuffix("/") ? String(text.dropLast()) : text }
    }
    return out + rest
  }
}

private func isPartOfPath(_ character: Character) -> Bool { character.isLetter || character.isNumber || "/._-~+@".contains(character) }
