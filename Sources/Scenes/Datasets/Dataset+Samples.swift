public import Imaging
import Tensors

extension Dataset {
  /// The sample at this position in the form of this draw.
  ///
  /// The order of work: decode, resize, crop (picture and label by the same window), styles, colour, flip.
  ///
  /// - Throws: `ImagingError` or `SceneError` naming the file.
  public func sample(_ position: Int, draw: Draw) throws -> Sample {
    let (entry, rule) = try entry(at: position)
    var (picture, label) = try content(entry, rule, position: position)
    if let crop = draw.crop {
      let window = window(of: crop, in: picture.size, entry, draw)
      picture = picture.cropped(to: window)
      label = label?.cropped(to: window)
    }
    var image = FloatImage(picture)
    for style in rule.styles { image = try style.restyle(image, index: entry.number, draw: draw) }
    for change in changes(entry, rule, draw) { (image, label) = change.applied(to: image, label) }
    return Sample(image: image, label: label, name: rule.reader.name(at: entry.index))
  }

  /// The picture at this position as a draw would cut it, before styles and augmentation, and without reading its label: what a
  /// style takes from another dataset.
  public func picture(_ position: Int, draw: Draw) throws -> Image {
    let (entry, rule) = try entry(at: position)
    let picture = try self.picture(entry, rule)
    return draw.crop.map { picture.cropped(to: window(of: $0, in: picture.size, entry, draw)) } ?? picture
  }

  /// The sample at this position as it is judged: the whole picture at the network's input size, in its style but not augmented, and
  /// the label as large as its file.
  ///
  /// - Parameter seed: of styles that draw at random, which then show what training sees in its first epoch.
  public func evaluationSample(_ position: Int, seed: UInt64) throws -> EvaluationSample {
    let (entry, rule) = try entry(at: position)
    let picture: Image, label: IndexMap?
    if let relabelling = entry.relabelling {
      picture = try self.picture(entry, rule)
      label = try providers[relabelling.provider].labels.label(at: relabelling.position)
    } else {
      (picture, label) = try rule.samples.content(rule, entry.index, labelSize: nil)
    }
    var image = FloatImage(picture)
    for style in rule.styles { image = try style.restyle(image, index: entry.number, draw: Draw(seed: seed)) }
    let fullSize = label?.size ?? rule.reader.size(at: entry.index)
    return EvaluationSample(image: image, label: label, fullSize: fullSize, name: rule.reader.name(at: entry.index))
  }

  /// The label at this position at the network's input size, without its picture where that is less work; nil where it has none.
  ///
  /// - Throws: `ImagingError` or `SceneError` naming the file.
  func trainingLabel(at position: Int) throws -> IndexMap? {
    let (entry, rule) = try entry(at: position)
    guard let relabelling = entry.relabelling else { return try rule.samples.label(rule, entry.index) }
    let label = try providers[relabelling.provider].labels.label(at: relabelling.position)
    return rule.resize.map { label.resized(to: $0) } ?? label
  }

  /// What a draw cuts out of the picture at this position, and the size of the whole; nothing is read.
  public func window(_ position: Int, draw: Draw) throws -> (window: PixelWindow, whole: PixelSize) {
    let (entry, _) = try entry(at: position), whole = size(at: position)
    return (draw.crop.map { window(of: $0, in: whole, entry, draw) } ?? PixelWindow(x: 0, y: 0, size: whole), whole)
  }

  /// What a draw changes in the sample at this position, one change for each augmentation.
  func changes(_ position: Int, draw: Draw) -> [Augmentation.Change] {
    let entry = entries[position]
    return changes(entry, rules[entry.rule], draw)
  }

  private func changes(_ entry: Entry, _ rule: Rule, _ draw: Draw) -> [Augmentation.Change] {
    rule.augmentations.enumerated().map { i, augmentation in
      var random = RandomStream(seed: draw.seed, purpose: i == 0 ? "augment" : "augment \(i)", epoch: draw.epoch, sample: entry.number)
      return augmentation.drawn(&random)
    }
  }

  private func entry(at position: Int) throws -> (Entry, Rule) {
    guard entries.indices.contains(position) else {
      throw SceneError("\(title) has no sample \(position); it has \(count), counted from 0")
    }
    return (entries[position], rules[entries[position].rule])
  }

  private func picture(_ entry: Entry, _ rule: Rule) throws -> Image {
    try rule.samples.picture(rule, entry.index)
  }

  /// Picture and label at the network's input size.
  private func content(_ entry: Entry, _ rule: Rule, position: Int) throws -> (Image, IndexMap?) {
    guard let relabelling = entry.relabelling else {
      return try rule.samples.content(rule, entry.index, labelSize: rule.resize)
    }
    let picture = try self.picture(entry, rule)
    var label = try providers[relabelling.provider].labels.label(at: relabelling.position)
    if let size = rule.resize { label = label.resized(to: size) }
    guard label.size == picture.size else {
      throw SceneError("the new label of \(name(at: position)) is \(label.size), its picture \(picture.size)", .labelsSized(label.size))
    }
    return (picture, label)
  }

  /// A random window, the same for every dataset that holds this sample.
  private func window(of crop: PixelSize, in whole: PixelSize, _ entry: Entry, _ draw: Draw) -> PixelWindow {
    let size = PixelSize(min(crop.width, whole.width), min(crop.height, whole.height))
    var random = RandomStream(
      seed: draw.seed, purpose: "crop", epoch: draw.epoch, sample: entry.number)
    let x = random.integer(below: whole.width - size.width + 1)
    let y = random.integer(below: whole.height - size.height + 1)
    return PixelWindow(x: x, y: y, size: size)
  }
}
