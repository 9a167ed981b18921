internal import Language

/// The line being edited. Places in it are counted in Unicode scalars, as libedit counts them.
package struct EditedLine: Sendable, Equatable {
  package var scalars: [Unicode.Scalar]
  package var cursor: Int

  package init(_ scalars: [Unicode.Scalar] = [], cursor: Int? = nil) {
    self.scalars = scalars
    self.cursor = min(max(cursor ?? scalars.count, 0), scalars.count)
  }

  package init(_ text: String, cursor: Int? = nil) { self.init(Array(text.unicodeScalars), cursor: cursor) }

  package var text: String { Self.text(scalars[...]) }
  package var atEnd: Bool { cursor == scalars.count }

  /// The UTF-8 offset of a place.
  package func byteOffset(_ place: Int) -> Int { scalars[..<place].reduce(0) { $0 + UTF8.width($1) } }

  /// The place of a UTF-8 offset; one inside a scalar is the place after it.
  package func place(ofByte offset: Int) -> Int {
    var bytes = 0
    for (place, scalar) in scalars.enumerated() {
      if bytes >= offset { return place }
      bytes += UTF8.width(scalar)
    }
    return scalars.count
  }

  package mutating func apply(_ replacement: Replacement) {
    scalars.replaceSubrange(replacement.range, with: replacement.text.unicodeScalars)
    cursor = replacement.range.lowerBound + replacement.text.unicodeScalars.count
  }

  static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}

/// A change of the line that a key's function asks for; the cursor goes to the end of the new text.
package struct Replacement: Sendable, Equatable {
  package var range: Range<Int>
  package var text: String
}
