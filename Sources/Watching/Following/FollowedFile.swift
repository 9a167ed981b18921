internal import Console
internal import Glibc
public import Storage
internal import Synchronization

/// A file that others write, looked at ten times a second: whatever an editor or a network does to it, in place or by renaming, is seen, and
/// that costs nothing.
///
///     let file = try FollowedFile(path, atMost: 16 << 20, files)
///     while true { let version = file.next() … }
public final class FollowedFile: Sendable {
  /// What the file was at one moment.
  public enum Version: Sendable, Equatable {
    case bytes([UInt8])
    case missing
    case unreadable(String)
  }

  private struct State {
    var newest: Version?
    /// Whether `next` gave it.
    var isTaken = true
    var isEnding = false
  }

  private let path: String
  private let limit: Int
  private let files: any FileSystem
  private let pause: useconds_t
  private let state = Mutex(State())
  private let wake: WakePipe
  private let heard: @Sendable (Version) -> Void
  private let thread = Mutex<BackgroundThread?>(nil)

  /// - Parameters:
  ///   - path: absolute.
  ///   - heard: called with each version on another thread, before `next` gives it.
  public init(
    _ path: String, atMost limit: Int, _ files: any FileSystem, every milliseconds: Int = 100, heard: @escaping @Sendable (Version) -> Void = { _ in }
  ) throws {
    (self.path, self.limit, self.files, self.heard) = (path, limit, files, heard)
    pause = useconds_t(milliseconds * 1000)
    wake = try WakePipe()
    let thread = try BackgroundThread { [self] in follow() }
    self.thread.withLock { $0 = thread }
  }

  /// The newest version that was not given yet, waited for; nil at the end.
  public func next() -> Version? {
    while true {
      let (version, isEnding) = state.withLock { state in
        defer { state.isTaken = true }
        return (state.isTaken ? nil : state.newest, state.isEnding)
      }
      if isEnding { return nil }
      if let version { return version }
      wake.wait()
    }
  }

  /// Whether a version waits.
  public var hasNewer: Bool { state.withLock { !$0.isTaken } }

  /// Looks no more.
  public func end() {
    state.withLock { $0.isEnding = true }
    wake.wake()
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  private func follow() {
    // A file is read when it has not changed from one look to the next: not while it is being written.
    var before: FileInfo?, read: FileInfo?, isFirst = true
    while !state.withLock({ $0.isEnding }) {
      let now = files.info(path)
      if now == nil, before == nil || isFirst { put(.missing) }
      if let now, now != read, now == before || isFirst {
        read = now
        put(version())
      }
      if now == nil { read = nil }
      (before, isFirst) = (now, false)
      usleep(pause)
    }
  }

  private func version() -> Version {
    do throws(FileError) {
      return .bytes(try files.read(path, atMost: limit))
    } catch {
      return error.isMissing ? .missing : .unreadable("\(error)")
    }
  }

  private func put(_ version: Version) {
    // Saving the same words again asks for them again: what they read may have changed.
    if version == .missing, state.withLock({ $0.newest }) == .missing { return }
    heard(version)
    state.withLock { ($0.newest, $0.isTaken) = (version, false) }
    wake.wake()
  }
}
