import Foundation
import Scenes
import Testing

@Suite struct FingerprintTests {
  /// The contents of a file as digits: as good as a hash where files are small.
  static func digits(_ path: String) throws -> String {
    try Data(contentsOf: URL(fileURLWithPath: path)).map { String($0, radix: 16) }.joined(separator: " ")
  }

  static func fingerprint(_ files: [SourceFile]) throws -> String { try Fingerprint.of(files, hash: digits) }

  @Test func itIsOfNamesAndBytesAndNotOfPlaces() throws {
    let (one, other) = (Folder.gta(3), Folder.gta(3))
    let first = try Self.fingerprint(one.load(GTA5.self).whole!.files)
    #expect(first.count == 64)
    #expect(try Self.fingerprint(other.load(GTA5.self).whole!.files) == first)
    #expect(try Self.fingerprint(one.load(GTA5.self).whole!.files.reversed()) == first)
    other.image("images/00001.png", shade: 99)
    #expect(try Self.fingerprint(other.load(GTA5.self).whole!.files) != first)
    #expect(try Self.fingerprint(Folder.gta(4).load(GTA5.self).whole!.files) != first)
  }

  @Test func theLabelMapCounts() throws {
    let folder = Folder()
    folder.image("images/1.png")
    folder.label("labels/1.png", [1])
    folder.write("labels.txt", text: "1 = car")
    let first = try Self.fingerprint(folder.load(PlainFolder.self) { $0.role = .source }.whole!.files)
    folder.write("labels.txt", text: "1 = bus")
    #expect(try Self.fingerprint(folder.load(PlainFolder.self) { $0.role = .source }.whole!.files) != first)
  }

  @Test func itIsWhatSHA256Says() throws {
    // sha256('\1\0\0\0\0\0\0\0a' + hex(sha256("")) + '\1\0\0\0\0\0\0\0b' + hex(sha256("abc"))), by Python's hashlib.
    let hashes = [
      "/a": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "/b": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ]
    let files = [SourceFile(name: "b", path: "/b"), SourceFile(name: "a", path: "/a")]
    #expect(Fingerprint.of(files) { hashes[$0]! } == "0cbb29477f2b571163ba29f59ffb7097e2dec139e0256fe0ab67db0c29a6cdbf")
  }

  @Test func aFileThatCannotBeReadIsAnError() throws {
    let folder = Folder.gta(3), files = try folder.load(GTA5.self).whole!.files
    folder.remove("images/00000.png")
    #expect(throws: (any Error).self) { try Self.fingerprint(files) }
  }
}
