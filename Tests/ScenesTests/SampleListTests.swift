import Imaging
import Scenes
import TestSupport
import Testing

/// List files, patterns of names, and data whose labels are for validation alone.
@Suite struct SampleListTests {
  private static func camVid() -> Folder {
    let folder = Folder()
    for i in 0..<4 {
      folder.image("train/0016E5_\(i).png")
      folder.label("trainannot/0016E5_\(i).png", [3])
    }
    return folder
  }

  private static func load(_ folder: Folder, _ format: any DatasetFormat.Type, train: String? = nil, val: String? = nil, strict: Bool = true) throws -> LoadedData {
    if let train { folder.write("lists/train.txt", text: train) }
    if let val { folder.write("lists/val.txt", text: val) }
    return try folder.load(format) { request in
      (request.role, request.isStrict) = (.source, strict)
      if train != nil { request.lists[.train] = folder.path + "/lists/train.txt" }
      if val != nil { request.lists[.val] = folder.path + "/lists/val.txt" }
    }
  }

  /// As SegNet's authors publish CamVid: an image and its label a line, by the paths of their machine.
  @Test func pairsMayHaveAPrefix() throws {
    let loaded = try Self.load(
      Self.camVid(), CamVid.self, train: "/SegNet/CamVid/train/0016E5_2.png /SegNet/CamVid/trainannot/0016E5_2.png\n/SegNet/CamVid/train/0016E5_0.png /SegNet/CamVid/trainannot/0016E5_0.png\n",
      val: "/SegNet/CamVid/train/0016E5_3.png /SegNet/CamVid/trainannot/0016E5_3.png")
    let data = try #require(loaded.whole)
    #expect(data.names(.train) == ["0016E5_0", "0016E5_2"] && data.names(.val) == ["0016E5_3"] && loaded.split == "by lists")
    #expect(loaded.remarks == ["1 image in no list is not read"])
  }

  /// With and without folders and endings, with line ends of all kinds.
  @Test(arguments: ["images/1.png", "1.png", "1", "./images/1.png", "data/gta5/images/1.png", "images\\1.png", "images/1", "\u{FEFF}1\r\n\r\n", "1\r"]) func aNameALine(_ line: String) throws {
    let folder = Folder.gta(0)
    for i in 0..<3 {
      folder.image("images/\(i).png")
      folder.label("labels/\(i).png", [7])
    }
    for format in [GTA5.self, PlainFolder.self] as [any DatasetFormat.Type] {
      folder.write("labels.txt", text: "7 = road")
      #expect(try Self.load(folder, format, train: line, val: "2\n0").whole.map { ($0.names(.train) + $0.names(.val)).map { String($0.last!) } } == ["1", "0", "2"])
    }
  }

  @Test func cityscapesAreListedByTown() throws {
    let folder = Folder()
    for town in ["jena", "ulm"] {
      for i in 0..<2 {
        folder.image("leftImg8bit/train/\(town)/\(town)_\(i)_leftImg8bit.png")
        folder.label("gtFine/train/\(town)/\(town)_\(i)_gtFine_labelIds.png", [7])
      }
    }
    let data = try Self.load(folder, Cityscapes.self, train: "train/jena/jena_1_leftImg8bit.png\nulm_0\n", val: "leftImg8bit/train/ulm/ulm_1_leftImg8bit.png").whole
    #expect(data?.names(.train) == ["jena_1", "ulm_0"] && data?.names(.val) == ["ulm_1"])
  }

  /// Folders of any names: the lists say what is an image and what a label.
  @Test(arguments: [" ", "\t", ",", ", "]) func pairsOfAnyNames(_ separator: String) throws {
    let folder = Folder()
    for i in 0..<3 {
      folder.image("left/\(i).png")
      folder.label("truth/frame\(i).png", [UInt8(i)])
    }
    let data = try #require(try Self.load(folder, PlainFolder.self, train: "left/0.png\(separator)truth/frame1.png\nleft/2.png\(separator)truth/frame0.png\n", val: "left/1.png\(separator)truth/frame2.png\n").whole)
    #expect(try data.firstLabels(1) == ["0": [1], "2": [0], "1": [2]] && data.count(of: .val) == 1)
    #expect(data.files.map(\.name).suffix(2) == ["train list", "val list"], "they are of the recipe")
  }

  @Test func namesMayHoldSpaces() throws {
    let folder = Folder()
    folder.image("images/a b.png")
    folder.label("labels/a b.png", [0])
    #expect(try Self.load(folder, PlainFolder.self, train: "images/a b.png\n").whole?.count == 1)
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let train: String
    var val: String?
    let says: [String]
    init(_ what: String, train: String, val: String? = nil, _ says: String...) { (testDescription, self.train, self.val, self.says) = (what, train, val, says) }
  }

  @Test(arguments: [
    Fault("a name that is not there", train: "00000\n00009\n", "00009: train.txt, line 2 names it, and no image that is read is called so"),
    Fault("an image without a label", train: "00000\nalone.png\n", "images/alone.png: it has no label"),
    Fault("another label", train: "00000\nimages/00001.png labels/00000.png\n", "images/00001.png: train.txt, line 2 gives it the label labels/00000.png, and its label is labels/00001.png"),
    Fault("another folder", train: "00000\nother/00001.png\n", "other/00001.png: train.txt, line 2 names it, and no image that is read is called so"),
  ]) func whatListsNameWronglyIsLeftOut(_ entry: Fault) throws {
    let folder = Folder.gta(3)
    folder.image("images/alone.png")
    let loaded = try Self.load(folder, GTA5.self, train: entry.train, val: entry.val, strict: false)
    #expect(loaded.whole?.count == 1 && loaded.omissions.map { "\($0.name): \($0.reason)" } == entry.says)
    #expect(throws: SceneError.self) { try Self.load(folder, GTA5.self, train: entry.train) }
  }

  @Test(arguments: [
    Fault("one sample in both", train: "00000\n00001", val: "00001\n", "images/00001.png is listed for training (train.txt, line 2) and for validation (val.txt, line 1), where it would be known already"),
    Fault("nothing", train: " \r\n\n", "FOLDER/lists/train.txt lists nothing"), Fault("no text", train: "a\0b", "FOLDER/lists/train.txt is not UTF-8 text, so it is not a list of files"),
    Fault("nothing that is there", train: "9", "there is no gta5 data in FOLDER"),
  ]) func listsAreRefused(_ entry: Fault) {
    let folder = Folder.gta(3)
    let said = description { _ = try Self.load(folder, GTA5.self, train: entry.train, val: entry.val, strict: false) }
    #expect(said.hasPrefix(entry.says[0].replacing("FOLDER", with: folder.path)), "\(said)")
  }

  @Test func namesThatCouldMeanSeveralAreLeftOut() throws {
    let folder = Folder()
    for part in ["a", "b"] {
      folder.image("images/\(part)/1.png")
      folder.label("labels/\(part)/1.png", [7])
    }
    let loaded = try Self.load(folder, GTA5.self, train: "1\nb/1.png\nb/1.png\n", strict: false)
    #expect(loaded.whole?.names(.train) == ["b/1"] && loaded.omissions.map(\.description) == ["1 is left out: train.txt, line 1 names it, which could be images/a/1.png or images/b/1.png"])
    #expect(loaded.remarks == ["1 image in no list is not read", "train.txt names 1 image again, which counts once"])
    #expect(description { _ = try folder.load(GTA5.self) { $0.lists[.train] = folder.path + "/none.txt" } } == "cannot read the list \(folder.path)/none.txt: there is no such file or folder")
  }

  // MARK: patterns

  private static func patterned(_ folder: Folder, _ images: String, _ labels: String?, role: Dataset.Role = .source, strict: Bool = true) throws -> LoadedData {
    try folder.load(PlainFolder.self) { request in
      (request.role, request.isStrict) = (role, strict)
      request.patterns = (try! NamePattern(images), labels.map { try! NamePattern($0) })
    }
  }

  @Test func patternsPairByWhatTheStarStandsFor() throws {
    let folder = Folder()
    for (part, name) in [("train", "a"), ("train", "b"), ("val", "c"), ("test", "d")] {
      folder.image("\(part)/x/\(name)_cam_left.png")
      folder.image("\(part)/x/\(name)_cam_right.png")
      folder.label("truth/\(part)/x/\(name)_ids.png", [part == "val" ? 13 : 0])
    }
    let loaded = try Self.patterned(folder, "*_cam_left.png", "truth/*_ids.png"), data = try #require(loaded.whole)
    #expect(try data.firstLabels(1) == ["x/a": [0], "x/b": [0], "x/c": [13]] && data.names(.val) == ["x/c"])
    #expect(loaded.remarks == ["test/ is not read: 1 image kept for testing"] && loaded.omissions.isEmpty)
    // Foggy Cityscapes by patterns: the label's suffix says that it holds label ids.
    let foggy = Folder()
    foggy.image("leftImg8bit_foggy/train/ulm/1_leftImg8bit_foggy_beta_0.02.png")
    foggy.image("leftImg8bit_foggy/train/ulm/1_leftImg8bit_foggy_beta_0.01.png")
    foggy.label("gtFine/train/ulm/1_gtFine_labelIds.png", [7, 26])
    let fog = try #require(try Self.patterned(foggy, "leftImg8bit_foggy/*_leftImg8bit_foggy_beta_0.02.png", "gtFine/*_gtFine_labelIds.png").whole)
    #expect(try fog.firstLabels(2) == ["ulm/1": [0, 13]])
  }

  @Test func picturesAloneMayHaveAPattern() throws {
    let folder = Folder()
    for name in ["a_rgb", "b_rgb", "a_depth"] { folder.image("\(name).png") }
    #expect(try Self.patterned(folder, "*_rgb.png", nil, role: .target).whole?.count == 2)
    let said = description { _ = try Self.patterned(folder, "*_ir.png", "*_seg.png") }
    #expect(said == "there is no folder data in \(folder.path): looked for files like *_ir.png and *_seg.png")
    folder.label("a_seg.png", [0])
    #expect(try Self.patterned(folder, "*_rgb.png", "*_seg.png", strict: false).omissions.map(\.description) == ["b_rgb.png is left out: it has no label"])
  }

  @Test(arguments: [
    ("images/a.png", "the pattern 'images/a.png' has no *, and it takes one, for the name of the sample"), ("*/*.png", "the pattern '*/*.png' has 2 *, and it takes one, for the name of the sample"),
    ("../*.png", "the pattern '../*.png' leaves the folder of the dataset; it begins within"), ("/data/*.png", "the pattern '/data/*.png' leaves the folder of the dataset; it begins within"),
  ]) func patternsAreRefused(_ text: String, _ message: String) { #expect(description { _ = try NamePattern(text) } == message) }

  // MARK: labels for validation alone

  @Test func aFolderMayBeLabelledForValidationAlone() throws {
    let folder = Folder()
    for i in 0..<3 { folder.image("images/train/\(i).png") }
    folder.image("images/val/9.png")
    folder.label("labels/val/9.png", [0])
    let loaded = try folder.load(PlainFolder.self) { ($0.role, $0.isStrict) = (.target, true) }, data = try #require(loaded.whole)
    #expect(try data.firstLabels(1) == ["0": nil, "1": nil, "2": nil, "9": [0]] && data.count(of: .train) == 3 && data.hasLabels(in: .val) && !data.hasLabels(in: .train) && !data.hasLabels)
    #expect(loaded.remarks == ["no label is for training: 3 images for training without labels"])
    #expect(try data.sample(0, draw: Draw(seed: 0)).label == nil && data.evaluationSample(3, seed: 0).label != nil)
    #expect(try data.taking(2).firstLabels(1).count == 2 && data[3].hasLabels)
    // A single label for training says that they were meant to have some.
    folder.label("labels/train/0.png", [0])
    #expect(try folder.load(PlainFolder.self) { $0.role = .target }.omissions.count == 2)
  }
}
