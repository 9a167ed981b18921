import Foundation

/// A small file in one of the forms that `torch.save` has written, and what is in it. Made by `scripts/reference-checkpoints.py`, kept in
/// `Tests/Fixtures/checkpoints`.
public struct CheckpointFixture: Sendable, CustomStringConvertible {
  public struct Tensor: Decodable, Sendable {
    public let shape: [Int]
    /// Of the numbers as `Float`, eight digits each.
    let bits: String

    public var words: [UInt32] {
      let digits = Array(bits.utf8)
      return stride(from: 0, to: digits.count, by: 8).map { UInt32(String(decoding: digits[$0..<$0 + 8], as: UTF8.self), radix: 16)! }
    }
  }

  public let name: String
  /// Tensors by the names of their dictionaries, "root" for the file itself.
  public let parts: [String: [String: Tensor]]

  /// `SEGUE_CHECKPOINTS` names another folder: what another version of PyTorch wrote by `scripts/reference-checkpoints.py --folder`.
  private static let folder = ProcessInfo.processInfo.environment["SEGUE_CHECKPOINTS"].map { URL(fileURLWithPath: $0) } ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/checkpoints").standardized

  public static let all: [CheckpointFixture] = {
    let data = try! Data(contentsOf: folder.appendingPathComponent("expected.json"))
    let files = try! JSONDecoder().decode([String: [String: [String: Tensor]]].self, from: data)
    return files.sorted { $0.key < $1.key }.map { CheckpointFixture(name: $0.key, parts: $0.value) }
  }()

  public static func named(_ name: String) -> CheckpointFixture { all.first { $0.name == name }! }

  public var bytes: [UInt8] { Array(try! Data(contentsOf: CheckpointFixture.folder.appendingPathComponent(name))) }

  public var description: String { name }
}
