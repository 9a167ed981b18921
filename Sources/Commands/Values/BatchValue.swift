import Adaptation
import Imaging
import Scenes
import Tensors
import Workbench

/// What a network saw in one step of training: a batch of each stream, and how each of its images came about.
struct BatchValue: SavableValue {
  static let kind: Kind = "batch"

  struct Stream: Sendable {
    let name: TrainingStream
    let dataset: Dataset
    /// Where its samples stand in the dataset, and the form in which each is read.
    let picks: [Pick]
  }

  let streams: [Stream]
  /// Counted from 1 since training began.
  let step: Int
  let epoch: Int

  var summary: Phrase { "step \(step), epoch \(epoch): \(streams.map { "\($0.picks.count) of \($0.name.rawValue)" }.joined(separator: ", "))" }

  var display: Display {
    do {
      return .stack([.text(summary), try sheet().display, .table(try BatchRow.table(rows()))])
    } catch {
      return .text("\(summary), which cannot be read: \("\(error)")")
    }
  }

  /// One line for each image, in the order in which the network sees them.
  func rows() throws -> [BatchRow] {
    try streams.flatMap { stream in
      try stream.picks.enumerated().map { place, pick in
        BatchRow(stream: stream.name, place: place, position: pick.position, origin: try stream.dataset.origin(pick.position, draw: pick.draw))
      }
    }
  }

  /// Each image with its label below it, a row for each stream.
  func sheet() throws -> ImageValue {
    var figure = Figure(rows: []), labels: [IndexMap] = []
    for stream in streams {
      let samples = try stream.picks.map { try stream.dataset.sample($0.position, draw: $0.draw) }
      let cells = samples.enumerated().map { place, sample in
        // An adversary does not look at labels.
        let label = stream.name == .target ? nil : sample.label
        if let label { labels.append(label) }
        let pictures = [sample.image.rounded] + (label.map { [LabelColours.picture(of: $0)] } ?? [])
        return Figure.Panel("\(stream.name.rawValue) \(place)", Image.sheet(pictures, columns: 1, gap: 1))
      }
      figure.rows += cells.inRows(of: 8)
    }
    figure.keys = PictureKeys.classes(of: labels)
    return ImageValue(figure, caption: "step \(step): \(streams.map(\.name.rawValue).joined(separator: ", ")), each image with its label below it; shown clipped to 0...255 and rounded")
  }

  static let fileExtensions = [".safetensors", ".csv", ".png"]

  /// The numbers that the network is given, normalised, and labels as train ids (255 ignored); or how they came about; or a picture.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    switch ending {
    case ".csv": return BatchRow.csv(try rows())
    case ".png": return try sheet().bytes(forFileWithExtension: ".png")
    default: return Safetensors(try tensors(), metadata: ["step": String(step), "epoch": String(epoch), "normalisation": BatchValue.normalisation]).encoded
    }
  }

  /// What undoes it, for readers of the file.
  private static var normalisation: String { "(pixel / 255 - mean) / deviation, mean \(Normalization.mean), deviation \(Normalization.deviation)" }

  private func tensors() throws -> [(name: String, tensor: Tensor)] {
    try streams.flatMap { stream -> [(name: String, tensor: Tensor)] in
      let batch = try stream.dataset.batch(stream.picks, step: step - 1, epoch: epoch - 1), head = stream.name == .source ? "" : "\(stream.name.rawValue)."
      let images = ("\(head)images", batch.tensor)
      guard stream.name != .target else { return [images] }
      return [images, ("\(head)labels", Tensor(shape: [batch.count, batch.size.height, batch.size.width], values: batch.labels.map(Float.init)))]
    }
  }

  func fingerprint() throws -> String { contentDigest(try bytes(forFileWithExtension: ".safetensors")) }
}

/// How one image of a batch came about.
struct BatchRow {
  let stream: TrainingStream
  let place: Int
  let position: Int
  let origin: SampleOrigin

  private static func words(_ window: PixelWindow) -> String { "\(window.size) at \(window.x),\(window.y)" }

  private var partners: String { origin.partners.compactMap { $0.map { "\($0.name), \(Self.words($0.window))\($0.window.size == $0.size ? "" : " resized to \($0.size)")" } }.joined(separator: "; ") }

  private var changes: String { origin.changes.filter(\.isChanged).map(Self.words).joined(separator: "; ") }

  /// The factors in full.
  private static func words(_ change: Augmentation.Change) -> String {
    let factors = [("brightness", change.brightness), ("contrast", change.contrast), ("saturation", change.saturation)].filter { $0.1 != 1 }.map { "\($0.0) \($0.1)" }
    return (factors + (change.hue == 0 ? [] : ["hue \(change.hue)"]) + (change.isFlipped ? ["mirrored"] : [])).joined(separator: ", ")
  }

  static func table(_ rows: [BatchRow]) -> DisplayTable {
    DisplayTable(
      columns: [.init("stream", .left), .init("image"), .init("name", .left), .init("window", .left), .init("style of", .left), .init("changes", .left)],
      rows: rows.map { row in
        ["\(row.stream.rawValue)", "\(row.position)", "\(row.origin.name)", "\(words(row.origin.window))", "\(row.partners)", "\(row.changes)"]
      })
  }

  static func csv(_ rows: [BatchRow]) -> [UInt8] {
    let lines = rows.map { row in
      let window = row.origin.window, size = window.size, whole = row.origin.whole
      let cells = [row.stream.rawValue, "\(row.place)", "\(row.position)", row.origin.name, "\(window.x)", "\(window.y)", "\(size.width)", "\(size.height)", "\(whole)", row.partners, row.changes]
      return cells.map(quoted).joined(separator: ",")
    }
    return Array((["stream,place,image,name,x,y,width,height,of,partner,changes"] + lines).map { $0 + "\n" }.joined().utf8)
  }

  /// As RFC 4180 has it.
  private static func quoted(_ cell: String) -> String {
    cell.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}
