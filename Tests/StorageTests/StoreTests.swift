import Glibc
import Storage
import Testing

/// The store by itself, with labels that mean nothing to it.
@Suite struct StoreTests {
  struct Label: StoreLabel, Equatable {
    var digest: String
    var words: String
    var isSound: Bool { !words.isEmpty }

    init(_ number: Int, _ words: String) { (digest, self.words) = (ContentHash.hexadecimal(of: [UInt8(number)]), words) }
  }

  private let memory = MemoryFileSystem()
  private func store(_ fileSystem: (any FileSystem)? = nil) throws -> Store<Label> { try Store("/home", fileSystem ?? memory) }

  @discardableResult
  private func keep(_ store: Store<Label>, _ label: Label, _ bytes: [UInt8], replacing: Bool = false) throws -> Folder {
    let (workspace, lock) = try #require(try store.workspace(label.digest))
    try workspace.write("value", bytes)
    try store.commit(workspace, label) { _ in replacing }
    withExtendedLifetime(lock) {}
    return workspace
  }

  @Test func whatIsKeptIsFoundByItsDigest() throws {
    let label = Label(1, "one"), store = try store()
    #expect(try store.folder(label.digest) == nil && store.label(label.digest) == nil)
    try keep(store, label, [1, 2, 3])
    let other = try self.store()
    #expect(other.contains(label.digest) && other.label(label.digest) == label && other.labels == [label])
    #expect(try other.folder(label.digest)?.read("value") == [1, 2, 3])
    #expect(other.entries().map(\.digest) == [label.digest])
  }

  @Test func aSecondValueOfTheNameStaysOutUnlessItReplaces() throws {
    let store = try store()
    try keep(store, Label(1, "one"), [1])
    let kept = try keep(store, Label(1, "two"), [2])
    #expect(try kept.read("value") == [1] && store.label(Label(1, "").digest)?.words == "one")
    try keep(store, Label(1, "three"), [3], replacing: true)
    #expect(try store.folder(Label(1, "").digest)?.read("value") == [3])
  }

  /// What happens to a value, and which of its files is named.
  @Test(arguments: [("value", [9, 9, 9]), ("value", [1]), ("manifest.json", [1]), ("manifest.json", nil)] as [(String, [UInt8]?)])
  func damageIsNamed(_ name: String, _ bytes: [UInt8]?) throws {
    let label = Label(1, "one"), store = try store()
    try keep(store, label, [1, 2, 3])
    let path = "/home/store/\(label.digest)/\(name)"
    if let bytes { try memory.write(bytes, to: path) } else { try memory.remove(path) }
    let error = #expect(throws: Folder.Damage.self) { _ = try store.folder(label.digest)?.read("value"); _ = try self.store().folder(label.digest)?.read("value") }
    #expect(error?.name == name && error?.path == "/home/store/\(label.digest)")
    try store.discard(label.digest)
    #expect(try store.folder(label.digest) == nil)
  }

  /// A label that was changed by hand is damage, as is one of another value.
  @Test(arguments: [("one", ""), ("4bf5122f", "5bf5122f")]) func labelsThatWereAlteredAreDamage(_ old: String, _ new: String) throws {
    let label = Label(1, "one"), store = try store()
    try keep(store, label, [1])
    let path = "/home/store/\(label.digest)/manifest.json", text = try #require(memory.text(path))
    try #require(text.contains(old))
    try memory.write(Array(text.replacing(old, with: new).utf8), to: path)
    #expect(throws: Folder.Damage.self) { try store.folder(label.digest) }
  }

  @Test func trimmingTakesWhatWasUnusedLongest() throws {
    let store = try store(), labels = (0..<4).map { Label($0, "\($0)") }
    for label in labels { try keep(store, label, [UInt8](repeating: 1, count: 100)) }
    _ = try store.folder(labels[0].digest)
    let one = try #require(store.size(of: labels[0].digest))
    #expect(try store.trim(to: 2 * one, keeping: [labels[1].digest]).count == 2)
    #expect(Set(store.labels.map(\.words)) == ["0", "1"])
  }

  @Test func aStoreOfANewerFormIsRefused() throws {
    try memory.makeFolder("/home")
    try memory.write(Array("7\n".utf8), to: "/home/format")
    #expect(throws: StoreError.isNewer(home: "/home", format: 7)) { try store() }
    let folder = TestFolder(), files = folder.files
    try files.makeFolder(folder.path + "/elsewhere")
    try #require(symlink(folder.path + "/elsewhere", folder.path + "/store") == 0)
    #expect(throws: StoreError.isLink(folder: folder.path + "/store")) { try Store<Label>(folder.path, files) }
  }

  /// A disk that is full when a value is finished leaves the value where it was, and the store as it was.
  @Test func aFailingCommitLeavesTheStoreWhole() throws {
    let label = Label(1, "one")
    for changes in 0..<6 {
      let memory = MemoryFileSystem(), faulty = FaultyFileSystem(memory), store = try store(faulty)
      let (workspace, lock) = try #require(try store.workspace(label.digest))
      try workspace.write("value", [1])
      faulty.fail(.powerCut(afterChanges: changes))
      let isDone = (try? store.commit(workspace, label)) != nil
      withExtendedLifetime(lock) {}
      let after = try self.store(memory)
      #expect(after.contains(label.digest) == isDone, "\(changes)")
      #expect(after.entries().allSatisfy { $0.label == label })
    }
  }
}
