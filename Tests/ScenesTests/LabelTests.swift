import Imaging
import Scenes
import Testing

@Suite struct LabelTests {
  @Test func theTableHasItsOrder() {
    #expect(CityscapesClass.all.map { Int($0.trainID) } == Array(0..<19))
    #expect(CityscapesClass.all.map { Int($0.labelID) } == [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33])
    #expect(Set(CityscapesClass.all.map(\.colour)).count == 19)
    #expect(CityscapesClass.named("Traffic_Light")?.trainID == 6)
    #expect(CityscapesClass.named("sign")?.trainID == 7)
    #expect(CityscapesClass.named("void") == nil)
  }

  struct Case: CustomTestStringConvertible {
    let mapping: LabelMapping
    let values, expected: [UInt8]
    var testDescription: String { "\(mapping.title): \(values)" }

    init(_ mapping: LabelMapping, _ values: [UInt8], _ expected: [UInt8]) {
      (self.mapping, self.values, self.expected) = (mapping, values, expected)
    }
  }

  @Test(arguments: [
    Case(.labelIDs, [0, 6, 7, 8, 11, 26, 33, 34, 255], [255, 255, 0, 1, 2, 13, 18, 255, 255]),
    Case(.trainIDs, [0, 18, 255], [0, 18, 255]),
    Case(.camVid, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [10, 2, 5, 0, 1, 8, 7, 4, 13, 11, 18, 255]),
    Case(
      try! LabelMapping(text: "# mine\n0 = road\n12..14=Void\n\n3 = traffic-light # lamp\n* = sky\n".replacing("Void", with: "void"), path: "m"),
      [0, 3, 12, 14, 99], [0, 6, 255, 255, 10]),
  ]) func valuesBecomeTrainIDs(_ entry: Case) throws {
    let map = IndexMap(size: PixelSize(entry.values.count, 1), values: entry.values)
    #expect(try entry.mapping.trainIDs(of: map, path: "x.png").values == entry.expected)
  }

  /// However a line ends, and with a byte order mark or without.
  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"]) func linesMayEndInAnyWay(_ end: String, _ mark: String) throws {
    let lines = ["# mine", "0 = road", "1 = sidewalk   # pavement", "", "2 = building", "9,8,7 = sky", "* = void", ""]
    let map = try LabelMapping(text: mark + lines.joined(separator: end), path: "m")
    #expect(try map.trainIDs(of: IndexMap(size: PixelSize(4, 1), values: [0, 1, 2, 77]), path: "x").values == [0, 1, 2, 255])
    let mixed = try LabelMapping(text: "0 = road\n1 = sidewalk # pavement\r\n2 = building\r3 = wall\n", path: "m")
    #expect(try mixed.trainIDs(of: IndexMap(size: PixelSize(4, 1), values: [0, 1, 2, 3]), path: "x").values == [0, 1, 2, 3])
    #expect(mixed.classes == [0, 1, 2, 3])
  }

  @Test(arguments: [([0xFF, 0xFE, 0x37, 0], "m is UTF-16; save it as UTF-8"), ([0x37, 0, 0x3D], "m is not UTF-8 text, so it is not a label map"), ([0x37, 0xE9], "m is not UTF-8 text, so it is not a label map")] as [([UInt8], String)])
  func mapsAreText(_ bytes: [UInt8], _ message: String) {
    #expect(description { _ = try LabelMapping(bytes: bytes, path: "m") } == message)
  }

  /// What is not named is of the class of `*`, numbers and colours alike.
  @Test func theRestHoldsForColours() throws {
    let map = try LabelMapping(text: "1,2,3 = car\n* = void", path: "m")
    let picture = Image(size: PixelSize(2, 1), pixels: [1, 2, 3, 200, 100, 50])
    #expect(try map.trainIDs(of: picture, path: "x").values == [13, 255])
  }

  @Test func coloursBecomeTrainIDs() throws {
    let colours: [[UInt8]] = [[128, 64, 128], [0, 0, 0], [153, 153, 153], [81, 0, 81]]
    let picture = Image(size: PixelSize(4, 1), pixels: colours.flatMap { $0 })
    #expect(try LabelMapping.labelIDs.trainIDs(of: picture, path: "x.png").values == [0, 255, 5, 255])
    let label = IndexMap(size: PixelSize(19, 1), values: Array(0..<19))
    #expect(try LabelMapping.labelIDs.trainIDs(of: LabelColours.picture(of: label), path: "") == label)
    let own = try LabelMapping(text: "1,2,3 = car", path: "m")
    #expect(own.classes == [13])
    #expect(try own.trainIDs(of: Image(size: PixelSize(1, 1), red: 1, green: 2, blue: 3), path: "x.png").values == [13])
    let error = #expect(throws: SceneError.self) { try own.trainIDs(of: Image(size: PixelSize(1, 1), red: 9), path: "x.png") }
    #expect(error?.description == "the label x.png holds the colour 9,0,0, which is not a class of the numbers in m")
  }

  @Test(arguments: [
    ("0 road", "m, line 1: expected a line like '7 = road'"),
    ("0 = road\n1 = street", "m, line 2: there is no class 'street'; the classes are road, sidewalk"),
    ("300 = road", "m, line 1: '300' is no label; expected 0 to 255, a range like 3..7, a colour like 128,64,0, or *"),
    ("9..3 = road", "m, line 1: the range 9..3 runs backwards"),
    ("1 = road\n0..4 = car", "m, line 2: 1 was given a class before"),
    ("# nothing", "m maps nothing; expected lines like '7 = road'"),
    ("* = void", "m maps nothing; expected lines like '7 = road'"),
    ("7 = road\n* = void\r\n* = sky", "m, line 3: '*' was given a class before"),
    ("1,2,3 = car\r1, 2, 3 = sky", "m, line 2: the colour 1, 2, 3 was given a class before"),
    ("7 = road\r\n\r\n7 = road", "m, line 3: 7 was given a class before"),
    ("channel = first\n7 = road\nchannel = first", "m, line 3: the channel was given before"),
    ("channel = blue", "m, line 1: the channel that holds the class can only be 'first'"),
    // A file that is something else may hold secrets, which are not quoted.
    ("API_KEY=hunter2", "m, line 1: what stands before '=' is no label; expected 0 to 255, a range like 3..7, a colour like 128,64,0, or *"),
    ("road\nsidewalk\nbuilding", "m, line 1: expected a line like '7 = road'"),
  ]) func mistakesInMapsAreNamed(_ text: String, _ message: String) {
    let said = description { _ = try LabelMapping(text: text, path: "m") }
    #expect(said.hasPrefix(message), "\(said)")
  }
}
