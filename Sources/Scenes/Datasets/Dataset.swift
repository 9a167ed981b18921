public import Imaging

/// A rule that gives samples: pictures, with labels where there are any, in a fixed order, each in as many random forms as there are draws.
///
/// A dataset holds no pixels. Views and derived datasets share the reader below and read as they are asked.
///
///     let near = try gta.train.resized(to: PixelSize(1280, 720)).augmented(by: Augmentation())
///     let sample = try near.sample(0, draw: Draw(seed: 7, epoch: 3, crop: PixelSize(1024, 512)))
public struct Dataset: Sendable {
  /// What a dataset is for.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Labelled, may be trained on.
    case source
    /// The domain to serve: its labels judge.
    case target
    /// Labelled by a network.
    case pseudo
  }

  /// Whether a sample is for training or for judging.
  public enum Part: String, Hashable, Sendable, CaseIterable { case train, val }

  public let title: String
  public let role: Role
  /// The train ids that can occur in the labels of these samples, in ascending order. Classes beyond them are left out of means.
  public let classes: [Int]
  let rules: [Rule]
  let providers: [Provider]
  let entries: [Entry]
  /// How many numbers the samples draw by (``Entry/number``): one more than the largest that there may be.
  let numbers: Int

  /// The most samples that a dataset may be given by joining: one that is joined with itself over and over grows without bound.
  public static let largestCount = 1_000_000

  /// Whether its files left open what is for training and what for validation, so that the seed divided them; false for what is derived.
  public internal(set) var isSplitAtRandom = false

  /// What is done to the samples of one reader.
  struct Rule: Sendable {
    let reader: any SampleReader
    /// The train ids that can occur in the reader's labels.
    let classes: [Int]
    /// What keeps its decoded samples, and tells readers apart there.
    let samples: SampleCache
    let identity: Int
    /// Equal only where two rules are one: a dataset that is joined with itself keeps one copy.
    var revision = SampleCache.newIdentity()
    var resize: PixelSize?
    var filter = ResamplingFilter.bilinear
    var styles: [any SampleStyle] = []
    var augmentations: [Augmentation] = []

    /// A picture of the reader at the size at which networks see it.
    func resized(_ image: Image) -> Image { resize.map { image.resized(to: $0, by: filter) } ?? image }
  }

  /// Labels in place of a reader's own.
  struct Provider: Sendable {
    let labels: any LabelProvider
    /// Equal only where two providers are one.
    let identity = SampleCache.newIdentity()
  }

  /// One sample: which reader's, and where labels come from if not from there.
  struct Entry: Sendable {
    let rule: Int
    let index: Int
    /// By which the sample draws random numbers, so that no two samples of a joined dataset draw the same.
    let number: Int
    let part: Part
    var relabelling: (provider: Int, position: Int)?
  }

  init(title: String, role: Role, rules: [Rule], providers: [Provider], entries: [Entry], numbers: Int) {
    (self.title, self.role) = (title, role)
    (self.rules, self.providers, self.entries, self.numbers) = (rules, providers, entries, numbers)
    // Those of the labels that these samples have, not of labels that were replaced, or of samples that are gone.
    let own = Set(entries.filter { $0.relabelling == nil }.map(\.rule)), new = Set(entries.compactMap { $0.relabelling?.provider })
    classes = Set(own.flatMap { rules[$0].classes } + new.flatMap { providers[$0].labels.classes }).sorted()
  }

  /// The samples of a reader; `parts` has one entry for each of them. Datasets that share a cache share its bound.
  public init(title: String, role: Role, classes: [Int], reader: any SampleReader, parts: [Part], samples: SampleCache = SampleCache()) {
    precondition(parts.count == reader.count, "\(parts.count) parts for \(reader.count) samples")
    let rule = Rule(reader: reader, classes: classes, samples: samples, identity: SampleCache.newIdentity())
    self.init(
      title: title, role: role, rules: [rule], providers: [],
      entries: parts.enumerated().map { Entry(rule: 0, index: $0, number: $0, part: $1) }, numbers: parts.count)
  }

  public var count: Int { entries.count }
  public var isEmpty: Bool { entries.isEmpty }

  /// Whether every sample has a label.
  public var hasLabels: Bool {
    let labelled = rules.map(\.reader.hasLabels)
    return entries.allSatisfy { $0.relabelling != nil || labelled[$0.rule] }
  }

  /// Whether there are samples of this part, and every one has a label.
  public func hasLabels(in part: Part) -> Bool {
    let mine = entries.filter { $0.part == part }
    return !mine.isEmpty && mine.allSatisfy { $0.relabelling != nil || rules[$0.rule].reader.hasLabels }
  }

  /// How many samples are of this part.
  public func count(of part: Part) -> Int { entries.count { $0.part == part } }

  public func name(at position: Int) -> String {
    let entry = entries[position]
    return rules[entry.rule].reader.name(at: entry.index)
  }

  public func part(at position: Int) -> Part { entries[position].part }

  /// The size at which networks see this sample when it is not cropped.
  public func size(at position: Int) -> PixelSize {
    let entry = entries[position]
    return rules[entry.rule].resize ?? rules[entry.rule].reader.size(at: entry.index)
  }

  /// The sizes at which networks see the samples, each once, the most frequent first.
  public var sizes: [PixelSize] {
    var counts: [PixelSize: Int] = [:]
    for position in entries.indices { counts[size(at: position), default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key.width, $0.key.height) < ($0.value, $1.key.width, $1.key.height) }.map(\.key)
  }

  /// The area of the largest picture, at the size of its file or of the network's input.
  public var largestArea: Int {
    entries.reduce(0) { most, entry in
      let rule = rules[entry.rule]
      return max(most, rule.reader.size(at: entry.index).area, rule.resize?.area ?? 0)
    }
  }

  /// The sizes in words: "512x256", "512x256 and 2 other sizes".
  public var sizeWords: String {
    let sizes = sizes, others = sizes.count - 1
    guard others >= 0 else { return "no size" }
    return others == 0 ? "\(sizes[0])" : "\(sizes[0]) and \(others) other \(others == 1 ? "size" : "sizes")"
  }

  /// The styles of the sample at this position, and the number by which they know it.
  public func style(at position: Int) -> (styles: [any SampleStyle], index: Int) {
    let entry = entries[position]
    return (rules[entry.rule].styles, entry.number)
  }

  /// Whether a sample that is not cropped depends on its draw: it has a style, whose partner is drawn, or random changes.
  public var isDrawn: Bool { usedRules.contains { !$0.styles.isEmpty || !$0.augmentations.isEmpty } }

  /// Whether a sample as it is evaluated depends on the seed: by its style alone.
  public var isDrawnInEvaluation: Bool { usedRules.contains { !$0.styles.isEmpty } }

  private var usedRules: [Rule] { Set(entries.map(\.rule)).map { rules[$0] } }

  /// The styles that samples are given, in words.
  public var styles: [String] { rules.first?.styles.map(\.summary) ?? [] }

  public var augmentations: [Augmentation] { rules.first?.augmentations ?? [] }

  /// A file that is not what it was when the dataset was loaded; nil where all are.
  public var changedFile: String? { rules.lazy.compactMap(\.reader.changedFile).first }

  /// Tells the readers what their files hold, as SHA-256 by path: from now on a file that is touched or restored is still theirs.
  public func learn(_ hashes: [String: String]) { for rule in rules { rule.reader.learn(hashes) } }

  /// The size of the picture at this position before it is resized.
  public func fileSize(at position: Int) -> PixelSize {
    let entry = entries[position]
    return rules[entry.rule].reader.size(at: entry.index)
  }

  /// What the files of the sample at this position hold; nil where it has none, or its label does not come from there.
  public func source(at position: Int) -> SampleSource? {
    let entry = entries[position]
    return entry.relabelling == nil ? rules[entry.rule].reader.source(at: entry.index) : nil
  }

  /// The label at this position as large as it is kept, without its picture; nil where it has none.
  public func label(at position: Int) throws -> IndexMap? {
    let entry = entries[position]
    if let new = entry.relabelling { return try providers[new.provider].labels.label(at: new.position) }
    let reader = rules[entry.rule].reader
    return reader.hasLabels ? try reader.label(at: entry.index) : nil
  }

  /// The files that samples are read from, each once. Paths count as different where their bytes differ.
  public var files: [SourceFile] {
    var seen = Set<[UInt8]>()
    return rules.flatMap(\.reader.files).filter { seen.insert(Array($0.path.utf8)).inserted }
  }
}
