import Foundation
import Imaging
import Scenes
import Synchronization
import Testing

@Suite struct FingerprintTests {
  /// Counts how often a file had to be hashed.
  final class Counting: FileHashCache {
    let table = HashTable()
    let misses = Mutex(0)

    func hash(of file: FileIdentity) -> [UInt8]? { table.hash(of: file) }
    func keep(_ hash: [UInt8], of file: FileIdentity) {
      misses.withLock { $0 += 1 }
      table.keep(hash, of: file)
    }
  }

  @Test func itIsOfNamesAndBytesAndNotOfPlaces() throws {
    let (one, other) = (Folder.gta(3), Folder.gta(3))
    let first = try Fingerprint.of(one.load(GTA5.self).whole!.files, cache: HashTable())
    #expect(first.count == 64)
    #expect(try Fingerprint.of(other.load(GTA5.self).whole!.files, cache: HashTable()) == first)
    #expect(try Fingerprint.of(one.load(GTA5.self).whole!.files.reversed(), cache: HashTable()) == first)
    other.image("images/00001.png", shade: 99)
    #expect(try Fingerprint.of(other.load(GTA5.self).whole!.files, cache: HashTable()) != first)
    #expect(try Fingerprint.of(Folder.gta(4).load(GTA5.self).whole!.files, cache: HashTable()) != first)
  }

  @Test func theLabelMapCounts() throws {
    let folder = Folder()
    folder.image("images/1.png")
    folder.label("labels/1.png", [1])
    folder.write("labels.txt", text: "1 = car")
    let first = try Fingerprint.of(folder.load(PlainFolder.self) { $0.role = .source }.whole!.files, cache: HashTable())
    folder.write("labels.txt", text: "1 = bus")
    #expect(try Fingerprint.of(folder.load(PlainFolder.self) { $0.role = .source }.whole!.files, cache: HashTable()) != first)
  }

  @Test func itIsWhatSHA256Says() throws {
    let folder = Folder()
    folder.write("b", text: "abc")
    folder.write("a", text: "")
    // printf '\1\0\0\0\0\0\0\0a' + sha256("") + '\1\0\0\0\0\0\0\0b' + sha256("abc"), by Python's hashlib.
    let files = [SourceFile(name: "b", path: folder.path + "/b"), SourceFile(name: "a", path: folder.path + "/a")]
    #expect(try Fingerprint.of(files, cache: HashTable()) == "457d4f793aa899922ba3389113405264df810b26ecb8a87ca3c360515643e9fa")
  }

  @Test func filesAreHashedOnce() throws {
    let folder = Folder.gta(3), cache = Counting()
    let files = try folder.load(GTA5.self).whole!.files
    let first = try Fingerprint.of(files, cache: cache)
    #expect(cache.misses.withLock { $0 } == 6)
    #expect(try Fingerprint.of(files, cache: cache) == first)
    #expect(cache.misses.withLock { $0 } == 6)
    let kept = HashTable(text: cache.table.text + "nonsense\n1 2 3 zz\n")
    #expect(kept.text == cache.table.text && !kept.text.isEmpty)
    folder.image("images/00000.png", PixelSize(8, 6), shade: 200)
    _ = try Fingerprint.of(files, cache: cache)
    #expect(cache.misses.withLock { $0 } == 7)
    folder.remove("images/00000.png")
    #expect(description { _ = try Fingerprint.of(files, cache: cache) }.contains("images/00000.png: No such file or directory"))
  }
}
