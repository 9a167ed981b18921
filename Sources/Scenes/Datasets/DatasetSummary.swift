import Imaging

/// What a dataset holds: images and labels by part, classes by pixels and by images, kinds and sizes of files, values of labels.
public struct DatasetSummary: Sendable, Codable, Hashable {
  public struct Part: Sendable, Codable, Hashable {
    public let name: String
    public internal(set) var images = 0
    public internal(set) var labelled = 0
    /// Pixels of each class, by train id, and ignored ones.
    public internal(set) var pixels = [Int](repeating: 0, count: CityscapesClass.count)
    public internal(set) var ignored = 0
    /// Images that hold the class.
    public internal(set) var holders = [Int](repeating: 0, count: CityscapesClass.count)
    /// Images all of whose pixels are ignored.
    public internal(set) var void = 0

    public var allPixels: Int { pixels.reduce(ignored, +) }

    init(_ part: Dataset.Part) { name = part.rawValue }
  }

  /// A number or colour of label files, and what it means.
  public struct Value: Sendable, Codable, Hashable {
    public let name: String
    public let trainID: Int
    public internal(set) var pixels = 0
    public internal(set) var images = 0
  }

  /// Those with images, in the order training, validation.
  public private(set) var parts: [Part] = []
  /// How many pictures and labels are of each kind: "8-bit palette indices, 1914x1052".
  public private(set) var pictures: [String: Int] = [:]
  public private(set) var labels: [String: Int] = [:]
  /// What the numbers are called: "label ids"; more than one in a joined dataset.
  public private(set) var mappings: [String] = []
  /// Of label files, in ascending order.
  public private(set) var values: [Value] = []
  /// Train ids that can occur.
  public let classes: [Int]

  /// - Parameter each: is told how many samples were looked at; may throw to stop.
  /// - Throws: `ImagingError` or `SceneError` naming a file.
  public init(_ dataset: Dataset, each: (_ done: Int) throws -> Void = { _ in }) throws {
    classes = dataset.classes
    var seen: [String: Value] = [:], order: [String: Int] = [:], names: [String] = []
    for kind in Dataset.Part.allCases where dataset.count(of: kind) > 0 {
      var part = Part(kind)
      for position in 0..<dataset.count where dataset.part(at: position) == kind {
        part.images += 1
        let source = dataset.source(at: position)
        pictures[(source.map { $0.picture.pixels + ", " } ?? "") + "\(dataset.fileSize(at: position))", default: 0] += 1
        if let label = source?.label, let mapping = source?.mapping {
          labels["\(label.pixels), \(label.size)", default: 0] += 1
          if !names.contains(mapping.shortTitle) { names.append(mapping.shortTitle) }
          part.add(mapping.trainIDs(of: label))
          for (name, rank, id, count) in mapping.meanings(of: label) {
            seen[name, default: Value(name: name, trainID: id)].pixels += count
            seen[name]!.images += 1
            order[name] = rank
          }
        } else if let label = try dataset.label(at: position) {
          labels["\(label.size)", default: 0] += 1
          var counts = [Int](repeating: 0, count: 256)
          for value in label.values { counts[Int(value)] += 1 }
          part.add(Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { (UInt8($0.offset), $0.element) }))
        }
        try each(parts.reduce(part.images) { $0 + $1.images })
      }
      parts.append(part)
    }
    mappings = names
    values = seen.values.sorted { (order[$0.name]!, $0.name) < (order[$1.name]!, $1.name) }
  }

  /// Images without a label.
  public var unlabelled: Int { parts.reduce(0) { $0 + $1.images - $1.labelled } }

  /// Train ids of classes that labels hold somewhere.
  public var found: [Int] { (0..<CityscapesClass.count).filter { id in parts.contains { $0.pixels[id] > 0 } } }
}

extension DatasetSummary.Part {
  mutating func add(_ counts: [UInt8: Int]) {
    labelled += 1
    var isVoid = true
    for (id, count) in counts {
      guard Int(id) < pixels.count else { ignored += count; continue }
      pixels[Int(id)] += count
      holders[Int(id)] += 1
      isVoid = false
    }
    if isVoid { void += 1 }
  }
}

extension LabelMapping {
  /// The values of an examined label that this mapping knows: how they are written, their order, their train id, their pixels.
  fileprivate func meanings(of seen: FileExamination) -> [(name: String, rank: Int, id: Int, count: Int)] {
    let numbers = seen.numbers.compactMap { value, count -> (String, Int, Int, Int)? in
      guard value < 256, let id = table[value] else { return nil }
      return ("\(value)", value, Int(id), count)
    }
    let colours = seen.colours.compactMap { packed, count -> (String, Int, Int, Int)? in
      let colour = CityscapesClass.Colour(packed: packed)
      return id(of: colour).map { ("\(colour.red),\(colour.green),\(colour.blue)", 256 + packed, Int($0), count) }
    }
    return numbers + colours
  }
}
