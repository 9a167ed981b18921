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

/// `path` seen from `folder`, without `.` and `..`: links are not followed.
func absolute(_ path: String, from folder: String) -> String {
  var parts: [Substring] = []
  for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
    if part == ".." { _ = parts.popLast() } else { parts.append(part) }
  }
  return "/" + parts.joined(separator: "/")
}
