/// Work that was begun and not finished: workspaces that hold files and that nobody works in now.
extension Store {
  /// How much there is of it: the same statements would go on from it. What a fresh run has finished meanwhile does not count.
  public func unfinished() -> (count: Int, size: Int64) {
    let folders = unfinishedFolders.filter { !contains(lastName($0.path)) }
    return (folders.count, folders.reduce(0) { $0 + fileSystem.size(of: $1.path) })
  }

  /// Removes it, so that the statements start at the beginning.
  @discardableResult
  public func removeUnfinished() throws -> (count: Int, size: Int64) {
    var removed: (count: Int, size: Int64) = (0, 0)
    for (path, lock) in unfinishedFolders {
      removed = (removed.count + 1, removed.size + fileSystem.size(of: path))
      try fileSystem.remove(path)
      withExtendedLifetime(lock) {}
    }
    return removed
  }

  /// Workspaces that hold files, each with its lock: those of single values, and the places of fresh runs that did not come to their end.
  /// Anything else that lies there is not ours.
  private var unfinishedFolders: [(path: String, lock: FileLock)] {
    let work = home + "/work"
    return ((try? fileSystem.names(in: work)) ?? []).filter { isDigest($0) || FreshRun.isName($0) }.compactMap { name in
      let path = "\(work)/\(name)"
      guard !fileSystem.isLink(path), fileSystem.size(of: path) > 0 else { return nil }
      return ((try? fileSystem.lock(path + ".lock")) ?? nil).map { (path, $0) }
    }
  }
}

/// Whether a name has the form of a recipe's digest, 64 hexadecimal digits: only what is named so is ever taken for a value, and removed.
package func isDigest(_ name: String) -> Bool { name.utf8.count == 64 && name.utf8.allSatisfy(isHexadecimal) }

package func isHexadecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
