import Imaging
import Scenes
import TestSupport
import Testing

/// How labels hold their classes: numbers, three equal channels, colours, a class in the first channel; and whose numbers they are.
@Suite struct EncodingTests {
  private static func first(_ data: Dataset?, _ count: Int = 3) throws -> [UInt8]? { try data?.label(at: 0).map { Array($0.values.prefix(count)) } }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let format: any DatasetFormat.Type
    let map: String?
    let expected: [UInt8]
    let write: @Sendable (Folder) -> Void

    init(_ what: String, _ format: any DatasetFormat.Type, map: String? = nil, _ expected: [UInt8], _ write: @escaping @Sendable (Folder) -> Void) {
      (testDescription, self.format, self.map, self.expected, self.write) = (what, format, map, expected, write)
    }
  }

  @Test(arguments: [
    Case("three equal channels of label ids", GTA5.self, [0, 13, 255]) { $0.colourLabel("labels/0.png", [(7, 7, 7), (26, 26, 26), (0, 0, 0)]) },
    Case("three equal channels of train ids", PlainFolder.self, [0, 13, 255]) { $0.colourLabel("labels/0.png", [(0, 0, 0), (13, 13, 13), (255, 255, 255)]) },
    Case("three equal channels and a map of numbers", PlainFolder.self, map: "1 = road\n2 = car\n* = void", [0, 13, 255]) { $0.colourLabel("labels/0.png", [(1, 1, 1), (2, 2, 2), (9, 9, 9)]) },
    Case("Cityscapes' colours", PlainFolder.self, [0, 13, 255]) { $0.colourLabel("labels/0.png", [(128, 64, 128), (0, 0, 142), (0, 0, 0)]) },
    Case("grey colours of Cityscapes", PlainFolder.self, [2, 5, 255]) { $0.colourLabel("labels/0.png", [(70, 70, 70), (153, 153, 153), (0, 0, 0)]) },
    Case("a map of colours", PlainFolder.self, map: "1,2,3 = road\n9,9,9 = car\n* = void", [0, 13, 255]) { $0.colourLabel("labels/0.png", [(1, 2, 3), (9, 9, 9), (5, 5, 5)]) },
    Case("the first channel by a map", PlainFolder.self, map: "channel = first\n7 = road\n10 = car\n* = void", [0, 13, 255]) { $0.redLabel("labels/0.png", [7, 10, 3]) },
    Case("16 bits, the first channel by a map", PlainFolder.self, map: "channel = first\n7 = road\n10 = car\n* = void", [0, 13, 255]) { $0.deepLabel("labels/0.png", [7, 10, 3]) },
  ]) func labelsAreReadAsTheyHoldTheirClasses(_ entry: Case) throws {
    let folder = Folder()
    folder.image("images/0.png")
    entry.write(folder)
    if let map = entry.map { folder.write("labels.txt", text: map) }
    let data = try folder.load(entry.format) { ($0.role, $0.isStrict) = (.source, true) }.whole
    #expect(try Self.first(data) == entry.expected)
    // What is counted is what is read.
    let summary = try DatasetSummary(#require(data))
    #expect(summary.found == entry.expected.filter { $0 < 19 }.map(Int.init).sorted() && summary.parts[0].ignored == 48 * entry.expected.count { $0 == 255 } / 3)
  }

  /// Black throughout is void as a colour and road as a train id: other labels of the data tell, or it is left out.
  @Test func aBlackLabelIsReadAsTheOthersAre() throws {
    for (other, expected) in [((UInt8(13), UInt8(13), UInt8(13)), UInt8(0)), ((0, 0, 142), 255)] {
      let folder = Folder()
      for name in ["0", "1"] { folder.image("images/\(name).png") }
      folder.colourLabel("labels/0.png", [(0, 0, 0)])
      folder.colourLabel("labels/1.png", [other])
      let data = try folder.load(PlainFolder.self) { ($0.role, $0.isStrict) = (.source, true) }.whole
      #expect(try Self.first(data, 1) == [expected])
    }
    let folder = Folder.gta(1)
    folder.remove("labels/00000.png")
    folder.colourLabel("labels/00000.png", [(0, 0, 0)])
    #expect(try Self.first(folder.load(GTA5.self).whole, 1) == [255], "as a label id 0 is void too")
    let said = description { _ = try folder.load(PlainFolder.self) { $0.role = .source } }
    #expect(said.hasSuffix("labels/00000.png is left out: its pixels mean one thing as colours and another as numbers, and no other label says which they are"), "\(said)")
  }

  @Test(arguments: [
    ([(7, 7, 7), (77, 77, 77)], "labels/0.png: it holds 77, which is none of label ids (0 to 34, 255); is it a file of another kind?"),
    ([(70, 70, 70), (71, 71, 71)], "labels/0.png: it holds the colour 71,71,71, which is not a class of label ids"),
    ([(7, 7, 7), (26, 26, 27)], "labels/0.png: it holds the colour 7,7,7, which is not a class of label ids"),
  ] as [([(UInt8, UInt8, UInt8)], String)]) func whatIsNoClassIsNamed(_ colours: [(UInt8, UInt8, UInt8)], _ omission: String) throws {
    let folder = Folder.gta(1)
    folder.image("images/0.png")
    folder.colourLabel("labels/0.png", colours)
    #expect(try folder.load(GTA5.self).omissions.map { "\($0.name): \($0.reason)" } == [omission])
  }

  // MARK: CARLA

  private static func carla(_ write: (Folder, String) -> Void) -> Folder {
    let folder = Folder()
    for i in 0..<2 {
      folder.image("CameraRGB/\(i).png")
      write(folder, "CameraSeg/\(i).png")
    }
    return folder
  }

  /// Numbers that both numberings have are read only where it was asked for one of them.
  @Test func carlasNumbersAreAskedFor() throws {
    let folder = Self.carla { $0.redLabel($1, [7, 10, 6, 0]) }
    let error = #expect(throws: SceneError.self) { try folder.load(CARLA.self) }
    #expect(error?.fault == .numberingUnknown)
    #expect(error?.description == "the labels of \(folder.path) hold numbers up to 10, which mean other classes in CARLA up to 0.9.13 (7 is road) than since (1 is road)")
    let own = try #require(try folder.load(CARLA.self) { ($0.numbering, $0.isStrict) = (.own, true) }.whole)
    #expect(try own.role == .source && Self.first(own, 4) == [0, 13, 0, 255])
    #expect(own.classes == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13], "it does not tell riders, trucks, buses, trains and bicycles apart")
    let newer = try #require(try folder.load(CARLA.self) { ($0.numbering, $0.isStrict) = (.cityscapes, true) }.whole)
    #expect(try newer.classes == Array(0..<19) && Self.first(newer, 4) == [6, 9, 5, 255])
  }

  @Test func carlasNewerNumbersAreCertain() throws {
    let folder = Self.carla { $0.redLabel($1, $1.hasSuffix("0.png") ? [1, 14, 24, 25] : [1, 12]) }
    #expect(try Self.first(folder.load(CARLA.self) { $0.isStrict = true }.whole, 4) == [0, 13, 0, 255])
    #expect(try folder.load(CARLA.self) { $0.numbering = .own }.omissions.map { "\($0.name): \($0.reason)" } == ["CameraSeg/0.png: it holds 24, which is none of CARLA's classes (0 to 22, 255); is it a file of another kind?"])
  }

  /// Its palette's colours, a number a pixel, three equal channels.
  @Test func carlaMayBeWrittenOtherwise() throws {
    let colours = Self.carla { $0.colourLabel($1, [(128, 64, 128), (157, 234, 50), (145, 170, 100), (110, 190, 160)]) }
    #expect(try Self.first(colours.load(CARLA.self) { $0.isStrict = true }.whole, 4) == [0, 0, 9, 255])
    let numbers = Self.carla { $0.label($1, [7, 10]) }, grey = Self.carla { $0.colourLabel($1, [(7, 7, 7), (10, 10, 10)]) }
    for folder in [numbers, grey] {
      #expect(throws: SceneError.self) { try folder.load(CARLA.self) }
      #expect(try Self.first(folder.load(CARLA.self) { ($0.numbering, $0.isStrict) = (.own, true) }.whole, 2) == [0, 13])
    }
    let instances = Self.carla { $0.colourLabel($1, [(7, 1, 2), (10, 3, 4)]) }
    #expect(try instances.loadOmissions(CARLA.self) { $0.numbering = .own }.allSatisfy { $0.contains("holds the colour 7,1,2, which is not a class of CARLA's classes") })
  }

  @Test func carlaScapesLieSideBySide() throws {
    let folder = Folder()
    for i in 0..<2 {
      folder.image("town01_00\(i)_img.png")
      folder.label("town01_00\(i)_labelIds.png", [1, 14, 24, 20, 0])
    }
    let data = try folder.load(CarlaScapes.self) { $0.isStrict = true }.whole
    #expect(try data?.role == .source && Self.first(data, 5) == [0, 13, 0, 255, 255])
  }

  // MARK: SYNTHIA

  private static func parsed(_ values: [UInt8], _ place: String = "parsed_LABELS") -> Folder {
    let folder = Folder()
    for i in 0..<2 {
      folder.image("RGB/000000\(i).png")
      folder.label("\(place)/000000\(i).png", values)
    }
    return folder
  }

  @Test(arguments: ["parsed_LABELS", "GT/parsed_LABELS"]) func parsedLabelsMayBeOfCityscapes(_ place: String) throws {
    #expect(try Self.first(Self.parsed([7, 26, 0], place).load(SYNTHIA.self) { $0.isStrict = true }.whole) == [0, 13, 255], "26 is none of SYNTHIA's")
    let open = Self.parsed([3, 8, 22], place), error = #expect(throws: SceneError.self) { try open.load(SYNTHIA.self) }
    #expect(error?.fault == .numberingUnknown && error?.description.hasPrefix("the labels of \(open.path)/\(place) hold numbers up to 22") == true)
    #expect(try Self.first(open.load(SYNTHIA.self) { $0.numbering = .own }.whole) == [0, 13, 255])
    #expect(try Self.first(open.load(SYNTHIA.self) { $0.numbering = .cityscapes }.whole) == [255, 1, 9])
  }

  /// The original labels are meant where both are there, and hold SYNTHIA's own numbers.
  @Test func originalLabelsComeFirst() throws {
    let folder = Self.parsed([7])
    for i in 0..<2 { folder.deepLabel("GT/LABELS/000000\(i).png", [8]) }
    #expect(try Self.first(folder.load(SYNTHIA.self).whole, 1) == [13])
    #expect(description { _ = try folder.load(SYNTHIA.self) { $0.numbering = .cityscapes } }.hasSuffix("hold SYNTHIA's own numbers; only those of parsed_LABELS/ may be Cityscapes'"))
  }
}

extension Folder {
  /// Why each file is left out of a load that finds nothing, or something.
  fileprivate func loadOmissions(_ format: any DatasetFormat.Type, _ change: (inout LoadRequest) -> Void) throws -> [String] {
    do { return try load(format, change).omissions.map(\.reason) } catch let error as SceneError { return [error.description] }
  }
}
