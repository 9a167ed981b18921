#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The path without its last name: `/a` for `/a/b`, `.` for `b`, `/` for `/`.
func folder(of path: String) -> String {
  guard let cut = path.lastIndex(of: "/") else { return "." }
  return cut == path.startIndex ? "/" : String(path[..<cut])
}

/// The last name of a path.
func lastName(_ path: String) -> String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

/// The ending of a path's last name in small letters, with its full stop; empty where there is none.
func fileExtension(_ path: String) -> String {
  let name = lastName(path)
  guard let cut = name.lastIndex(of: "."), cut != name.startIndex else { return "" }
  return name[cut...].lowercased()
}

/// `path` seen from `folder`, without `.` and `..`: links are not followed. A `~` at the front is the person's own folder.
public func absolute(_ path: String, from folder: String, home: String? = personalFolder) -> String {
  var path = path
  if let home, path == "~" || path.hasPrefix("~/") { path = home + path.dropFirst() }
  var parts: [Substring] = []
  for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}

/// What `~` stands for: `HOME`, where it is an absolute path.
public var personalFolder: String? { getenv("HOME").map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil } }

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
