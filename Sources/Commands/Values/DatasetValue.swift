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

  init(_ dataset: Dataset, remark: Phrase? = nil) {
    (whole, worlds, title, self.remark) = (dataset, [], dataset.title, remark)
  }

  init(_ data: LoadedData, title: String, remark: Phrase? = nil) {
    (whole, worlds, self.title, self.remark) = (data.whole, data.fields, title, remark)
  }

  var role: Dataset.Role? { whole?.role }

  var display: Display {
    if whole != nil { return .text(remark.map { "\(summary)\n\($0)" } ?? summary) }
    let lines = worlds.map { "\n.\($0.name): \(DatasetValue($0.dataset).summary)" as Phrase } + (remark.map { ["\n\($0)"] } ?? [])
    return .text(lines.reduce("\(title)" as Phrase) { "\($0)\($1)" })
  }

  var summary: Phrase {
    guard let whole else { return "\(title): \(worlds.map { ".\($0.name)" }.joined(separator: ", "))" }
    let sizes = whole.sizes
    let size: Phrase = sizes.count == 1 ? "\(sizes[0].description)" : "\(sizes[0].description) and \(sizes.count - 1) other sizes"
    let train = whole.count(of: .train), val = whole.count(of: .val)
    let parts: Phrase = train > 0 && val > 0 ? " (\(train) train, \(val) val)" : train > 0 ? " (train)" : " (val)"
    return "\(whole.role.rawValue), \(whole.count) \(whole.count == 1 ? "image" : "images")\(parts), \(size)\(whole.hasLabels ? "" : ", no labels")"
  }

  var fieldNames: [String] {
    guard let whole else { return worlds.map(\.name) }
    let parts = Dataset.Part.allCases.filter { whole.count(of: $0) > 0 }.map(\.rawValue)
    return worlds.map(\.name) + parts + (whole.count == 1 ? ["image"] + (whole.hasLabels ? ["label"] : []) : [])
  }

  func field(_ name: String) throws -> any Value {
    if let world = worlds.first(where: { $0.name == name }) { return DatasetValue(world.dataset) }
    guard let whole else { preconditionFailure("asked for a field that is not there") }
    if let part = Dataset.Part(rawValue: name) { return DatasetValue(try whole.only(part)) }
    let sample = try whole.sample(0, draw: Draw(seed: 0))
    if name == "image" { return ImageValue(sample.image.rounded, caption: "\(sample.name)") }
    guard let label = sample.label else { preconditionFailure("asked for a label that is not there") }
    return ImageValue(LabelColours.picture(of: label), caption: ("label of \(sample.name)" as Phrase).with(keys: PictureKeys.classes(of: [label])))
  }

  /// Of the first, the middle and the last sample as they are trained on in the first epoch: a dataset may hold more than can be read
  /// in a reasonable time.
  func fingerprint() throws -> String {
    guard let whole else { return contentDigest(Array(try worlds.map { try DatasetValue($0.dataset).fingerprint() }.joined(separator: " ").utf8)) }
    let positions = Set([0, whole.count / 2, whole.count - 1]).filter { $0 >= 0 && $0 < whole.count }.sorted()
    let digests = try positions.map { position in
      let sample = try whole.sample(position, draw: Draw(seed: 0))
      return contentDigest(sample.image.pixels.withUnsafeBytes(Array.init) + (sample.label?.values ?? []))
    }
    return contentDigest(Array((["\(whole.count)"] + digests).joined(separator: " ").utf8))
  }

  var count: Int? { whole?.count }
  func element(_ index: Int) throws -> any Value { DatasetValue(try whole![index]) }
}
