import Language
import Imaging
import Scenes
import Workbench

/// A dataset at the prompt: one rule that gives samples, or several worlds to choose from by field.
struct DatasetValue: Value {
  static let kind = Kind.dataset

  /// Nil where the worlds must be named: `streets` is neither source nor target.
  let whole: Dataset?
  /// By field name: `source` and `target`, `day` and `dusk`.
  let worlds: [LoadedData.Field]
  let title: String
  /// A line that is shown below the usual ones, for example what a style does.
  let remark: Phrase?
  /// Of pseudo-labels: how they were kept.
  let thresholds: PseudoLabelTable?

  init(_ dataset: Dataset, remark: Phrase? = nil, thresholds: PseudoLabelTable? = nil) {
    (whole, worlds, title, self.remark, self.thresholds) = (dataset, [], dataset.title, remark, thresholds)
  }

  init(_ data: LoadedData, title: String, remark: Phrase? = nil) {
    (whole, worlds, self.title, self.remark, thresholds) = (data.whole, data.fields, title, remark, nil)
  }

  var role: Dataset.Role? { whole?.role }

  var display: Display {
    let lines = worlds.map { "\n.\($0.name): \(DatasetValue($0.dataset).summary)" as Phrase } + (remark.map { ["\n\($0)"] } ?? [])
    return .text(lines.reduce(whole == nil ? "\(title)" : summary) { "\($0)\($1)" })
  }

  var summary: Phrase {
    guard let whole else { return "\(title): \(worlds.map { ".\($0.name)" }.joined(separator: ", "))" }
    let train = whole.count(of: .train), val = whole.count(of: .val)
    let parts: Phrase = train > 0 && val > 0 ? " (\(train) train, \(val) val)" : train > 0 ? " (train)" : " (val)"
    return "\(whole.role.rawValue), \(whole.count) \(whole.count == 1 ? "image" : "images")\(parts), \(whole.sizeWords)\(labelWords(whole))"
  }

  /// Which samples have no labels, if any.
  private func labelWords(_ whole: Dataset) -> String {
    if whole.hasLabels { return "" }
    let parts = Dataset.Part.allCases.filter(whole.hasLabels(in:))
    return parts.isEmpty ? ", no labels" : ", only \(parts[0]) has labels"
  }

  var fieldNames: [String] {
    guard let whole else { return worlds.map(\.name) }
    let parts = Dataset.Part.allCases.filter { whole.count(of: $0) > 0 }.map(\.rawValue)
    return worlds.map(\.name) + parts + (whole.count == 1 ? ["image"] + (whole.hasLabels ? ["label"] : []) : []) + (thresholds == nil ? [] : ["thresholds"])
  }

  /// Whether a picture of one of its samples depends on the seed.
  var isDrawn: Bool { whole?.isDrawn ?? false }

  /// Whether a sample as it is evaluated depends on the seed.
  var isDrawnInEvaluation: Bool { whole?.isDrawnInEvaluation ?? false }

  func isDrawn(_ name: String) -> Bool { isDrawn && (name == "image" || name == "label") }

  func field(_ name: String) throws -> any Value { try field(name, seed: 0) }

  func field(_ name: String, seed: UInt64) throws -> any Value {
    if let world = worlds.first(where: { $0.name == name }) { return DatasetValue(world.dataset) }
    guard let whole else { preconditionFailure("asked for a field that is not there") }
    if name == "thresholds", let thresholds { return thresholds }
    if let part = Dataset.Part(rawValue: name) { return DatasetValue(try whole.only(part)) }
    let sample = try whole.sample(0, draw: Draw(seed: seed))
    if name == "image" { return ImageValue(sample.image, caption: "\(sample.name)") }
    guard let label = sample.label else { preconditionFailure("asked for a label that is not there") }
    return ImageValue(label, caption: "label of \(sample.name)")
  }

  /// The most samples that are read for a fingerprint: of streets of 2048x1024 this takes a few minutes.
  static let fingerprinted = 2000

  /// Of every sample as it is trained on in the first epoch. Of more than ``fingerprinted`` samples as many are taken, evenly spread; the
  /// bytes of all files are in the recipe. A dataset is a rule without a seed of its own, so this is always the rule's draw of seed 0.
  func fingerprint() throws -> String {
    guard let whole else { return contentDigest(Array(try worlds.map { try DatasetValue($0.dataset).fingerprint() }.joined(separator: " ").utf8)) }
    let taken = min(whole.count, DatasetValue.fingerprinted)
    let digests = try (0..<taken).map { turn in
      let position = taken < 2 ? 0 : turn * (whole.count - 1) / (taken - 1)
      let sample = try whole.sample(position, draw: Draw(seed: 0))
      return contentDigest(sample.image.pixels.withUnsafeBytes(Array.init) + (sample.label?.values ?? []))
    }
    return contentDigest(Array((["\(whole.count)"] + digests).joined(separator: " ").utf8))
  }

  var count: Int? { whole?.count }
  func element(_ index: Int) throws -> any Value { DatasetValue(try whole![index]) }
}
