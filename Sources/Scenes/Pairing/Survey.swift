import Storage

/// Lists the files of a dataset's folder: each folder once, by whatever links it is reached, and with the reason for everything that
/// cannot be listed.
struct Survey {
  let root: String
  private let fileSystem: any FileSystem
  private(set) var omissions: [Omission] = []
  private var visited: [Place: String] = [:]
  /// Folders within folders; more is no dataset.
  private static let deepest = 64

  init(_ root: String, _ fileSystem: any FileSystem) { (self.root, self.fileSystem) = (root, fileSystem) }

  /// The files below a folder, by their paths within `root`, in byte order; hidden ones are left out. An absent folder has none.
  mutating func files(in folder: String = "") -> [String] {
    guard fileSystem.isFolder(folder.isEmpty ? root : root + "/" + folder) else { return [] }
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
    guard let place = fileSystem.info(path).map(Place.init) else { return omit(folder, "it cannot be read") }
    if let known = visited[place] {
      return omit(folder, "it is the same folder as \(known.isEmpty ? "the whole" : known), which is read already")
    }
    guard depth <= Survey.deepest else { return omit(folder, "it lies more than \(Survey.deepest) folders deep") }
    visited[place] = folder
    let names: [FileName]
    do { names = try Survey.names(in: path, fileSystem) } catch { return omit(folder, "the folder cannot be read: \(error.reason)") }
    for name in names {
      guard let text = name.text else {
        omit(folder.isEmpty ? name.escaped : folder + "/" + name.escaped, "its name is not UTF-8; rename it")
        continue
      }
      if text == "__MACOSX" || text == "Thumbs.db" { continue }
      let inner = folder.isEmpty ? text : folder + "/" + text
      switch fileSystem.info(root + "/" + inner)?.isFolder {
      case false?: found.append(inner)
      case true? where fileSystem.isLink(root + "/" + inner): links.append((inner, depth + 1))
      case true?: visit(inner, depth: depth + 1, &found, &links)
      case nil: omit(inner, fileSystem.isLink(root + "/" + inner) ? "it is a link to a file that is not there" : "it cannot be read")
      }
    }
  }

  private mutating func omit(_ name: String, _ reason: String) { omissions.append(Omission(name: name.isEmpty ? "." : name, reason: reason)) }

  /// The folders that lie in a folder, by their names.
  static func folders(in folder: String, _ fileSystem: any FileSystem) -> [String] {
    ((try? names(in: folder, fileSystem)) ?? []).compactMap(\.text).filter { fileSystem.isFolder(folder + "/" + $0) }
  }

  /// The names in a folder but for hidden ones.
  private static func names(in folder: String, _ fileSystem: any FileSystem) throws(FileError) -> [FileName] {
    try fileSystem.entries(in: folder).filter { $0.bytes.first != UInt8(ascii: ".") }
  }

  /// What tells a folder from all others.
  private struct Place: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ info: FileInfo) { (device, inode) = (info.device, info.inode) }
  }
}
