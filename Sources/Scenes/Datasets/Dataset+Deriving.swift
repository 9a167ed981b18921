public import Imaging
import Tensors

// Datasets from datasets. Styles come before augmentations and both after resizing, in whatever order they were asked for.
extension Dataset {
  /// The samples to train on.
  public var train: Dataset { get throws { try only(.train) } }

  /// The samples to judge by.
  public var val: Dataset { get throws { try only(.val) } }

  /// The samples of one part.
  ///
  /// - Throws: `SceneError` where there are none.
  public func only(_ part: Part) throws -> Dataset {
    let kept = entries.filter { $0.part == part }
    guard !kept.isEmpty else {
      throw SceneError("\(title) has no samples for \(part == .train ? "training" : "validation"); all \(count) are of the other part")
    }
    return with(entries: kept)
  }

  /// A dataset of the one sample at this position.
  ///
  /// - Throws: `SceneError` where there is no such position.
  public subscript(position: Int) -> Dataset {
    get throws {
      guard entries.indices.contains(position) else {
        throw SceneError("\(title) has no sample \(position); it has \(count), counted from 0")
      }
      return with(entries: [entries[position]])
    }
  }

  /// The first `wanted` samples; of a dataset of both parts, of each part its share, rounded down but at least one.
  ///
  /// - Parameter seed: where given, samples are drawn at random with it instead, and keep their order.
  /// - Throws: `SceneError` where there are not so many, or none are wanted.
  public func taking(_ wanted: Int, seed: UInt64? = nil) throws -> Dataset {
    guard wanted > 0 else { throw SceneError("cannot take \(wanted) samples; take at least one") }
    guard wanted <= count else { throw SceneError("cannot take \(wanted) of the \(count) samples of \(title)") }
    let judging = count(of: .val)
    var share = wanted * judging / count
    if judging > 0, judging < count, wanted > 1 { share = min(max(share, 1), wanted - 1) }
    if judging < count, wanted == 1 { share = 0 }
    var left: [Part: Int] = [.val: share, .train: wanted - share]
    var order = Array(entries.indices)
    if let seed {
      var random = RandomStream(seed: seed, purpose: "take")
      order = random.permutation(of: count)
    }
    let kept = order.filter { i in
      left[entries[i].part]! -= 1
      return left[entries[i].part]! >= 0
    }
    return with(entries: kept.sorted().map { entries[$0] })
  }

  /// Pictures at another size, as Pillow makes them; labels by nearest. Takes the place of an earlier size: files are resized once.
  /// Judging keeps the labels' own size.
  public func resized(to size: PixelSize, by filter: ResamplingFilter = .bilinear) -> Dataset {
    precondition(size.width > 0 && size.height > 0, "a dataset cannot be resized to \(size)")
    return with { ($0.resize, $0.filter) = (size, filter) }
  }

  /// Pictures in this style, on top of any earlier one and below all augmentation.
  public func restyled(by style: any SampleStyle) -> Dataset { with { $0.styles.append(style) } }

  /// Samples with these random changes, after any earlier ones.
  public func augmented(by augmentation: Augmentation) -> Dataset { with { $0.augmentations.append(augmentation) } }

  /// The samples of both, these first.
  ///
  /// - Parameter role: that of the result; by default this dataset's.
  /// - Throws: `SceneError` where that would be more than ``largestCount``.
  public func joined(with other: Dataset, role: Role? = nil) throws -> Dataset {
    guard count + other.count <= Dataset.largestCount else {
      throw SceneError("\(title) and \(other.title) have \(count + other.count) samples together; a joined dataset has at most \(Dataset.largestCount)")
    }
    let (rules, rulePlaces) = Dataset.merged(rules, other.rules, by: \.revision)
    let (providers, providerPlaces) = Dataset.merged(providers, other.providers, by: \.identity)
    let appended = other.entries.map { entry in
      Entry(
        rule: rulePlaces[entry.rule], index: entry.index, number: entry.number + numbers, part: entry.part,
        relabelling: entry.relabelling.map { (providerPlaces[$0.provider], $0.position) })
    }
    return Dataset(
      title: Dataset.joinedTitle(title, other.title), role: role ?? self.role, rules: rules,
      providers: providers, entries: entries + appended, numbers: numbers + other.numbers)
  }

  /// The items of both without the second's copies of the first's, and where each of the second's is now.
  private static func merged<Item>(_ items: [Item], _ others: [Item], by identity: (Item) -> Int) -> (items: [Item], places: [Int]) {
    var merged = items, known = Dictionary(items.enumerated().map { (identity($1), $0) }) { first, _ in first }
    let places = others.map { other in
      if let place = known[identity(other)] { return place }
      known[identity(other)] = merged.count
      merged.append(other)
      return merged.count - 1
    }
    return (merged, places)
  }

  /// Titles stand in messages, so they stay short however much is joined.
  private static func joinedTitle(_ one: String, _ other: String) -> String {
    let whole = "\(one) and \(other)"
    return whole.count <= 120 ? whole : "\(one.prefix(60))... and others"
  }

  /// The same pictures with other labels: `provider` is asked for this dataset's positions. A label may be of the network's input
  /// size or of the file's.
  public func relabelled(by provider: any LabelProvider, role: Role = .pseudo, title: String? = nil) -> Dataset {
    let entries = self.entries.enumerated().map {
      Entry(rule: $1.rule, index: $1.index, number: $1.number, part: $1.part, relabelling: (providers.count, $0))
    }
    return Dataset(
      title: title ?? self.title, role: role, rules: rules, providers: providers + [Provider(labels: provider)], entries: entries,
      numbers: numbers)
  }

  /// The same pictures with these labels, one for each position.
  public func relabelled(with labels: [IndexMap], role: Role = .pseudo, title: String? = nil) -> Dataset {
    precondition(labels.count == count, "\(labels.count) labels for \(count) samples")
    return relabelled(by: KeptLabels(labels: labels), role: role, title: title)
  }

  /// The same samples in another role or under another name.
  public func described(as title: String? = nil, role: Role? = nil) -> Dataset {
    Dataset(
      title: title ?? self.title, role: role ?? self.role, rules: rules, providers: providers, entries: entries, numbers: numbers)
  }

  private func with(entries: [Entry]) -> Dataset {
    Dataset(title: title, role: role, rules: rules, providers: providers, entries: entries, numbers: numbers)
  }

  private func with(_ change: (inout Rule) -> Void) -> Dataset {
    var rules = self.rules
    for i in rules.indices {
      change(&rules[i])
      rules[i].revision = SampleCache.newIdentity()
    }
    return Dataset(title: title, role: role, rules: rules, providers: providers, entries: entries, numbers: numbers)
  }
}
