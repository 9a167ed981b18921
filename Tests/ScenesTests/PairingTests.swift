import Foundation
import Imaging
import Scenes
import TestSupport
import Testing

/// Which label goes to which picture, in every format: by the whole path, or not at all.
@Suite struct PairingTests {
  /// Labels by the names of samples, as the first train id of each.
  private static func labels(_ data: Dataset) throws -> [String: UInt8] {
    Dictionary(uniqueKeysWithValues: try (0..<data.count).map { (data.name(at: $0), try #require(try data.label(at: $0)).values[0]) })
  }

  /// Two towns whose frames are numbered alike.
  @Test(arguments: ["labelIds", "labelTrainIds"]) func townsMayNumberTheirFramesAlike(_ kind: String) throws {
    let folder = Folder()
    for (town, id) in [("jena", UInt8(26)), ("ulm", 7)] {
      for frame in 0..<2 {
        folder.image("leftImg8bit/train/\(town)/00000\(frame)_leftImg8bit.png")
        folder.label("gtFine/train/\(town)/00000\(frame)_gtFine_\(kind).png", [kind == "labelIds" ? id : id == 26 ? 13 : 0])
      }
    }
    let loaded = try folder.load(Cityscapes.self) { $0.isStrict = true }
    #expect(try Self.labels(loaded.whole!) == ["jena/000000": 13, "jena/000001": 13, "ulm/000000": 0, "ulm/000001": 0])
  }

  @Test func sequencesOfOtherFormatsMayToo() throws {
    let gta = Folder(), camVid = Folder(), plain = Folder()
    for (town, id) in [("a", UInt8(7)), ("b", 26)] {
      gta.image("images/\(town)/0.png")
      gta.label("labels/\(town)/0.png", [id])
      camVid.image("train/\(town)/0016E5_1.png")
      camVid.label("trainannot/\(town)/0016E5_1.png", [town == "a" ? 3 : 8])
      plain.image("images/\(town)/0.png")
      plain.label("labels/\(town)/0.png", [town == "a" ? 0 : 13])
    }
    #expect(try Self.labels(gta.load(GTA5.self).whole!) == ["a/0": 0, "b/0": 13])
    #expect(try Self.labels(camVid.load(CamVid.self) { $0.role = .source }.whole!) == ["a/0016E5_1": 0, "b/0016E5_1": 13])
    #expect(try Self.labels(plain.load(PlainFolder.self) { $0.role = .source }.whole!) == ["a/0": 0, "b/0": 13])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let format: any DatasetFormat.Type
    let files: [String]
    /// Names of samples, and what is left out with its reason.
    let samples: [String]
    let omitted: [String]

    init(_ what: String, _ format: any DatasetFormat.Type, _ files: [String], samples: [String], omitted: [String]) {
      (testDescription, self.format, self.files, self.samples, self.omitted) = (what, format, files, samples, omitted)
    }
  }

  /// Files whose names hold "label" or end in `_mask` are labels; one good pair, `good`, lies beside the odd ones.
  @Test(arguments: [
    Case("another town's label", Cityscapes.self, ["leftImg8bit/train/ulm/1_leftImg8bit.png", "gtFine/train/jena/1_gtFine_labelIds.png"], samples: ["good"], omitted: [
      "gtFine/train/jena/1_gtFine_labelIds.png: it has no image; leftImg8bit/train/ulm/1_leftImg8bit.png has its name, in another folder",
      "leftImg8bit/train/ulm/1_leftImg8bit.png: it has no label; gtFine/train/jena/1_gtFine_labelIds.png has its name, in another folder",
    ]),
    Case("another split's label", Cityscapes.self, ["leftImg8bit/train/ulm/1_leftImg8bit.png", "gtFine/val/ulm/1_gtFine_labelIds.png"], samples: ["good"], omitted: [
      "gtFine/val/ulm/1_gtFine_labelIds.png: it has no image; leftImg8bit/train/ulm/1_leftImg8bit.png has its name, in another folder",
      "leftImg8bit/train/ulm/1_leftImg8bit.png: it has no label; gtFine/val/ulm/1_gtFine_labelIds.png has its name, in another folder",
    ]),
    Case("both kinds of label", Cityscapes.self, ["leftImg8bit/train/ulm/1_leftImg8bit.png", "gtFine/train/ulm/1_gtFine_labelIds.png", "gtFine/train/ulm/1_gtFine_labelTrainIds.png"], samples: ["good", "1"], omitted: []),
    Case("two labels", GTA5.self, ["images/1.png", "labels/1_labelIds.png", "labels/1_labelTrainIds.png"], samples: ["good"], omitted: [
      "images/1.png: it could have the labels labels/1_labelIds.png and labels/1_labelTrainIds.png",
      "labels/1_labelIds.png: labels/1_labelTrainIds.png could be meant by the same name", "labels/1_labelTrainIds.png: labels/1_labelIds.png could be meant by the same name",
    ]),
    Case("two endings", GTA5.self, ["images/1.png", "images/1.PNG", "labels/1.png"], samples: ["good"], omitted: [
      "images/1.PNG: images/1.png could be meant by the same name", "images/1.png: images/1.PNG could be meant by the same name",
      "labels/1.png: it could belong to images/1.PNG and images/1.png",
    ]),
    Case("small and capital letters", GTA5.self, ["images/A.png", "labels/a.png"], samples: ["good"], omitted: [
      "images/A.png: it has no label; the name of labels/a.png differs in small and capital letters",
      "labels/a.png: it has no image; the name of images/A.png differs in small and capital letters",
    ]),
    Case("two ways of Unicode, one label", PlainFolder.self, ["images/\u{e9}.png", "images/e\u{301}.png", "labels/\u{e9}.png"], samples: ["good", "\u{e9}"], omitted: ["images/e\u{301}.png: it has no label"]),
    Case("two ways of Unicode, a pair", PlainFolder.self, ["images/\u{e9}.png", "labels/e\u{301}.png"], samples: ["good", "\u{e9}"], omitted: []),
    Case("a WebP's label", GTA5.self, ["images/1.webp", "labels/1.png"], samples: ["good"], omitted: [
      "images/1.webp: it is a WebP, which is not read; convert it to PNG", "labels/1.png: its image images/1.webp is not read: it is a WebP, which is not read; convert it to PNG",
    ]),
    Case("a JPEG's label", GTA5.self, ["images/1.jpg", "labels/1.png"], samples: ["1", "good"], omitted: []),
    Case("a JPEG label", PlainFolder.self, ["images/1.png", "labels/1.jpg"], samples: ["good"], omitted: [
      "images/1.png: its label labels/1.jpg is not read: it is a JPEG, which does not keep a label's numbers; labels are read from PNG",
    ]),
    Case("a picture as PNG and as JPEG", GTA5.self, ["images/1.jpg", "images/1.png", "labels/1.png"], samples: ["good"], omitted: [
      "images/1.jpg: images/1.png could be meant by the same name", "images/1.png: images/1.jpg could be meant by the same name", "labels/1.png: it could belong to images/1.jpg and images/1.png",
    ]),
    Case("Cityscapes as JPEG", Cityscapes.self, ["leftImg8bit/train/ulm/1_leftImg8bit.jpg", "gtFine/train/ulm/1_gtFine_labelIds.png"], samples: ["good", "1"], omitted: []),
    Case("another name", Cityscapes.self, ["leftImg8bit/train/ulm/1.png"], samples: ["good"], omitted: ["leftImg8bit/train/ulm/1.png: its name does not end in _leftImg8bit.png"]),
  ]) func whatIsNotCertainIsLeftOutAndNamed(_ entry: Case) throws {
    let folder = Folder(), isCity = entry.format == Cityscapes.self
    let good = isCity ? ["leftImg8bit/train/bonn/good_leftImg8bit.png", "gtFine/train/bonn/good_gtFine_labelIds.png"] : ["images/good.png", "labels/good.png"]
    for file in good + entry.files {
      if file.hasSuffix(".webp") { folder.write(file, [0x52, 0x49]) } else if file.hasSuffix(".jpg") { folder.write(file, TinyJPEG.bytes) } else if file.hasPrefix("labels") || file.hasPrefix("gtFine") { folder.label(file, [7, 8]) } else { folder.image(file) }
    }
    folder.write("map.txt", text: "7 = road\n8 = car\n")
    let loaded = try folder.load(entry.format) { request in
      request.role = .source
      if entry.format == PlainFolder.self { request.labelMap = folder.path + "/map.txt" }
    }
    let whole = loaded.whole!
    #expect(Set((0..<whole.count).map { Array(whole.name(at: $0).utf8) }) == Set(entry.samples.map { Array($0.utf8) }))
    #expect(loaded.omissions.map { "\($0.name): \($0.reason)" } == entry.omitted)
    guard !entry.omitted.isEmpty else { return }
    #expect(throws: SceneError.self) { try folder.load(entry.format) { request in
      (request.role, request.isStrict) = (.source, true)
      if entry.format == PlainFolder.self { request.labelMap = folder.path + "/map.txt" }
    } }
  }

  /// Names that differ only in how Unicode writes them are two files, in the fingerprint too.
  @Test func filesAreToldApartByTheBytesOfTheirNames() throws {
    let folder = Folder()
    for name in ["\u{e9}", "e\u{301}"] { folder.image("images/\(name).png") }
    #expect(try folder.load(PlainFolder.self) { $0.role = .target }.whole!.files.count == 2)
  }

  // MARK: what lies in folders

  @Test func whatCannotBeListedIsNamed() throws {
    let folder = Folder.gta(2)
    func link(_ name: String, _ target: String) throws { try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target) }
    try link("images/9.png", "nowhere.png")
    try link("labels/9.png", "nowhere.png")
    try link("images/again", "../images")
    try link("labels/round", "round")
    let odd = Array((folder.path + "/images/caf").utf8) + [0xE9] + Array(".png".utf8) + [0]
    odd.withUnsafeBufferPointer { _ = $0.withMemoryRebound(to: CChar.self) { close(open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600)) } }
    let loaded = try folder.load(GTA5.self)
    #expect(loaded.whole!.count == 2)
    #expect(loaded.omissions.map { "\($0.name): \($0.reason)" } == [
      "images/9.png: it is a link to a file that is not there", "images/again: it is the same folder as images, which is read already",
      "images/caf\\xE9.png: its name is not UTF-8; rename it", "labels/9.png: it is a link to a file that is not there",
      "labels/round: it is a link to a file that is not there",
    ])
    #expect(throws: SceneError.self) { try folder.load(GTA5.self) { $0.isStrict = true } }
  }

  @Test func foldersThatLinkToEachOtherAreReadOnce() throws {
    let folder = Folder()
    for i in 0..<8 {
      folder.image("images/\(i)/0.png")
      for j in 0..<8 where j != i { try FileManager.default.createSymbolicLink(atPath: folder.path + "/images/\(i)/to\(j)", withDestinationPath: "../\(j)") }
    }
    let loaded = try folder.load(PlainFolder.self) { $0.role = .target }
    #expect(loaded.whole!.count == 8)
    #expect(loaded.omissions.count == 8 * 7 && loaded.omissions.allSatisfy { $0.reason.contains("is the same folder as images/") || $0.reason.contains("which is read already") })
  }

  @Test func deepFoldersAreReadAndDeeperOnesReported() throws {
    let folder = Folder()
    folder.image("images/" + (0..<20).map { "\($0)/" }.joined() + "0.png")
    folder.image("images/" + (0..<80).map { _ in "a/" }.joined() + "0.png")
    let loaded = try folder.load(PlainFolder.self) { $0.role = .target }
    #expect(loaded.whole!.count == 1 && loaded.omissions.count == 1)
    #expect(loaded.omissions.first?.reason == "it lies more than 64 folders deep")
  }
}
