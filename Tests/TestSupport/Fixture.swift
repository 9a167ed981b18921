public import Foundation

/// Numbers that PyTorch (or numpy) computed in float64: sampled values, norms, and how far its own float32 was from them.
/// Made by `scripts/reference`, kept in `Tests/Fixtures`.
public struct Fixture: Decodable, Sendable {
  public struct Array: Decodable, Sendable {
    public let shape: [Int]
    public let norm: Double
    public let max: Double
    public let float32_error: Double?
    public let change_norm: Double?
    public let change_float32_error: Double?
    public let indices: [Int]
    public let values: [Double]

    public var count: Int { shape.reduce(1, *) }

    /// How far `actual` (in the fixture's order) is from the truth: the larger of the samples' and the norm's error, relative to the
    /// root mean square of the truth.
    public func error(of actual: [Float]) -> Double {
      guard actual.count == count else { return .infinity }
      let size = norm / Double(count).squareRoot()
      let squares = zip(indices, values).reduce(0.0) { sum, pair in
        let difference = Double(actual[pair.0]) - pair.1
        return sum + difference * difference
      }
      let sampled = (squares / Double(Swift.max(indices.count, 1))).squareRoot()
      let actualNorm = actual.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      return size == 0 ? Swift.max(sampled, actualNorm) : Swift.max(sampled / size, abs(actualNorm - norm) / norm)
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
    public let form: String?
    public let width: Double?
    public let batch: Int?
    public let steps: Int?
    public let rate: Double?
    public let images: String?
    public let target_images: String?
    public let inputs: [String: Input]?
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
