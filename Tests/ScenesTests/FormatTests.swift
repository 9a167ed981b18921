import Foundation
import Imaging
import Scenes
import Testing

@Suite struct FormatTests {
  @Test func theCatalogIsComplete() throws {
    let names = FormatCatalog.all.map { $0.name }
    #expect(Set(names).count == names.count)
    for format in FormatCatalog.all {
      #expect(FormatCatalog.named(format.name)?.name == format.name)
      #expect(!format.summary.isEmpty)
    }
    // Every file of Scenes that declares a format has its line.
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Scenes").standardizedFileURL
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?:enum|struct|class) (\w+)[^{\n]*: [^{\n]*\bDatasetFormat\b/) { declared.insert(String(match.1)) }
    }
    #expect(declared == Set(FormatCatalog.all.map { String(describing: $0) }))
  }

  @Test func gtaIsSplitBySeed() throws {
    let folder = Folder.gta(9)
    let data = try folder.load(GTA5.self).whole!
    #expect(data.count == 9 && data.count(of: .val) == 1 && data.role == .source && data.title == "gta5")
    #expect(data.classes == Array(0..<19))
    #expect((0..<9).map(data.name(at:)) == (0..<9).map { "0000\($0)" })
    let sample = try data.sample(0, draw: Draw(seed: 0))
    #expect(sample.label?.values.prefix(5) == [0, 1, 13, 255, 0])
    let parts = { (seed: UInt64) in try folder.load(GTA5.self) { $0.seed = seed }.whole!.val.name(at: 0) }
    #expect(try parts(1) == parts(1))
    #expect(try Set((0..<12).map { try parts($0) }).count > 2)
    #expect(try folder.load(GTA5.self) { $0.validationShare = 0.5 }.whole!.count(of: .val) == 4)
    #expect(try Folder.gta(1).load(GTA5.self).whole!.count(of: .train) == 1)
    let resized = try folder.load(GTA5.self) { $0.size = PixelSize(4, 4) }.whole!
    #expect(resized.size(at: 0) == PixelSize(4, 4))
  }

  @Test func gtaMayBeDividedAndOfAnyKind() throws {
    let folder = Folder()
    for (part, count) in [("train", 3), ("val", 2)] {
      for i in 0..<count {
        folder.image("images/\(part)/\(i).png")
        folder.label("labels/\(part)/\(i).png")
      }
    }
    // One of each: palette, colours, train ids.
    let label = IndexMap(size: PixelSize(8, 6), filledWith: 26)
    folder.write("labels/train/0.png", PNG.encode(label, palette: LabelColours.palette))
    folder.write("labels/train/1.png", PNG.encode(Image(size: PixelSize(8, 6), red: 0, green: 0, blue: 142)))
    try FileManager.default.removeItem(atPath: folder.path + "/labels/train/2.png")
    folder.label("labels/train/2_labelTrainIds.png", [13])
    let data = try folder.load(GTA5.self).whole!
    #expect(try data.train.count == 3 && data.val.count == 2)
    for i in 0..<3 { #expect(try data.train.sample(i, draw: Draw(seed: 0)).label == IndexMap(size: PixelSize(8, 6), filledWith: 13)) }
  }

  @Test func whatCannotBeUsedIsNamed() throws {
    let folder = Folder.gta(2)
    folder.image("images/alone.png")
    folder.label("labels/lost.png")
    folder.image("images/large.png", PixelSize(9, 6))
    folder.label("labels/large.png")
    folder.write("images/cut.png", Array(PNG.encode(gradient(PixelSize(8, 6))).dropLast(15)))
    folder.label("labels/cut.png")
    folder.image("images/text.png")
    folder.write("labels/text.png", text: "not a picture, whatever its name says, and long enough")
    folder.write("images/photo.webp", [0x52, 0x49, 0x46, 0x46])
    folder.image("images/.hidden.png")
    let loaded = try folder.load(GTA5.self)
    #expect(loaded.whole!.count == 2)
    #expect(
      loaded.omissions.map(\.description) == [
        "images/alone.png is left out: it has no label",
        "images/cut.png is left out: it is damaged: the file ends early",
        "images/large.png is left out: the image is 9x6, its label 8x6",
        "images/photo.webp is left out: it is a WebP, which is not read; convert it to PNG",
        "labels/lost.png is left out: it has no image",
        "labels/text.png is left out: it is not a PNG file",
      ])
    let strict = description { _ = try folder.load(GTA5.self) { $0.isStrict = true } }
    #expect(strict == "\(folder.path)/images/alone.png: it has no label (and 5 more)")
  }

  @Test(arguments: [("leftImg8bit", "labelIds", ""), ("images", "labelTrainIds", "Cityspaces/"), ("images", "labelTrainIds", "Cityscapes/Cityspaces/")])
  func cityscapesLayouts(_ images: String, _ labels: String, _ above: String) throws {
    let folder = Folder()
    for (part, city, count) in [("train", "ulm", 2), ("train", "jena", 1), ("val", "lindau", 2), ("test", "bonn", 1)] {
      for i in 0..<count {
        folder.image("\(above)\(images)/\(part)/\(city)/\(city)_00000\(i)_leftImg8bit.png")
        folder.label("\(above)gtFine/\(part)/\(city)/\(city)_00000\(i)_gtFine_\(labels).png", labels == "labelIds" ? [7, 33, 0] : [0, 18, 255])
        folder.image("\(above)gtFine/\(part)/\(city)/\(city)_00000\(i)_gtFine_color.png")
      }
    }
    let loaded = try folder.load(Cityscapes.self), data = loaded.whole!
    #expect(data.role == .target && loaded.omissions.isEmpty)
    #expect(try data.train.count == 3 && data.val.count == 2)
    #expect(data.name(at: 0) == "jena_000000" && data.name(at: 1) == "ulm_000000")
    for i in 0..<5 { #expect(try data.sample(i, draw: Draw(seed: 0)).label?.values.prefix(3) == [0, 18, 255]) }
  }

  @Test func cityscapesMayHaveNoLabels() throws {
    let folder = Folder()
    folder.image("leftImg8bit/train/ulm/ulm_1_leftImg8bit.png")
    let data = try folder.load(Cityscapes.self).whole!
    #expect(!data.hasLabels && data.classes.isEmpty)
    #expect(try data.sample(0, draw: Draw(seed: 0)).label == nil)
  }

  @Test func camVidHasTwoWorlds() throws {
    let folder = Folder()
    for name in ["0016E5_1", "0006R0_f2", "0001TP_3", "0001TP_4", "0001TP_5"] {
      folder.image("train/\(name).png")
      folder.label("trainannot/\(name).png", [3, 8, 11])
    }
    folder.image("val/0016E5_9.png")
    folder.label("valannot/0016E5_9.png", [0])
    let loaded = try folder.load(CamVid.self)
    #expect(loaded.whole == nil && loaded.fields.map(\.name) == ["day", "dusk"])
    let (day, dusk) = (loaded.fields[0].dataset, loaded.fields[1].dataset)
    #expect(day.role == .source && day.title == "camvid.day" && dusk.role == .target)
    #expect(try day.train.count == 2 && day.val.name(at: 0) == "0016E5_9")
    #expect(try dusk.train.count == 2 && dusk.val.name(at: 0) == "0001TP_5", "the last in time is judged")
    #expect(day.classes == [0, 1, 2, 4, 5, 7, 8, 10, 11, 13, 18])
    #expect(try day.sample(0, draw: Draw(seed: 0)).label?.values.prefix(3) == [0, 13, 255])
    #expect(loaded.split == "by folders; where those have no val, the last frames of each sequence")
    let turned = try folder.load(CamVid.self) { $0.role = .target }
    #expect(turned.whole?.count == 6 && turned.fields.allSatisfy { $0.dataset.role == .target })
  }

  /// A world without frames for validation is judged by the last fifth of each of its sequences, not of the list.
  @Test func everySequenceIsSplitInTime() throws {
    let folder = Folder()
    for name in ["0006R0_f", "0016E5_", "Seq05VD_f"] {
      for frame in 0..<(name == "Seq05VD_f" ? 4 : 10) {
        folder.image("train/\(name)0\(frame)0.png")
        folder.label("trainannot/\(name)0\(frame)0.png", [3])
      }
    }
    let day = try folder.load(CamVid.self).fields[0].dataset
    let judging = (0..<day.count).filter { day.part(at: $0) == .val }.map(day.name(at:))
    #expect(judging == ["0006R0_f080", "0006R0_f090", "0016E5_080", "0016E5_090", "Seq05VD_f030"])
    let single = Folder()
    for name in ["0006R0_1", "0016E5_1"] {
      single.image("train/\(name).png")
      single.label("trainannot/\(name).png", [3])
    }
    #expect(try single.load(CamVid.self).fields[0].dataset.val.count == 1)
  }

  @Test func synthiaHoldsItsClassInTheFirstChannel() throws {
    let folder = Folder()
    for i in 0..<2 {
      folder.image("RGB/000000\(i).png")
      folder.deepLabel("GT/LABELS/000000\(i).png", [3, 8, 22, 1])
    }
    let loaded = try folder.load(SYNTHIA.self) { $0.isStrict = true }
    #expect(loaded.whole?.role == .source && loaded.whole?.classes.count == 19)
    #expect(try loaded.whole!.sample(0, draw: Draw(seed: 0)).label?.values.prefix(5) == [0, 13, 255, 10, 0])
    folder.deepLabel("GT/LABELS/0000001.png", [3, 259])
    #expect(try folder.load(SYNTHIA.self).omissions.map(\.reason) == ["it holds 259, which is none of SYNTHIA's classes (0 to 22); is it a file of another kind?"])
  }

  @Test func foldersOfOnesOwn() throws {
    let folder = Folder()
    for i in 0..<5 {
      folder.image("images/\(i).png")
      folder.label("labels/\(i).png", [1, 2])
    }
    folder.write("labels.txt", text: "1 = car\n2 = void\n")
    let data = try folder.load(PlainFolder.self) { $0.role = .source }.whole!
    #expect(data.count == 5 && data.count(of: .val) == 1 && data.classes == [13])
    #expect(try data.sample(0, draw: Draw(seed: 0)).label?.values.prefix(2) == [13, 255])
    let mapless = Folder()
    mapless.image("a.png")
    mapless.image("sub/b.png")
    let pictures = try mapless.load(PlainFolder.self) { $0.role = .target }.whole!
    #expect(pictures.count == 2 && !pictures.hasLabels && pictures.name(at: 1) == "sub/b")
  }
}
