import Imaging
import Scenes
import TestSupport
import Testing

/// Damage and values that mean nothing are found when files are read for their hashes, before anything is trained.
@Suite struct IntegrityTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let omission: String
    let harm: @Sendable (Folder) -> Void

    init(_ what: String, _ omission: String, _ harm: @escaping @Sendable (Folder) -> Void) { (testDescription, self.omission, self.harm) = (what, omission, harm) }
  }

  private static func flipped(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes[bytes.count - 24] ^= 4
    return bytes
  }

  private static func tiny(_ kind: Int, _ depth: Int, _ sample: Int) -> [UInt8] {
    let picture = TinyPNG(width: 8, height: 6, kind: kind, depth: depth, samples: [])
    return TinyPNG(width: 8, height: 6, kind: kind, depth: depth, samples: [Int](repeating: sample, count: 48 * picture.channels)).bytes
  }

  /// Pixels that inflate to less than the header says, under a right checksum.
  private static let short = TinyPNG(width: 8, height: 6, kind: 0, depth: 8, samples: []).header + TinyPNG.chunk("IDAT", TinyPNG.stored([0, 1])) + TinyPNG.chunk("IEND", [])

  @Test(arguments: [
    Case("a bit of a picture", "images/00001.png: it is damaged: the checksum of its IDAT chunk is wrong") { $0.write("images/00001.png", flipped(PNG.encode(gradient(PixelSize(8, 6))))) },
    Case("a bit of a label", "labels/00001.png: it is damaged: the checksum of its IDAT chunk is wrong") {
      $0.write("labels/00001.png", flipped(PNG.encode(IndexMap(size: PixelSize(8, 6), values: (0..<48).map { UInt8($0 % 30) }))))
    },
    Case("a label that is too short", "labels/00001.png: it is damaged: Not enough image data") { $0.write("labels/00001.png", short) },
    Case("a stray number", "labels/00001.png: it holds 77, which is none of label ids (0 to 34, 255); is it a file of another kind?") { $0.label("labels/00001.png", [7, 77]) },
    Case("a stray colour", "labels/00001.png: it holds the colour 1,2,3, which is not a class of label ids") { $0.write("labels/00001.png", PNG.encode(Image(size: PixelSize(8, 6), red: 1, green: 2, blue: 3))) },
    Case("a class in red", "labels/00001.png: it holds the colour 7,0,0, which is not a class of label ids; if the class is the first channel, say `channel = first` in a label map") {
      $0.write("labels/00001.png", PNG.encode(Image(size: PixelSize(8, 6), red: 7, green: 0, blue: 0)))
    },
    Case("16-bit colours", "labels/00001.png: its pixels are 16-bit colours, not the 8-bit numbers of label ids; if the class is their first channel, as in SYNTHIA, load them as that, or say `channel = first` in a label map") {
      $0.write("labels/00001.png", tiny(2, 16, 7))
    },
    Case("16-bit colours with transparency", "labels/00001.png: its pixels are 16-bit colours, not the 8-bit numbers of label ids; if the class is their first channel, as in SYNTHIA, load them as that, or say `channel = first` in a label map") {
      $0.write("labels/00001.png", tiny(6, 16, 7))
    },
    Case("16-bit numbers", "labels/00001.png: its pixels are 16-bit numbers, not the 8-bit numbers of label ids") { $0.write("labels/00001.png", tiny(0, 16, 7)) },
  ]) func whatIsDamagedIsLeftOutAndNamed(_ entry: Case) throws {
    let folder = Folder.gta(3)
    entry.harm(folder)
    let loaded = try folder.load(GTA5.self)
    #expect(loaded.whole!.count == 2)
    #expect(loaded.omissions.map { "\($0.name): \($0.reason)" } == [entry.omission])
    let strict = description { _ = try folder.load(GTA5.self) { $0.isStrict = true } }
    #expect(strict == folder.path + "/" + entry.omission)
  }

  /// What is odd and may be meant is said, and no fault.
  @Test func oddFilesAreSaid() throws {
    let folder = Folder.gta(3)
    folder.label("labels/00001.png", [0, 34])
    folder.write("images/00002.png", Self.tiny(2, 16, 1023))
    let loaded = try folder.load(GTA5.self) { $0.isStrict = true }
    #expect(loaded.remarks == [
      "labels/00001.png is void at every pixel", "images/00002.png has 16-bit values up to 1023 of 65535, and only the upper 8 bits are used: it is nearly black; scale the values up",
    ])
    let bright = Folder.gta(1)
    bright.write("images/00000.png", Self.tiny(2, 16, 60_000))
    #expect(try bright.load(GTA5.self).remarks.isEmpty)
    let palette = Folder()
    palette.write("0.png", PNG.encode(IndexMap(size: PixelSize(2, 2), values: [0, 1, 2, 3]), palette: LabelColours.palette))
    #expect(try palette.load(PlainFolder.self) { $0.role = .target }.remarks == ["0.png is a palette PNG, as label files often are, and is read as a picture"])
  }

  /// The class in the first channel of colours, where a map says so.
  @Test func mapsMayNameTheFirstChannel() throws {
    let folder = Folder()
    folder.image("CameraRGB/0.png")
    folder.write("CameraSeg/0.png", PNG.encode(Image(size: PixelSize(8, 6), red: 7, green: 0, blue: 0)))
    folder.image("CameraRGB/1.png")
    folder.deepLabel("CameraSeg/1.png", [7, 10])
    folder.image("CameraRGB/2.png")
    folder.label("CameraSeg/2.png", [7])
    folder.write("map.txt", text: "channel = first\n7 = road\n10 = car\n")
    let loaded = try folder.load(PlainFolder.self) { ($0.role, $0.labelMap) = (.source, folder.path + "/map.txt") }
    #expect(try (0..<2).map { try loaded.whole!.label(at: $0)!.values[1] } == [0, 13])
    #expect(loaded.omissions.map { "\($0.name): \($0.reason)" } == [
      "CameraSeg/2.png: its pixels are 8-bit numbers, not colours whose first channel is one of the numbers in \(folder.path)/map.txt",
    ])
  }

  @Test func mapsOfColoursAreNotReadAsNumbers() throws {
    let folder = Folder.gta(1)
    folder.write("map.txt", text: "128,0,0 = car\n* = void\n")
    let said = description { _ = try folder.load(PlainFolder.self) { ($0.role, $0.labelMap) = (.source, folder.path + "/map.txt") } }
    #expect(said.contains("labels/00000.png is left out: its pixels are 8-bit numbers, and the numbers in \(folder.path)/map.txt are colours"), "\(said)")
  }

  @Test func aListOfNamesIsNoMap() throws {
    let folder = Folder.gta(1)
    folder.write("labels.txt", text: "road\nsidewalk\n")
    let said = description { _ = try folder.load(PlainFolder.self) { $0.role = .source } }
    #expect(said == "\(folder.path)/labels.txt, line 1: expected a line like '7 = road'; if it is not a label map, rename it, or name the map that is meant")
    folder.remove("labels")
    #expect(try folder.load(PlainFolder.self) { $0.role = .target }.whole?.count == 1, "pictures alone need no map")
  }

  @Test func aMapIsShort() throws {
    let folder = Folder.gta(1)
    folder.write("map.txt", [UInt8](repeating: 35, count: 2 << 20))
    let said = description { _ = try folder.load(PlainFolder.self) { ($0.role, $0.labelMap) = (.source, folder.path + "/map.txt") } }
    #expect(said == "cannot read the label map \(folder.path)/map.txt: it has 2097152 bytes, and at most 1048576 are read")
  }

  /// What was seen of a file can be remembered as text.
  @Test func examinationsAreText() throws {
    let bytes = PNG.encode(IndexMap(size: PixelSize(4, 1), values: [7, 7, 8, 200]))
    let seen = FileExamination(bytes, for: .label)
    #expect(seen.numbers == [7: 2, 8: 1, 200: 1] && seen.size == PixelSize(4, 1) && seen.fault == nil)
    #expect(FileExamination(text: seen.text) == seen)
    #expect(FileExamination(text: "{") == nil)
  }

  @Test func aSummaryCountsWhatLabelsHold() throws {
    let folder = Folder.gta(5)
    folder.label("labels/00004.png", [0])
    let data = try folder.load(GTA5.self).whole!
    let summary = try DatasetSummary(data)
    #expect(summary.parts.map(\.name) == ["train", "val"] && summary.parts.map(\.images) == [4, 1])
    let all = summary.parts.reduce(0) { $0 + $1.pixels[0] }, ignored = summary.parts.reduce(0) { $0 + $1.ignored }
    #expect(all == 4 * 12 && ignored == 4 * 12 + 48 && summary.parts.reduce(0) { $0 + $1.void } == 1)
    #expect(summary.values.map(\.name) == ["0", "7", "8", "26", "34"] && summary.values.map(\.trainID) == [255, 0, 1, 13, 255])
    #expect(summary.labels == ["8-bit grey levels, 8x6": 5] && summary.pictures == ["8-bit colours, 8x6": 5] && summary.mappings == ["label ids"])
    // Counted from labels themselves it is the same.
    let kept = try DatasetSummary(data.relabelled(with: (0..<5).map { try data.label(at: $0)! }, role: .source))
    #expect(kept.parts == summary.parts)
  }
}
