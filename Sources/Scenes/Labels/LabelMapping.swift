public import Imaging

/// What the numbers of a label file mean: a train id, 0...18 or 255, for each of the 256 values, or that there should be no such value.
public struct LabelMapping: Hashable, Sendable {
  /// What the numbers are called: "label ids".
  public let title: String
  /// The train id of each value; nil where a file that holds the value must be of another kind than was thought.
  public let table: [UInt8?]
  /// Train ids of the colours of files that hold colours instead of numbers.
  public let colours: [CityscapesClass.Colour: UInt8]
  /// The train id of every colour that is not named; nil where there should be none.
  public let otherColours: UInt8?
  /// Whether `table` says something of single numbers, not only of all that are not named.
  public let namesNumbers: Bool
  /// Whether the number of a pixel is the first channel of its colour, of 8 or 16 bits.
  public let isFirstChannel: Bool
  /// Whether colours whose other channels are 0 may hold the number in the first, beside files that hold it otherwise: what renderers write.
  public let mayBeRed: Bool

  /// A mapping; `table` has 256 entries.
  public init(
    title: String, table: [UInt8?], colours: [CityscapesClass.Colour: UInt8] = [:], otherColours: UInt8? = nil, namesNumbers: Bool = true,
    isFirstChannel: Bool = false, mayBeRed: Bool = false
  ) {
    precondition(table.count == 256, "a mapping has 256 entries, not \(table.count)")
    (self.title, self.table, self.colours, self.otherColours) = (title, table, colours, otherColours)
    (self.namesNumbers, self.isFirstChannel, self.mayBeRed) = (namesNumbers, isFirstChannel, mayBeRed)
  }

  /// Cityscapes' label ids, which are GTA5's palette indices too: the 19 classes; the others from 0 to 34 are ignored, GTA5's 34 for
  /// licence plates among them, and 255, with which tools fill what they do not know. Colours are Cityscapes': there pole groups pass
  /// for poles, and licence plates for cars.
  public static let labelIDs: LabelMapping = {
    var table = [UInt8?](repeating: nil, count: 256)
    for id in Array(0...34) + [255] { table[id] = CityscapesClass.ignored }
    for entry in CityscapesClass.all { table[Int(entry.labelID)] = entry.trainID }
    return LabelMapping(title: "label ids", table: table, colours: cityscapesColours)
  }()

  /// Train ids as they are.
  public static let trainIDs: LabelMapping = {
    var table = [UInt8?](repeating: nil, count: 256)
    for id in 0..<UInt8(CityscapesClass.count) { table[Int(id)] = id }
    table[Int(CityscapesClass.ignored)] = CityscapesClass.ignored
    return LabelMapping(title: "train ids", table: table, colours: cityscapesColours)
  }()

  /// The 11 classes of CamVid as SegNet's authors number them; 11 is void.
  public static let camVid: LabelMapping = {
    let ids: [UInt8] = [10, 2, 5, 0, 1, 8, 7, 4, 13, 11, 18, 255]
    return LabelMapping(title: "CamVid's classes", table: ids + [UInt8?](repeating: nil, count: 256 - ids.count))
  }()

  /// The title without a file's name, which says nothing of what the numbers mean.
  public var shortTitle: String { title.hasPrefix("the numbers in ") ? "the numbers of a label map" : title }

  /// The train ids that can come out, in ascending order, without 255.
  public var classes: [Int] {
    let ids = Set(table.compactMap { $0 }).union(colours.values).union([otherColours].compactMap(\.self))
    return ids.subtracting([CityscapesClass.ignored]).map(Int.init).sorted()
  }

  /// The train ids of a map of numbers.
  ///
  /// - Throws: `SceneError` naming `path` and the first value that the mapping does not know.
  public func trainIDs(of map: IndexMap, path: String) throws -> IndexMap {
    let known = table.map { $0 ?? CityscapesClass.ignored }
    var occurs = [Bool](repeating: false, count: 256)
    let values = [UInt8](unsafeUninitializedCapacity: map.values.count) { out, count in
      for (i, value) in map.values.enumerated() {
        occurs[Int(value)] = true
        out[i] = known[Int(value)]
      }
      count = map.values.count
    }
    if let stranger = (0..<256).first(where: { occurs[$0] && table[$0] == nil }) { throw SceneError("the label \(path) \(strange(stranger))") }
    return IndexMap(size: map.size, values: values)
  }

  /// The train ids of a map of colours.
  ///
  /// - Throws: `SceneError` naming `path` and the first colour that the mapping does not know.
  public func trainIDs(of picture: Image, path: String) throws -> IndexMap {
    var last = (colour: CityscapesClass.Colour(0, 0, 0), id: id(of: .init(0, 0, 0)))
    let values = try (0..<picture.size.area).map { i -> UInt8 in
      let colour = CityscapesClass.Colour(picture.pixels[3 * i], picture.pixels[3 * i + 1], picture.pixels[3 * i + 2])
      if colour != last.colour { last = (colour, id(of: colour)) }
      guard let id = last.id else { throw SceneError("the label \(path) \(strange(colour))") }
      return id
    }
    return IndexMap(size: picture.size, values: values)
  }

  /// The train ids of the first channels of colours.
  ///
  /// - Throws: `SceneError` as `trainIDs(of:path:)`, also for values beyond 255.
  public func trainIDs(ofFirstChannel values: [UInt16], size: PixelSize, path: String) throws -> IndexMap {
    if let large = values.first(where: { $0 > 255 }) { throw SceneError("the label \(path) \(strange(Int(large)))") }
    return try trainIDs(of: IndexMap(size: size, values: values.map { UInt8($0) }), path: path)
  }

  func id(of colour: CityscapesClass.Colour) -> UInt8? { colours[colour] ?? otherColours }

  func strange(_ value: Int) -> String { "holds \(value), which is none of \(title) (\(range)); is it a file of another kind?" }

  func strange(_ colour: CityscapesClass.Colour) -> String {
    "holds the colour \(colour.red),\(colour.green),\(colour.blue), which is not a class of \(title)"
  }

  /// The values that are known, in words: "0 to 18, 255".
  private var range: String {
    var runs: [(Int, Int)] = []
    for value in 0..<256 where table[value] != nil {
      if let last = runs.last, last.1 == value - 1 { runs[runs.count - 1].1 = value } else { runs.append((value, value)) }
    }
    return runs.map { $0 == $1 ? "\($0)" : "\($0) to \($1)" }.joined(separator: ", ")
  }

  /// Cityscapes' colours by train id; those of its other labels, and black, are ignored.
  private static let cityscapesColours: [CityscapesClass.Colour: UInt8] = {
    let others: [(UInt8, UInt8, UInt8)] = [
      (0, 0, 0), (111, 74, 0), (81, 0, 81), (250, 170, 160), (230, 150, 140), (180, 165, 180), (150, 100, 100), (150, 120, 90),
      (0, 0, 90), (0, 0, 110),
    ]
    var colours = Dictionary(uniqueKeysWithValues: others.map { (CityscapesClass.Colour($0, $1, $2), CityscapesClass.ignored) })
    for entry in CityscapesClass.all { colours[entry.colour] = entry.trainID }
    return colours
  }()
}
