/// Finds files by paths as others have written them: with folders of another machine before them, or without the first folders or the
/// ending. One of the two paths must be the end of the other; a name that fits several files equally well finds none of them.
struct PathIndex {
  enum Answer: Equatable {
    case nothing
    case one(String)
    /// Several could be meant.
    case several([String])
  }

  private var byName: [String: [String]] = [:]

  /// - Parameter files: paths, and what their last parts may be called besides.
  init(_ files: some Sequence<(path: String, names: [String])>) {
    for (path, names) in files {
      for name in Set(names + [Listing.lastPart(path), PictureFiles.stem(path)]) { byName[name, default: []].append(path) }
    }
  }

  subscript(_ written: String) -> Answer {
    var words = written.split(whereSeparator: { $0 == "/" || $0 == "\\" && !written.contains("/") }).map(String.init).filter { $0 != "." }
    guard let name = words.popLast() else { return .nothing }
    var best = -1, found: [String] = []
    for path in byName[name] ?? [] {
      let folders = path.split(separator: "/").dropLast().map(String.init)
      let common = zip(folders.reversed(), words.reversed()).prefix { $0 == $1 }.count
      guard common == min(folders.count, words.count) else { continue }
      // Of equal ends the one that is the whole path is meant.
      let weight = 2 * common + (folders.count == words.count ? 1 : 0)
      if weight > best { (best, found) = (weight, [path]) } else if weight == best { found.append(path) }
    }
    return found.isEmpty ? .nothing : found.count == 1 ? .one(found[0]) : .several(found.sorted(by: Listing.precedes))
  }
}
