import Imaging
import Scenes
import Storage
import Testing

/// Datasets on file systems of every sort: what cannot be read is named, wherever it fails.
@Suite struct ReadingFaultTests {
  /// A GTA5 folder of three pairs in memory.
  private static func gta() throws -> MemoryFileSystem {
    let files = MemoryFileSystem(), size = PixelSize(8, 6)
    for folder in ["images", "labels"] { try files.makeFolder("/gta/" + folder) }
    for i in 0..<3 {
      try files.write(PNG.encode(gradient(size, 20 * i)), to: "/gta/images/0000\(i).png")
      try files.write(PNG.encode(IndexMap(size: size, values: (0..<size.area).map { [7, 8, 26, 34][$0 % 4] })), to: "/gta/labels/0000\(i).png")
    }
    return files
  }

  private static func load(_ files: any FileSystem, isStrict: Bool = false) throws -> LoadedData {
    try GTA5.load(LoadRequest(path: "/gta", isStrict: isStrict, seed: 1, fileSystem: files))
  }

  @Test func aWholeDatasetLoadsFromMemory() throws {
    let files = try Self.gta(), disk = Folder.gta(3)
    let loaded = try Self.load(files), whole = try #require(loaded.whole), other = try #require(try disk.load(GTA5.self).whole)
    #expect(loaded.omissions.isEmpty && whole.count == 3 && whole.changedFile == nil)
    for position in 0..<3 {
      let one = try whole.sample(position, draw: Draw(seed: 1)), two = try other.sample(position, draw: Draw(seed: 1))
      #expect(one.image == two.image && one.label == two.label && one.name == two.name)
    }
    func fingerprint(_ data: Dataset, _ files: any FileSystem) throws -> String { try Fingerprint.of(data.files) { ContentHash.hexadecimal(of: try files.read($0)) } }
    #expect(try fingerprint(whole, files) == fingerprint(other, LocalFileSystem()))
  }

  /// A label map and a plain folder, too.
  @Test func aPlainFolderWithALabelMapLoadsFromMemory() throws {
    let files = try Self.gta()
    try files.write(Array("7 = road\n8 = sidewalk\n26 = car\n34 = void\n".utf8), to: "/gta/labels.txt")
    let loaded = try PlainFolder.load(LoadRequest(path: "/gta", role: .source, fileSystem: files))
    #expect(try loaded.whole?.sample(0, draw: Draw(seed: 1)).label?.values.prefix(4) == [0, 1, 13, 255])
  }

  static let faults: [(FaultyFileSystem.Fault, String)] = [
    (.unreadable("images/00001.png"), "images/00001.png: Input/output error"),
    (.unreadable("labels/00001.png"), "labels/00001.png: Input/output error"),
    (.vanished("images/00001.png"), "images/00001.png: there is no such file or folder"),
    (.vanished("labels/00001.png"), "labels/00001.png: there is no such file or folder"),
    (.cut("images/00001.png", bytes: 40), "images/00001.png: the file ends early"),
    (.cut("images/00001.png", bytes: 20), "images/00001.png: it is damaged: the file ends early"),
    (.cut("labels/00001.png", bytes: 0), "labels/00001.png: it is empty"),
    (.cut("labels/00001.png", bytes: 60), "labels/00001.png: the file ends early"),
  ]

  @Test(arguments: faults) func whatCannotBeReadIsLeftOutAndNamed(_ fault: FaultyFileSystem.Fault, _ omission: String) throws {
    let files = FaultyFileSystem(try Self.gta(), fault)
    let loaded = try Self.load(files)
    #expect(loaded.whole?.count == 2)
    #expect(loaded.omissions.map { "\($0.name): \($0.reason)" } == [omission])
    #expect(description { _ = try Self.load(files, isStrict: true) } == "/gta/" + omission)
  }

  @Test(arguments: ["images", "labels"]) func aFolderThatCannotBeListedIsNamed(_ folder: String) throws {
    let files = FaultyFileSystem(try Self.gta(), .unlistable("/gta/" + folder))
    let words = description { _ = try Self.load(files, isStrict: true) }
    #expect(words.contains("/gta/\(folder): the folder cannot be read: Input/output error"), "\(words)")
  }

  /// The disk fails when the dataset is in use: the error names the file, and nothing wrong is given out.
  @Test(arguments: faults) func whatCannotBeReadLaterIsNamed(_ fault: FaultyFileSystem.Fault, _ omission: String) throws {
    let files = FaultyFileSystem(try Self.gta()), data = try #require(try Self.load(files).whole)
    files.fail(fault)
    #expect(throws: Never.self) { try data.sample(0, draw: Draw(seed: 1)) }
    let words = description { _ = try data.sample(1, draw: Draw(seed: 1)) }, name = omission.prefix { $0 != ":" }
    #expect(words.hasPrefix("cannot read /gta/\(name): "), "\(words)")
    files.fail(nil)
    #expect(throws: Never.self) { try data.sample(1, draw: Draw(seed: 1)) }
  }

  /// Datasets that are loaded together share what is decoded; others do not.
  @Test func decodedSamplesBelongToWhoeverLoads() throws {
    let files = try Self.gta(), one = SampleCache(), other = SampleCache()
    let data = try #require(try GTA5.load(LoadRequest(path: "/gta", fileSystem: files, samples: one)).whole)
    _ = try data.sample(0, draw: Draw(seed: 1))
    #expect(one.bytes == 4 * 48 && other.bytes == 0)
    _ = try data.train.joined(with: #require(try GTA5.load(LoadRequest(path: "/gta", fileSystem: files, samples: other)).whole)).sample(4, draw: Draw(seed: 1))
    #expect(one.bytes == 4 * 48 && other.bytes == 4 * 48)
  }
}
