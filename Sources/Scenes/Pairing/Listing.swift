/// Paths as datasets see them.
enum Listing {
  /// Without a last slash.
  static func plain(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func lastPart(_ path: String) -> String { plain(path).split(separator: "/").last.map(String.init) ?? path }

  /// What comes before the last slash; empty where there is none.
  static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
