import Imaging
import Storage
import Tensors

// What the formats that read files share.
extension DatasetFormat {
  /// The folder that was asked for, without a last slash.
  static func folder(_ request: LoadRequest) throws -> String {
    let path = Listing.plain(request.path)
    switch request.fileSystem.info(path)?.isFolder {
    case true?: return path
    case false?: throw SceneError("\(path) is a file; \(name) needs the folder of the dataset")
    case nil: throw SceneError("there is no folder \(path.isEmpty ? "''" : path); \(name) needs the folder of the dataset")
    }
  }

  /// The same, or the first of these folders within it that holds the data: archives put one around it.
  static func folder(_ request: LoadRequest, among inner: [String], holdsData: (String) -> Bool) throws -> String {
    let top = try folder(request)
    return inner.map { $0.isEmpty ? top : "\(top)/\($0)" }.first(where: holdsData) ?? top
  }

  /// Looks at every pair; where `request` is strict, whatever must be left out is an error.
  ///
  /// - Throws: `SceneError` where nothing is left, saying what was `sought`.
  static func inspected(_ pairing: Pairing, _ root: String, _ request: LoadRequest, sought: String) throws -> Pairing {
    var pairing = pairing
    if options.contains(.lists) { try pairing.keepListed(request.sampleLists()) }
    pairing.sort()
    try pairing.inspect(root: root, request.examination)
    let omissions = pairing.omissions
    if request.isStrict, let first = omissions.first {
      throw SceneError("\(root)/\(first.name): \(first.reason)" + (omissions.count > 1 ? " (and \(omissions.count - 1) more)" : ""))
    }
    guard !pairing.pairs.isEmpty else {
      let reason = omissions.first.map { "; \($0)" + (omissions.count > 1 ? ", and \(omissions.count - 1) more" : "") } ?? ""
      throw SceneError("there is no \(name) data in \(root): looked for \(sought)\(reason)" + pairing.remarks.map { "; \($0)" }.joined())
    }
    return pairing
  }

  /// How these pairs are divided, in words.
  static func splitWords(_ pairs: [Pair], _ request: LoadRequest) -> String {
    let open = pairs.count { $0.part == nil }
    guard open > 0 else { return request.lists.isEmpty ? "by folders" : "by lists" }
    return "at random with seed \(request.seed), \((100 * request.validationShare).formatted) % for validation"
  }

  /// The dataset of these pairs; those whose part is not known are split by the request's seed.
  static func dataset(
    _ pairs: [Pair], _ root: String, _ request: LoadRequest, title: String? = nil, role: Dataset.Role,
    companions: [SourceFile] = []
  ) -> Dataset {
    let open = pairs.indices.filter { pairs[$0].part == nil }
    let judging = Set(Split.random(open.count, share: request.validationShare, seed: request.seed).map { open[$0] })
    let parts = pairs.indices.map { pairs[$0].part ?? (judging.contains($0) ? .val : .train) }
    let classes = Set(pairs.flatMap { $0.label == nil ? [] : $0.mapping.classes($0.reading) }).sorted()
    let companions = companions + request.listFiles
    // Images with labels and images without have readers of their own.
    let sides = [true, false].map { hasLabel in pairs.indices.filter { (pairs[$0].label != nil) == hasLabel } }.filter { !$0.isEmpty }
    var places = [(rule: Int, index: Int)](repeating: (0, 0), count: pairs.count)
    for (rule, side) in sides.enumerated() { for (index, place) in side.enumerated() { places[place] = (rule, index) } }
    let rules = sides.enumerated().map { rule, side in
      let reader = PairReader(root: root, pairs: side.map { pairs[$0] }, companions: rule == 0 ? companions : [], request.fileSystem)
      return Dataset.Rule(reader: reader, classes: reader.hasLabels ? classes : [], samples: request.samples, identity: SampleCache.newIdentity())
    }
    let dataset = Dataset(
      title: title ?? name, role: role, rules: rules, providers: [],
      entries: pairs.indices.map { .init(rule: places[$0].rule, index: places[$0].index, number: $0, part: parts[$0]) }, numbers: pairs.count)
    var sized = request.size.map { dataset.resized(to: $0, by: request.filter) } ?? dataset
    sized.isSplitAtRandom = !open.isEmpty
    return sized
  }
}

/// How data is divided that does not say it itself.
enum Split {
  /// Which of `count` samples are for validation: `share` of them, rounded down, but at least one, and never the only one.
  static func random(_ count: Int, share: Double, seed: UInt64) -> Set<Int> {
    var random = RandomStream(seed: seed, purpose: "split")
    return Set(random.permutation(of: count).prefix(size(count, share)))
  }

  /// The last `share` of `count` samples in time.
  static func late(_ count: Int, share: Double) -> Set<Int> {
    Set(count - size(count, share)..<count)
  }

  private static func size(_ count: Int, _ share: Double) -> Int {
    count < 2 ? 0 : min(max(Int(Double(count) * share), 1), count - 1)
  }
}

extension Double {
  /// To two places, without a point where it is whole.
  fileprivate var formatted: String {
    let short = (100 * self).rounded() / 100
    return short == short.rounded() ? String(Int(short)) : String(short)
  }
}
