import Imaging

/// How many pixels of each class every image of a dataset has, counted once from its labels.
public struct ClassShares: Sendable {
  /// By position and train id.
  private let pixels: [[Int]]
  /// Of each label, ignored ones as well.
  private let areas: [Int]

  /// - Throws: `ImagingError` or `SceneError` naming a file.
  public init(_ dataset: Dataset) throws {
    var pixels: [[Int]] = [], areas: [Int] = []
    for position in 0..<dataset.count {
      let counts = try dataset.classCounts(at: position)
      pixels.append((0..<CityscapesClass.count).map { counts[UInt8($0)] ?? 0 })
      areas.append(counts.values.reduce(0, +))
    }
    (self.pixels, self.areas) = (pixels, areas)
  }

  /// The share of each class, by train id, in the pixels that have one; all 0 where none has.
  public var frequencies: [Double] {
    let sums = (0..<CityscapesClass.count).map { id in pixels.reduce(0) { $0 + $1[id] } }, all = sums.reduce(0, +)
    return sums.map { all == 0 ? 0 : Double($0) / Double(all) }
  }

  /// The share of a class in all pixels of an image.
  public func share(of id: Int, at position: Int) -> Double { areas[position] == 0 ? 0 : Double(pixels[position][id]) / Double(areas[position]) }

  /// How many images there are.
  public var count: Int { areas.count }
}

extension Dataset {
  /// Pixels by train id: of files as they were found to be, else of the label as networks see it.
  fileprivate func classCounts(at position: Int) throws -> [UInt8: Int] {
    if let source = source(at: position), let label = source.label, let mapping = source.mapping { return mapping.trainIDs(of: label) }
    var counts = [Int](repeating: 0, count: 256)
    for value in try trainingLabel(at: position)?.values ?? [] { counts[Int(value)] += 1 }
    return Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { (UInt8($0.offset), $0.element) })
  }
}
