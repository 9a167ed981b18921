#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The path without its last name: `/a` for `/a/b`, `.` for `b`, `/` for `/`.
package func folder(of path: String) -> String {
  guard let cut = path.lastIndex(of: "/") else { return "." }
  return cut == path.startIndex ? "/" : String(path[..<cut])
}

/// The last name of a path.
package func lastName(_ path: String) -> String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

/// The ending of a path's last name in small letters, with its full stop; empty where there is none.
package func fileExtension(_ path: String) -> String {
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
