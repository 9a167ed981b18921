import Language
import Storage

/// Which session of a directory was last used at the prompt: a small file beside the sessions, replaced whole. It is what `segue` goes on
/// with, whatever ran, was replayed or was looked at since, and whatever the clock said.
struct CurrentSession {
  private let folder: String
  private let fileSystem: any FileSystem

  init(in folder: String, _ fileSystem: any FileSystem) { (self.folder, self.fileSystem) = (folder, fileSystem) }

  private var path: String { folder + "/current" }

  /// Its name; nil where the file is missing or names no session that is there.
  var name: String? {
    guard let words = fileSystem.text(path)?.split(whereSeparator: \.isWhitespace), words.count == 1, let name = words.first.map(String.init) else { return nil }
    return SessionFile.names(in: folder, fileSystem).contains(name) ? name : nil
  }

  func set(_ name: String) throws { try fileSystem.write(name + "\n", to: path) }

  /// The session to go on with where no file says it, as in directories of older versions: the newest that is not known to be a script's or
  /// a lesson's.
  static func guess(among names: [String]) -> String? {
    names.map(SessionName.init).filter { $0.kind == .prompt }.max()?.text
  }
}

/// How a session that is used at the prompt becomes the current one.
struct PromptClaim {
  enum Right {
    /// It was asked for, or is the current one anyway.
    case always
    /// It only began because the current one was open elsewhere, and leaves it in its place as long as it is open there.
    case afterTheOther
  }

  let current: CurrentSession
  let right: Right
  let name: String
  /// Whether a session of this name is open somewhere.
  let isOpen: (String) -> Bool

  /// Called at each recorded statement; writes only where something changes.
  func use() throws {
    let now = current.name
    guard now != name else { return }
    if right == .afterTheOther, let now, isOpen(now) { return }
    try current.set(name)
  }
}
