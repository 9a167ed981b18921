#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Lists the files of a dataset's folder: each folder once, by whatever links it is reached, and with the reason for everything that
/// cannot be listed.
struct Survey {
  let root: String
  private(set) var omissions: [Omission] = []
  private var visited: [Place: String] = [:]
  /// Folders within folders; more is no dataset.
  private static let deepest = 64

  init(_ root: String) { self.root = root }

  /// The files below a folder, by their paths within `root`, in byte order; hidden ones are left out. An absent folder has none.
  mutating func files(in folder: String = "") -> [String] {
    guard Listing.isFolder(folder.isEmpty ? root : root + "/" + folder) else { return [] }
    var found: [String] = [], links: [(path: String, depth: Int)] = []
    visit(folder, depth: 0, &found, &links)
    // What is reached by links comes last, so that a folder has its own name where it has one.
    var next = 0
    while next < links.count {
      visit(links[next].path, depth: links[next].depth, &found, &links)
      next += 1
    }
    return found.sorted(by: Listing.precedes)
  }

  private mutating func visit(_ folder: String, depth: Int, _ found: inout [String], _ links: inout [(path: String, depth: Int)]) {
    let path = folder.isEmpty ? root : root + "/" + folder
    guard let place = Place(path) else { return omit(folder, "it cannot be read") }
    if let known = visited[place] {
      return omit(folder, "it is the same folder as \(known.isEmpty ? "the whole" : known), which is read already")
    }
    guard depth <= Survey.deepest else { return omit(folder, "it lies more than \(Survey.deepest) folders deep") }
    visited[place] = folder
    guard let names = Survey.names(in: path) else { return omit(folder, "the folder cannot be read: \(String(cString: strerror(errno)))") }
    for name in names {
      guard let text = name.text else {
        omit(folder.isEmpty ? name.escaped : folder + "/" + name.escaped, "its name is not UTF-8; rename it")
        continue
      }
      if text == "__MACOSX" || text == "Thumbs.db" { continue }
      let inner = folder.isEmpty ? text : folder + "/" + text
      switch Listing.kind(root + "/" + inner) {
      case .file: found.append(inner)
      case .folder where Survey.isLink(root + "/" + inner): links.append((inner, depth + 1))
      case .folder: visit(inner, depth: depth + 1, &found, &links)
      case .absent: omit(inner, Survey.isLink(root + "/" + inner) ? "it is a link to a file that is not there" : "it cannot be read")
      }
    }
  }

  private mutating func omit(_ name: String, _ reason: String) { omissions.append(Omission(name: name.isEmpty ? "." : name, reason: reason)) }

  /// A name as the system has it.
  private struct Name {
    let bytes: [UInt8]

    var text: String? { String(validating: bytes, as: UTF8.self) }

    /// With bytes that are no text as `\xE9`.
    var escaped: String {
      var out = "", rest = bytes[...]
      while !rest.isEmpty {
        let length = (1...4).first { rest.count >= $0 && String(validating: rest.prefix($0), as: UTF8.self) != nil }
        if let length, let part = String(validating: rest.prefix(length), as: UTF8.self) { out += part }
        if length == nil { out += (rest.first! < 16 ? "\\x0" : "\\x") + String(rest.first!, radix: 16, uppercase: true) }
        rest = rest.dropFirst(length ?? 1)
      }
      return out
    }
  }

  /// The folders that lie in a folder, by their names.
  static func folders(in folder: String) -> [String] {
    (names(in: folder) ?? []).compactMap(\.text).filter { Listing.isFolder(folder + "/" + $0) }
  }

  private static func names(in folder: String) -> [Name]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [Name] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes.first != UInt8(ascii: ".") { names.append(Name(bytes: bytes)) }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// What tells a folder from all others.
  private struct Place: Hashable {
    let device: UInt64
    let inode: UInt64

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }
}
