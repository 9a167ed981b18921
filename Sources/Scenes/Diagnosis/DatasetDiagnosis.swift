public import Imaging

/// What may be wrong with a dataset, and what is rare in it: found by looking at every picture and label once.
public struct DatasetDiagnosis: Sendable, Codable, Hashable {
  /// A picture for training and one for validation that are nearly equal.
  public struct Twins: Sendable, Codable, Hashable {
    public let train: String
    public let val: String
    public init(train: String, val: String) { (self.train, self.val) = (train, val) }
  }

  /// How many samples were looked at, and how many of them have a label.
  public private(set) var images = 0
  public private(set) var labelled = 0
  /// Pictures of one colour, or nearly: no two values differ by more than 8 of 255.
  public private(set) var blankPictures: [String] = []
  /// Labels all of whose pixels are ignored.
  public private(set) var blankLabels: [String] = []
  /// Labels whose edges follow their picture no better than when they are mirrored or moved.
  public private(set) var strayLabels: [String] = []
  /// The same after this dataset's augmentation, of labels that followed their picture before it.
  public private(set) var strayAfterAugmentation: [String] = []
  /// The median over labels of the picture's change at their edges, over its change everywhere; nil where no label has edges.
  public private(set) var edgeFit: Double?
  public private(set) var twins: [Twins] = []
  /// By train id: each class's share of the pixels that have a class, 0...1; nil where the labels do not know it, or nothing is labelled.
  public private(set) var shares: [Double?]
  /// By train id: labelled images that hold the class.
  public private(set) var holders = [Int](repeating: 0, count: CityscapesClass.count)
  /// By train id: the share of training's windows that hold the class; empty without a crop.
  public private(set) var windows: [Double] = []

  /// How many windows of each image are looked at.
  private static let draws = 4

  /// - Parameters:
  ///   - crop: of the windows that training would cut; nil leaves them out.
  ///   - each: is told how many samples were looked at; may throw to stop.
  /// - Throws: `ImagingError` or `SceneError` naming a file.
  public init(_ dataset: Dataset, crop: PixelSize?, seed: UInt64, each: (_ done: Int) throws -> Void = { _ in }) throws {
    var pixels = [Int](repeating: 0, count: CityscapesClass.count), seen = pixels, cut = 0
    var digests: [(name: String, part: Dataset.Part, digest: PictureDigest)] = [], fits: [Double] = []
    for position in 0..<dataset.count {
      let sample = try dataset.evaluationSample(position, seed: seed)
      let picture = sample.image.rounded, digest = PictureDigest(picture)
      images += 1
      if digest.range <= 8 { blankPictures.append(sample.name) } else { digests.append((sample.name, dataset.part(at: position), digest)) }
      if let label = sample.label {
        labelled += 1
        let counts = label.classCounts
        for (id, count) in counts.enumerated() where count > 0 { (pixels[id], holders[id]) = (pixels[id] + count, holders[id] + 1) }
        if counts.allSatisfy({ $0 == 0 }) { blankLabels.append(sample.name) }
        if let fit = EdgeFit(picture, label) {
          fits.append(fit.own)
          if fit.isStray { strayLabels.append(sample.name) } else if try dataset.parts(position, seed: seed) { strayAfterAugmentation.append(sample.name) }
        }
        if let crop {
          for epoch in 0..<DatasetDiagnosis.draws {
            let (window, whole) = try dataset.window(position, draw: Draw(seed: seed, epoch: epoch, crop: crop))
            for (id, isHeld) in label.classesHeld(in: window, of: whole).enumerated() where isHeld { seen[id] += 1 }
            cut += 1
          }
        }
      }
      try each(position + 1)
    }
    let all = pixels.reduce(0, +), known = Set(dataset.classes)
    shares = pixels.indices.map { known.contains($0) && all > 0 ? Double(pixels[$0]) / Double(all) : nil }
    if cut > 0 { windows = seen.map { Double($0) / Double(cut) } }
    edgeFit = fits.isEmpty ? nil : fits.sorted()[fits.count / 2]
    let validation = digests.filter { $0.part == .val }
    for one in digests where one.part == .train {
      for other in validation where one.digest.isNearlyEqual(to: other.digest) { twins.append(Twins(train: one.name, val: other.name)) }
    }
  }
}

extension Dataset {
  /// Whether augmentation moves the label of a sample apart from its picture; false where nothing is augmented.
  fileprivate func parts(_ position: Int, seed: UInt64) throws -> Bool {
    let draw = Draw(seed: seed)
    guard !changes(position, draw: draw).isEmpty else { return false }
    let sample = try sample(position, draw: draw)
    return sample.label.flatMap { EdgeFit(sample.image.rounded, $0) }?.isStray ?? false
  }
}

extension IndexMap {
  /// Pixels of each class, by train id.
  fileprivate var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for value in values { counts[Int(value)] += 1 }
    return Array(counts[..<CityscapesClass.count])
  }

  /// By train id, whether a class has a pixel in a window of a picture of size `whole`; every fourth pixel is looked at, across and down,
  /// of large pictures, which finds whatever is four pixels high and wide.
  fileprivate func classesHeld(in window: PixelWindow, of whole: PixelSize) -> [Bool] {
    var held = [Bool](repeating: false, count: 256)
    for y in stride(from: window.y, to: window.y + window.size.height, by: whole.height > 256 ? 4 : 1) {
      let row = y * size.height / whole.height * size.width
      for x in stride(from: window.x, to: window.x + window.size.width, by: whole.width > 256 ? 4 : 1) {
        held[Int(values[row + x * size.width / whole.width])] = true
      }
    }
    return Array(held[..<CityscapesClass.count])
  }
}
