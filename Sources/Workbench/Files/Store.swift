import FoundationEssentials
import Language

/// Values on the disk, each in a folder named by its recipe's digest, with a manifest of sizes and hashes.
///
/// A value is written aside and then renamed, so that a folder in the store is always whole. Several processes may use one store: each
/// workspace is locked while somebody works in it, and two that finish the same value leave one.
public final class Store {
  static let manifestName = "manifest.json"
  /// Raised when older versions could not read what this one writes.
  static let format = 1

  struct Manifest: Codable {
    var format: Int
    var kind: Kind
    var recipe: Recipe
    /// What it was computed with, bit for bit; nil where that is not known.
    var instructions: String?
    var files: [String: Folder.Entry]
    /// Seconds that making it took.
    var seconds: Double
    /// What was done in these seconds; nil where it is not known.
    var work: Work?
  }

  let home: String
  let fileSystem: any FileSystem
  /// Nil where what was kept before is used.
  let fresh: FreshRun?
  let instructionSet: String
  /// In bytes; what was not used for the longest time goes first where the store grows over it.
  public var budget: Int64 = 20_000_000_000
  /// What living processes use.
  let holds: Holds
  /// Digests that this process has made or found whole.
  private var trusted: Set<String> = []

  /// The folders from which files are removed; none of them may lead elsewhere.
  private static let folders = ["store", "work", "use", "decoded", "sessions", "written"]

  /// The store in the folder `home`, which need not exist yet. A `fresh` run takes no notice of values from before; see ``FreshRun``.
  init(_ home: String, _ fileSystem: any FileSystem, fresh key: String? = nil, instructionSet: String = "") throws {
    (self.home, self.fileSystem, self.instructionSet) = (home, fileSystem, instructionSet)
    if let folder = Store.folders.first(where: { fileSystem.isLink("\(home)/\($0)") }) {
      throw Diagnostic(
        "\(home)/\(folder) is a link, and Segue removes files in that folder", remedy: "put a folder in its place; to keep values elsewhere, let .segue itself be a link")
    }
    fresh = key.map { FreshRun(home, key: $0, fileSystem) }
    holds = Holds(home + "/use", fileSystem)
    if let text = fileSystem.text(home + "/format") {
      let found = Int(text.filter { !$0.isWhitespace }) ?? 0
      guard found <= Store.format, found > 0 else {
        throw Diagnostic("the store in \(home) was written by a newer Segue (format \(found == 0 ? "unknown" : String(found)))", remedy: "use that version, or another directory")
      }
    }
  }

  /// Where files of the store lie.
  var places: [String] { ["store", "work", "use", "format"].map { "\(home)/\($0)" } }

  private func path(of digest: String) -> String { "\(home)/store/\(digest)" }

  /// Whether a value with this recipe is there and whole by its sizes.
  public func contains(_ digest: String) -> Bool { (try? manifest(digest)) != nil }

  /// Size and hash of every file are checked when it is read, sizes already here.
  private func manifest(_ digest: String) throws -> Manifest? {
    if let fresh, !trusted.contains(digest), !fresh.made.contains(digest) { return nil }
    let folder = path(of: digest)
    guard let bytes = try? fileSystem.read(folder + "/" + Store.manifestName, atMost: FileLimit.record) else {
      if fileSystem.exists(folder) { throw Folder.Damage(path: folder, name: Store.manifestName) }
      return nil
    }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)), manifest.recipe.digest == digest, manifest.recipe.isSound else {
      throw Folder.Damage(path: folder, name: Store.manifestName)
    }
    for (name, entry) in manifest.files.sorted(by: { $0.key < $1.key }) where fileSystem.info(folder + "/" + name)?.size != entry.size {
      throw Folder.Damage(path: folder, name: name)
    }
    return manifest
  }

  /// The instruction set that a value was computed with, where it is there and that is known to be another than this process's: its bits
  /// are then not those that its recipe gives here.
  func foreignInstructions(_ digest: String) -> String? {
    guard !instructionSet.isEmpty, let known = ((try? manifest(digest)) ?? nil)?.instructions, known != instructionSet else { return nil }
    return known
  }

  /// What the manifest of a value says of its files; nil where there is none.
  static func files(ofValueAt path: String, _ fileSystem: any FileSystem) -> [String: Folder.Entry]? {
    guard let bytes = try? fileSystem.read(path + "/" + manifestName, atMost: FileLimit.record) else { return nil }
    return (try? JSONDecoder().decode(Manifest.self, from: Data(bytes)))?.files
  }

  /// The folder of a value that is there; nil where it is not. Throws ``Folder/Damage`` where it is not as it was written.
  func folder(_ digest: String) throws -> Folder? {
    guard let manifest = try manifest(digest) else { return nil }
    try? fileSystem.touch(path(of: digest) + "/" + Store.manifestName)
    return Folder(path(of: digest), fileSystem, manifest: manifest.files)
  }

  /// Takes a damaged value away.
  func discard(_ digest: String) throws {
    guard isDigest(digest) else { return }
    trusted.remove(digest)
    fresh?.forget(digest)
    try fileSystem.remove(path(of: digest))
  }

  /// A folder to work in, held by this process until the lock is let go; nil where another process works on the same value.
  func workspace(_ digest: String) throws -> (folder: Folder, lock: FileLock)? {
    let place = fresh?.folder ?? home + "/work"
    try fileSystem.makeFolder(place)
    let path = "\(place)/\(digest)"
    guard let lock = try fileSystem.lock(path + ".lock") else { return nil }
    if fileSystem.isLink(path) { try fileSystem.remove(path) }
    try fileSystem.removeHalfWritten(in: path)
    return (Folder(path, in: fileSystem), lock)
  }

  /// Makes what lies in the workspace a value of the store.
  func commit(_ workspace: Folder, kind: Kind, recipe: Recipe, seconds: Double, work: Work?) throws {
    let files = try workspace.listed()
    let manifest = Manifest(format: Store.format, kind: kind, recipe: recipe, instructions: instructionSet.isEmpty ? nil : instructionSet, files: files, seconds: seconds, work: work)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try fileSystem.makeFolder(workspace.path)
    try fileSystem.write(Array(try encoder.encode(manifest)), to: workspace.path + "/" + Store.manifestName)
    try fileSystem.makeFolder(home + "/store")
    if !fileSystem.exists(home + "/format") { try fileSystem.write("\(Store.format)\n", to: home + "/format") }
    let target = path(of: recipe.digest)
    if fileSystem.exists(target) {
      if (try? self.manifest(recipe.digest)) ?? nil != nil, foreignInstructions(recipe.digest) == nil {
        try fileSystem.remove(workspace.path)
        workspace.moved(to: target, manifest: try self.manifest(recipe.digest)?.files ?? files)
        return
      }
      // At once: whoever reads meanwhile finds the one or the other.
      try fileSystem.exchange(workspace.path, with: target)
      try? fileSystem.remove(workspace.path)
    } else {
      try fileSystem.move(workspace.path, to: target)
    }
    trusted.insert(recipe.digest)
    fresh?.add(recipe.digest)
    workspace.moved(to: target, manifest: files)
  }

  /// The names in the store that have a value's form; whatever else lies there is somebody else's.
  private var storedDigests: [String] { ((try? fileSystem.names(in: home + "/store")) ?? []).filter(isDigest) }

  /// What is kept, the last used first.
  public func contents() -> [StoredValue] {
    let all = storedDigests.map { digest in
      let manifest = (try? self.manifest(digest)) ?? nil
      return StoredValue(
        digest: digest, kind: manifest?.kind, command: manifest?.recipe.command, size: fileSystem.size(of: path(of: digest)),
        used: fileSystem.info(path(of: digest) + "/" + Store.manifestName)?.changed ?? 0, seconds: manifest?.seconds ?? 0)
    }
    return all.sorted { ($0.used, $0.digest) > ($1.used, $1.digest) }
  }

  /// Runs of a command whose work is known.
  func runs(of command: String) -> [(work: Work, seconds: Double)] {
    storedDigests.compactMap { digest in
      guard let manifest = (try? self.manifest(digest)) ?? nil, manifest.recipe.command == command else { return nil }
      return manifest.work.map { ($0, manifest.seconds) }
    }
  }

  /// The bytes of a stored value; nil where it is not there.
  func size(of digest: String) -> Int64? { contains(digest) ? fileSystem.size(of: path(of: digest)) : nil }

  /// Removes values, the longest unused first, until at most `bytes` are left; those in `keeping`, what living processes use, and what
  /// was used since `since` (nanoseconds since 1970) stay. The number and size of what went.
  @discardableResult
  public func trim(to bytes: Int64, keeping: Set<String>, unusedSince since: Int64 = .max) throws -> (count: Int, size: Int64) {
    try? fileSystem.removeHalfWritten(in: home + "/store")
    let keeping = keeping.union(holds.all())
    let contents = contents()
    let all = contents.filter { $0.used < since }
    var total = contents.reduce(0) { $0 + $1.size }
    var removed: (count: Int, size: Int64) = (0, 0)
    for value in all.reversed() where total > bytes && !keeping.contains(value.digest) {
      try discard(value.digest)
      total -= value.size
      removed = (removed.count + 1, removed.size + value.size)
    }
    return removed
  }
}

/// One value of the store, for lists.
public struct StoredValue: Sendable, Hashable {
  public var digest: String
  /// Nil where its manifest is damaged.
  public var kind: Kind?
  public var command: String?
  /// Bytes.
  public var size: Int64
  /// When it was last used, in nanoseconds since 1970.
  public var used: Int64
  /// Seconds that making it took.
  public var seconds: Double
}
