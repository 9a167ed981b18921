internal import Dispatch
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// A lock for disks that several machines share, where the system's own may be absent or hold on one machine alone: a file that says which
/// process of which host holds it, and whose time of change the holder renews.
///
/// It is free when its process is dead; of another host's process that is known by the time alone, so that after a crash such a claim stays for
/// ``expiry``. Where a holder was merely stopped for that long and another took its place, both may work on one value: they write the same bits,
/// each file whole or not at all.
package final class Claim: Sendable {
  /// Between two renewals, in seconds.
  static let renewal = 10
  /// Without a renewal, in seconds.
  package static let expiry = 120

  private let path: String
  private let text: String

  private init(_ path: String, _ text: String) { (self.path, self.text) = (path, text) }

  /// - Returns: nil where somebody else holds it.
  static func take(_ path: String, in files: LocalFileSystem) throws(FileError) -> FileLock? {
    let own = files.temporary(beside: path), text = "\(ThisHost.identity)\n\(getpid())\n\(ThisHost.start(of: getpid()))\n\(lastName(own))\n"
    let file = try files.opened(own, O_WRONLY | O_CREAT | O_EXCL, "lock")
    do throws(FileError) {
      defer { close(file) }
      try files.put(Array(text.utf8), into: file, path)
      guard fsync(file) == 0 else { throw FileError("lock", path, errno) }
    } catch {
      unlink(own)
      throw FileError(error.operation, path, error.code)
    }
    defer { unlink(own) }
    for _ in 0..<3 {
      // A link is made or it is not, on every disk; where the answer gets lost the count of names tells.
      var status = stat()
      if link(own, path) == 0 || stat(own, &status) == 0 && status.st_nlink == 2 {
        let claim = Claim(path, text)
        Renewals.shared.add(claim)
        return FileLock { claim.letGo() }
      }
      guard errno == EEXIST else { throw FileError("lock", path, errno) }
      guard stat(own, &status) == 0, let holder = files.text(path) else { continue }
      guard isDead(holder, path, now: status.st_mtim.tv_sec) else { return nil }
      try takeAway(holder, path, in: files)
    }
    return nil
  }

  /// - Parameter now: by the clock of the disk, which the machines' own need not agree with.
  private static func isDead(_ holder: String, _ path: String, now: Int) -> Bool {
    let parts = holder.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    if parts.count > 3, parts[0] == ThisHost.identity, let process = Int32(parts[1]) { return !ThisHost.lives(process, startedAt: parts[2]) }
    return now - status.st_mtim.tv_sec > expiry
  }

  /// Removes a dead one's claim, and only that: of several who find it one does, and whoever has taken the name meanwhile gets it back.
  private static func takeAway(_ holder: String, _ path: String, in files: LocalFileSystem) throws(FileError) {
    let aside = files.temporary(beside: path)
    guard rename(path, aside) == 0 else {
      if errno == ENOENT { return }
      throw FileError("lock", path, errno)
    }
    if files.text(aside) != holder { link(aside, path) }
    unlink(aside)
  }

  fileprivate func renew() { utimes(path, nil) }

  private func letGo() {
    Renewals.shared.remove(self)
    if LocalFileSystem().text(path) == text { unlink(path) }
  }
}

/// Renews all claims of the process, while there are any.
private final class Renewals: Sendable {
  static let shared = Renewals()

  private struct State {
    var claims: [ObjectIdentifier: Claim] = [:]
    /// Whether the next renewal is on its way.
    var isUnderWay = false
  }

  private let state = Mutex(State())

  func add(_ claim: Claim) {
    let begins = state.withLock { state in
      state.claims[ObjectIdentifier(claim)] = claim
      defer { state.isUnderWay = true }
      return !state.isUnderWay
    }
    if begins { renewLater() }
  }

  func remove(_ claim: Claim) { state.withLock { $0.claims[ObjectIdentifier(claim)] = nil } }

  private func renewLater() {
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .seconds(Claim.renewal)) {
      let held = self.state.withLock { state in
        state.isUnderWay = !state.claims.isEmpty
        return Array(state.claims.values)
      }
      for claim in held { claim.renew() }
      if !held.isEmpty { self.renewLater() }
    }
  }
}
