internal import Glibc
import Imaging
import Tensors

/// Rare-class sampling: Hoyer et al., *DAFormer*, CVPR 2022, section 3.3.
///
/// For each image of a batch a class is drawn, rare ones more often, and then an image that holds enough of it: with f the share of a class
/// in all labelled pixels and T the temperature, `P(c) = softmax((1 - f(c)) / T)` over the classes that there are. Images with more than
/// 3,000 pixels of 1280x720 of the class are equally probable, or those that hold any where none has so many. A crop should keep half of as
/// many, or of what there is: of ten that are drawn the first that does is taken, or the last.
///
/// What is drawn depends on the seed and the place in the training alone.
public struct ClassSampling: Sendable {
  public struct Choice: Sendable, Hashable {
    /// Train id.
    public let id: Int
    public let frequency: Double
    public let probability: Double
    /// Positions of the images that it is looked for in.
    public let images: [Int]
  }

  public let temperature: Double
  /// The classes that there are, in the order of train ids.
  public let choices: [Choice]
  private let shares: ClassShares
  private let dataset: Dataset

  /// Of an image's pixels.
  public static let enough = 3000.0 / (1280 * 720)
  static let attempts = 10

  /// - Throws: `SceneError` where no label holds a class, or `ImagingError` naming a file.
  public init(_ dataset: Dataset, temperature: Double) throws {
    precondition(temperature > 0, "a temperature is positive")
    let shares = try ClassShares(dataset), frequencies = shares.frequencies
    let present = frequencies.indices.filter { frequencies[$0] > 0 }
    guard let rarest = present.map({ frequencies[$0] }).min() else { throw SceneError("no label of \(dataset.title) holds a class, so that none can be drawn", .nothingLabelled) }
    let weights = present.map { exp((rarest - frequencies[$0]) / temperature) }, sum = weights.reduce(0, +)
    choices = zip(present, weights).map { id, weight in
      let holders = (0..<shares.count).filter { shares.share(of: id, at: $0) > 0 }, large = holders.filter { shares.share(of: id, at: $0) > Self.enough }
      return Choice(id: id, frequency: frequencies[id], probability: weight / sum, images: large.isEmpty ? holders : large)
    }
    (self.temperature, self.shares, self.dataset) = (temperature, shares, dataset)
  }

  /// The image at one place of a training, counted over all batches, and how it is read.
  ///
  /// - Throws: `ImagingError` or `SceneError` naming a file.
  func pick(_ place: Int, seed: UInt64, crop: PixelSize?) throws -> Pick {
    var random = RandomStream(seed: seed, purpose: "rare class", epoch: place)
    let choice = choice(at: Double(random.uniform())), position = choice.images[random.integer(below: choice.images.count)]
    // Each place draws for itself what else is random about its image, for the same image may come twice in a batch.
    func draw(_ attempt: Int) -> Draw { Draw(seed: seed, epoch: place * Self.attempts + attempt, crop: crop) }
    let last = Pick(position: position, draw: draw(Self.attempts - 1)), whole = dataset.size(at: position)
    guard try dataset.window(position, draw: draw(0)).window.size != whole, let label = try dataset.trainingLabel(at: position) else { return Pick(position: position, draw: draw(0)) }
    let wanted = 0.5 * min(Self.enough, shares.share(of: choice.id, at: position)) * Double(whole.area)
    for attempt in 0..<Self.attempts {
      let pick = Pick(position: position, draw: draw(attempt)), window = try dataset.window(position, draw: pick.draw).window
      if Double(label.count(of: UInt8(choice.id), in: window)) >= max(wanted, 1) { return pick }
    }
    return last
  }

  private func choice(at share: Double) -> Choice {
    var sum = 0.0
    for choice in choices {
      sum += choice.probability
      if share < sum { return choice }
    }
    return choices[choices.count - 1]
  }
}

extension IndexMap {
  /// How many pixels of a window have this value.
  fileprivate func count(of value: UInt8, in window: PixelWindow) -> Int {
    (window.y..<window.y + window.size.height).reduce(0) { sum, y in
      let start = y * size.width + window.x
      return sum + values[start..<start + window.size.width].count { $0 == value }
    }
  }
}
