import FoundationEssentials

/// What stands in a store about a value beside its files. The store itself asks only whose it is.
public protocol StoreLabel: Codable, Sendable {
  /// The name of the value: 64 hexadecimal digits that everything follows from which can change its bits.
  var digest: String { get }
  /// False where it was changed by hand.
  var isSound: Bool { get }
}

/// Values on the disk, each in a folder named by its digest, with a manifest of sizes and hashes.
///
/// A value is written aside and then renamed, so that a folder in the store is always whole. Several processes may use one store: each
/// workspace is locked while somebody works in it, and two that finish the same value leave one.
public final class Store<Label: StoreLabel> {
  package let home: String
  let fileSystem: any FileSystem
  /// Nil where what was kept before is used.
  let fresh: FreshRun?
  /// In bytes; what was not used for the longest time goes first where the store grows over it.
  public var budget: Int64 = 20_000_000_000
  /// What living processes use.
  let holds: Holds
  /// Digests that this process has made or found whole.
  private var trusted: Set<String> = []

  /// The store in the folder `home`, which need not exist yet. A `fresh` run takes no notice of values from before; see ``FreshRun``.
  public init(_ home: String, _ fileSystem: any FileSystem, fresh key: String? = nil) throws(StoreError) {
    (self.home, self.fileSystem) = (home, fileSystem)
    if let folder = StoreForm.folders.first(where: { fileSystem.isLink("\(home)/\($0)") }) { throw .isLink(folder: "\(home)/\(folder)") }
    fresh = key.map { FreshRun(home, key: $0, fileSystem) }
    holds = Holds(home + "/use", fileSystem)
    if let text = fileSystem.text(home + "/format") {
      let found = Int(text.filter { !$0.isWhitespace }) ?? 0
      guard found <= StoreForm.format, found > 0 else { throw .isNewer(home: home, format: found == 0 ? nil : found) }
    }
  }

  /// Whether nothing that earlier runs stored is believed.
  public var isFresh: Bool { fresh != nil }

  /// Says that a fresh run came to its end: the next one trusts nothing of it.
  public func finishFreshRun() { fresh?.finish() }

  /// How many values a fresh run takes from itself, as it was interrupted before.
  public var resumedFreshValues: Int { fresh?.made.count ?? 0 }

  /// From now on other processes' trimming leaves these.
  public func hold(_ digests: some Sequence<String>) { holds.add(digests) }

  /// Where files of the store lie.
  package var places: [String] { ["store", "work", "use", "format"].map { "\(home)/\($0)" } }

  private func path(of digest: String) -> String { "\(home)/store/\(digest)" }

  /// Whether a value with this recipe is there and whole by its sizes.
  public func contains(_ digest: String) -> Bool { (try? manifest(digest)) != nil }

  /// Size and hash of every file are checked when it is read, sizes already here.
  private func manifest(_ digest: String) throws -> Manifest<Label>? {
    if let fresh, !trusted.contains(digest), !fresh.made.contains(digest) { return nil }
    let folder = path(of: digest)
    guard let bytes = try? fileSystem.read(folder + "/" + StoreForm.manifestName, atMost: FileLimit.record) else {
      if fileSystem.exists(folder) { throw Folder.Damage(path: folder, name: StoreForm.manifestName) }
      return nil
    }
    guard let manifest = try? JSONDecoder().decode(Manifest<Label>.self, from: Data(bytes)), manifest.label.digest == digest, manifest.label.isSound else {
      throw Folder.Damage(path: folder, name: StoreForm.manifestName)
    }
    for (name, entry) in manifest.files.sorted(by: { $0.key < $1.key }) where fileSystem.info(folder + "/" + name)?.size != entry.size {
      throw Folder.Damage(path: folder, name: name)
    }
    return manifest
  }

  /// What stands in the store about a value; nil where it is not there, or damaged.
  public func label(_ digest: String) -> Label? { ((try? manifest(digest)) ?? nil)?.label }

  /// The folder of a value that is there; nil where it is not. Throws ``Folder/Damage`` where it is not as it was written.
  public func folder(_ digest: String) throws -> Folder? {
    guard let manifest = try manifest(digest) else { return nil }
    try? fileSystem.touch(path(of: digest) + "/" + StoreForm.manifestName)
    return Folder(path(of: digest), fileSystem, manifest: manifest.files)
  }

  /// Takes a damaged value away.
  public func discard(_ digest: String) throws {
    guard isDigest(digest) else { return }
    trusted.remove(digest)
    fresh?.forget(digest)
    try fileSystem.remove(path(of: digest))
  }

  /// A folder to work in, held by this process until the lock is let go; nil where another process works on the same value.
  public func workspace(_ digest: String) throws -> (folder: Folder, lock: FileLock)? {
    let place = fresh?.folder ?? home + "/work"
    try fileSystem.makeFolder(place)
    let path = "\(place)/\(digest)"
    guard let lock = try fileSystem.lock(path + ".lock") else { return nil }
    if fileSystem.isLink(path) { try fileSystem.remove(path) }
    try fileSystem.removeHalfWritten(in: path)
    return (Folder(path, in: fileSystem), lock)
  }

  /// Makes what lies in the workspace a value of the store. A value of that name that is there already stays, unless it `isReplaced`.
  public func commit(_ workspace: Folder, _ label: Label, replacing isReplaced: (Label) -> Bool = { _ in false }) throws {
    let files = try workspace.listed()
    let manifest = Manifest(format: StoreForm.format, files: files, label: label)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try fileSystem.makeFolder(workspace.path)
    try fileSystem.write(Array(try encoder.encode(manifest)), to: workspace.path + "/" + StoreForm.manifestName)
    try fileSystem.makeFolder(home + "/store")
    if !fileSystem.exists(home + "/format") { try fileSystem.write("\(StoreForm.format)\n", to: home + "/format") }
    let target = path(of: label.digest)
    if fileSystem.exists(target) {
      if let old = (try? self.manifest(label.digest)) ?? nil, !isReplaced(old.label) {
        try fileSystem.remove(workspace.path)
        workspace.moved(to: target, manifest: old.files)
        return
      }
      // At once: whoever reads meanwhile finds the one or the other.
      try fileSystem.exchange(workspace.path, with: target)
      try? fileSystem.remove(workspace.path)
    } else {
      try fileSystem.move(workspace.path, to: target)
    }
    trusted.insert(label.digest)
    fresh?.add(label.digest)
    workspace.moved(to: target, manifest: files)
  }

  /// The names in the store that have a value's form; whatever else lies there is somebody else's.
  private var storedDigests: [String] { ((try? fileSystem.names(in: home + "/store")) ?? []).filter(isDigest) }

  /// What is kept, the last used first.
  public func entries() -> [StoreEntry<Label>] {
    let all = storedDigests.map { digest in
      StoreEntry(
        digest: digest, label: label(digest), size: fileSystem.size(of: path(of: digest)),
        used: fileSystem.info(path(of: digest) + "/" + StoreForm.manifestName)?.changed ?? 0)
    }
    return all.sorted { ($0.used, $0.digest) > ($1.used, $1.digest) }
  }

  /// What stands in the store about every value that is whole.
  public var labels: [Label] { storedDigests.compactMap(label) }

  /// The bytes of a stored value; nil where it is not there.
  public func size(of digest: String) -> Int64? { contains(digest) ? fileSystem.size(of: path(of: digest)) : nil }

  /// Removes values, the longest unused first, until at most `bytes` are left; those in `keeping`, what living processes use, and what
  /// was used since `since` (nanoseconds since 1970) stay. The number and size of what went.
  @discardableResult
  public func trim(to bytes: Int64, keeping: Set<String>, unusedSince since: Int64 = .max) throws -> (count: Int, size: Int64) {
    try? fileSystem.removeHalfWritten(in: home + "/store")
    let keeping = keeping.union(holds.all())
    let contents = entries()
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

/// One value of a store, for lists.
public struct StoreEntry<Label: StoreLabel>: Sendable {
  public var digest: String
  /// Nil where its manifest is damaged.
  public var label: Label?
  /// Bytes.
  public var size: Int64
  /// When it was last used, in nanoseconds since 1970.
  public var used: Int64
}
