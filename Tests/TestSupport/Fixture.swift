public import Foundation

/// Numbers that PyTorch (or numpy) computed in float64: sampled values, norms, and how far its own float32 was from them.
/// Made by `scripts/reference`, kept in `Tests/Fixtures`.
public struct Fixture: Decodable, Sendable {
  public struct Array: Decodable, Sendable {
    public let shape: [Int]
    public let norm: Double
    public let max: Double
    public let float32_error: Double?
    public let float32_max_error: Double?
    public let histogram: [Int]?
    public let change_norm: Double?
    public let change_float32_error: Double?
    public let indices: [Int]
    public let values: [Double]

    public var count: Int { shape.reduce(1, *) }

    /// How far `actual` (in the fixture's order) is from the truth: the larger of the samples' and the norm's error, relative to the
    /// root mean square of the truth.
    public func error(of actual: [Float]) -> Double {
      guard actual.count == count else { return .infinity }
      let size = norm / Double(count).squareRoot(), sampled = sampledError(of: actual)
      let actualNorm = actual.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      return size == 0 ? Swift.max(sampled, actualNorm) : Swift.max(sampled / size, abs(actualNorm - norm) / norm)
    }

    /// What `error` may be: four times PyTorch's own with float32's rounding. That one is of the whole array; a few samples of it may
    /// be among the worst, of which twice the largest error of an element tells.
    public func bound(floor: Double) -> Double {
      bound(error: float32_error, size: norm / Double(count).squareRoot(), floor: floor)
    }

    /// The samples' error relative to the root mean square of what training changed, and what it may be.
    public func change(of actual: [Float], floor: Double) -> (error: Double, bound: Double)? {
      guard let change_norm, change_norm > 0, actual.count == count else { return nil }
      let size = change_norm / Double(count).squareRoot()
      return (sampledError(of: actual) / size, bound(error: change_float32_error, size: size, floor: floor))
    }

    private func bound(error: Double?, size: Double, floor: Double) -> Double {
      Swift.max(4 * (error ?? 0), size == 0 ? 0 : 2 * (float32_max_error ?? 0) / size, floor)
    }

    /// The root mean square of the samples' differences.
    private func sampledError(of actual: [Float]) -> Double {
      let squares = zip(indices, values).reduce(0.0) { sum, pair in
        let difference = Double(actual[pair.0]) - pair.1
        return sum + difference * difference
      }
      return (squares / Double(Swift.max(indices.count, 1))).squareRoot()
    }
  }

  public struct Input: Decodable, Sendable {
    public let shape: [Int]
    public let scale: Double?
    public let offset: Double?
  }

  public struct Settings: Decodable, Sendable {
    public let op: String?
    public let kernel: Int?
    public let stride: Int?
    public let padding: Int?
    public let groups: Int?
    public let training: Bool?
    public let relu: Bool?
    public let residual: Bool?
    public let slope: Float?
    public let size: [Int]?
    public let goal: Float?
    public let robust_offset: Float?
    public let form: String?
    public let backbone: String?
    public let width: Double?
    public let batch: Int?
    public let steps: Int?
    public let rate: Double?
    public let images: String?
    public let target_images: String?
    public let discriminator_rate: Float?
    public let adversarial: Float?
    /// Of each auxiliary output.
    public let auxiliary: Float?
    /// Whether the discriminator is the light one.
    public let light: Bool?
    public let entropy: Float?
    /// Of an adversary that is not the usual one: `squares`; `information`. Of labelled pixels: `ohem`, `balanced`, `symmetric`.
    public let loss: String?
    public let input: String?
    public let mixed: Float?
    public let threshold: Float?
    public let alpha: Double?
    /// How images are mixed, for each step and each image.
    public let draws: [[Draw]]?
    /// The weight of masked images, the side of their blocks, and the numbers of hidden ones, for each step and each image.
    public let masked: Float?
    public let block: Int?
    public let hidden: [[[Int]]]?
    /// Where images of the target have another size.
    public let target_size: [Int]?
    /// Where a batch of the target has another number of images.
    public let target_batch: Int?
    /// From this probability on a pixel is easy.
    public let hard: Float?
    /// The shares of classes.
    public let frequencies: [Double]?
    public let momentum: Float?
    public let weight_decay: Float?
    public let power: Double?
    public let absent: Int?
    public let reduced_by: Float?
    public let window: String?
    public let betas: [Double]?
    public let labels: LabelValues?
    public let predictions: LabelValues?
    public let inputs: [String: Input]?
  }

  /// What is pasted into an image, and how it is changed then.
  public struct Draw: Decodable, Sendable {
    public let classes: [UInt8]
    public let changes: [Change]
    /// Of the blur.
    public let deviation: Float?
  }

  /// `["hue", 0.2]`
  public struct Change: Decodable, Sendable {
    public let name: String
    public let factor: Float

    public init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      (name, factor) = (try pair.decode(String.self), try pair.decode(Float.self))
    }
  }

  /// Label maps that are written out as rows, or the name of labels that the formula makes.
  public enum LabelValues: Decodable, Sendable {
    case rows([[UInt8]])
    case formula(String)

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) { self = .formula(name) } else { self = .rows(try container.decode([[UInt8]].self)) }
    }

    /// All rows one after the other.
    public var values: [UInt8] {
      if case .rows(let rows) = self { rows.flatMap { $0 } } else { [] }
    }
  }

  public let name: String
  public let settings: Settings
  public let scalars: [String: Double]
  public let scalar_float32_errors: [String: Double]
  public let tensors: [String: Array]

  public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures")

  public static func named(_ name: String) throws -> Fixture {
    try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: folder.appendingPathComponent(name + ".json")))
  }

  /// The names of all fixtures that begin like this.
  public static func names(beginning prefix: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// An input by its name, made by the formula.
  public func input(_ name: String) -> (shape: [Int], values: [Float]) {
    let input = settings.inputs![name]!
    return (
      input.shape,
      Formula.values(name, count: input.shape.reduce(1, *), scale: input.scale ?? 1, offset: input.offset ?? 0)
    )
  }
}
