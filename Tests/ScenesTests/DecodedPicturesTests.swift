import Foundation
import Imaging
import Scenes
import Storage
import Testing

@Suite struct DecodedPicturesTests {
  private let files = Folder(), kept = Folder()
  private let size = PixelSize(4, 3)
  private var entries: [String] { (try? FileManager.default.contentsOfDirectory(atPath: kept.path))?.sorted() ?? [] }

  /// The picture of a file by the folder, and whether it had to be made.
  private func read(_ name: String, _ size: PixelSize? = nil, capacity: Int = 1 << 20) throws -> (image: Image, isMade: Bool) {
    var isMade = false
    let file = files.path + "/" + name
    let state = try #require(LocalFileSystem().info(file))
    let image = try DecodedPictures(folder: kept.path, capacity: capacity).picture(state, size: size, filter: .bilinear) {
      isMade = true
      let image = try PNG.readImage(file)
      return size.map { image.resized(to: $0) } ?? image
    }
    return (image, isMade)
  }

  @Test func aPictureIsMadeOnceForEachSize() throws {
    files.image("a.png")
    for wanted in [nil, size] {
      let first = try read("a.png", wanted), second = try read("a.png", wanted)
      #expect(first.isMade && !second.isMade && first.image == second.image)
    }
    #expect(entries.count == 2 && !entries.contains { $0.hasPrefix(".") })
  }

  @Test func aChangedFileIsMadeAnew() throws {
    files.image("a.png")
    let before = try read("a.png")
    files.image("a.png", PixelSize(8, 6), shade: 90)
    let after = try read("a.png")
    #expect(after.isMade && after.image != before.image)
  }

  /// Every kind of damage: other bytes, too few, too many, none, another picture's entry.
  @Test func damageIsMadeAnew() throws {
    files.image("a.png")
    let whole = try read("a.png").image, name = try #require(entries.first)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: kept.path + "/" + name)))
    var bent = bytes, sizes = bytes
    bent[7] ^= 1
    sizes[bytes.count - 24] ^= 3
    for damaged in [bent, sizes, Array(bytes.dropLast()), bytes + [0], [], Array(bytes.suffix(24)), [UInt8](repeating: 255, count: 24)] {
      kept.write(name, damaged)
      let found = try read("a.png")
      #expect(found.isMade && found.image == whole)
      #expect(try !read("a.png").isMade)
    }
  }

  @Test func aFullFolderTakesNothingMoreButWhatIsOldMakesRoom() throws {
    for name in ["a.png", "b.png", "c.png"] { files.image(name) }
    let entry = 3 * 48 + 24, room = 2 * entry + 10
    for name in ["a.png", "b.png", "c.png"] { _ = try read(name, capacity: room) }
    #expect(entries.count == 2)
    #expect(try read("c.png", capacity: room).isMade && !read("a.png", capacity: room).isMade)
    for name in entries {
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -100_000)], ofItemAtPath: kept.path + "/" + name)
    }
    _ = try read("c.png", capacity: room)
    #expect(try !read("c.png", capacity: room).isMade)
    #expect(entries.count <= 2)
  }

  @Test func aFolderThatCannotBeWrittenCostsNothingElse() throws {
    files.image("a.png")
    let folder = DecodedPictures(folder: files.path + "/a.png/decoded")
    let state = try #require(LocalFileSystem().info(files.path + "/a.png"))
    let image = try folder.picture(state, size: nil, filter: .bilinear) { try PNG.readImage(files.path + "/a.png") }
    #expect(image == gradient(PixelSize(8, 6), 0))
    #expect(throws: FileError.self) { _ = try folder.picture(state, size: nil, filter: .bilinear) { try PNG.readImage(files.path + "/none.png") } }
  }

  /// A disk that cannot be written keeps nothing, and what a dead process left half written goes when room is needed.
  @Test func whatCannotBeKeptIsMadeEachTime() throws {
    files.image("a.png")
    let state = try #require(LocalFileSystem().info(files.path + "/a.png")), faulty = FaultyFileSystem(LocalFileSystem(), .full(afterBytes: 0))
    let folder = DecodedPictures(folder: kept.path, in: faulty)
    for _ in 0..<2 { #expect(try folder.picture(state, size: nil, filter: .bilinear) { gradient(PixelSize(8, 6), 0) } == gradient(PixelSize(8, 6), 0)) }
    #expect(entries == [])
    kept.write(".writing-99999999-1", [1, 2, 3])
    faulty.fail(nil)
    _ = try DecodedPictures(folder: kept.path, in: faulty).picture(state, size: nil, filter: .bilinear) { gradient(PixelSize(8, 6), 0) }
    #expect(entries.count == 1 && !entries[0].hasPrefix("."))
  }

  /// Each load has readers and a cache of its own, of which nothing is in memory yet.
  @Test func datasetsReadTheSameWithAndWithout() throws {
    let gta = Folder.gta(3)
    func samples(_ decoded: DecodedPictures? = nil) throws -> [Sample] {
      let data = try #require(try gta.load(GTA5.self) { $0.samples.decoded = decoded }.whole).resized(to: size)
      return try (0..<3).map { try data.sample($0, draw: Draw(seed: 1)) }
    }
    let plain = try samples(), decoded = DecodedPictures(folder: kept.path)
    for again in [try samples(decoded), try samples(decoded)] {
      for (one, other) in zip(plain, again) { #expect(one.image == other.image && one.label == other.label && one.image.size == size) }
    }
    #expect(entries.count == 3)
  }
}
