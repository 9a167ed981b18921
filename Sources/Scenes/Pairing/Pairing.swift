import Imaging

/// A picture that a format has found, and the label that belongs to it.
struct Pair: Sendable {
  /// What the sample is called: by its town or sequence and name, as far as that tells it from the others.
  var name: String
  /// Paths within the dataset's folder.
  let image: String
  let label: String?
  var mapping: LabelMapping
  /// Where the layout says so; nil leaves it to a split by seed.
  var part: Dataset.Part?
  /// What reading every byte has shown.
  var picture = FileExamination.none
  var labels: FileExamination?
  /// How the label's pixels are read.
  var reading = LabelReading.numbers

  var size: PixelSize { picture.size }
}

/// Joins pictures with labels by their paths, and names what must be left out: a label goes to a picture only where no other picture
/// and no other label could be meant.
struct Pairing {
  private(set) var pairs: [Pair] = []
  private(set) var omissions: [Omission] = []
  /// What is to be said of the data that is no fault.
  var remarks: [String] = []
  /// Whether lists have decided already what is read.
  var isListed = false

  mutating func omit(_ name: String, _ reason: String) { omissions.append(Omission(name: name, reason: reason)) }
  mutating func omit(_ more: [Omission]) { omissions += more }

  /// Pairs pictures with labels; without labels, pictures stand alone.
  ///
  /// - Parameter trainMayBeUnlabelled: where every label is stated to be for validation, pictures for training stand alone.
  mutating func add(_ images: [Found], with found: [Found]?, trainMayBeUnlabelled: Bool = false, part: ((Found) -> Dataset.Part?)? = nil) {
    let part = part ?? { $0.split.flatMap { Dataset.Part(rawValue: $0.rawValue) } }
    for image in images { if let reason = image.reasonNotToRead { omit(image.path, reason) } }
    var pictures = images.filter { $0.reasonNotToRead == nil }
    func addAlone(_ images: [Found]) {
      for image in images { pairs.append(Pair(name: image.key, image: image.path, label: nil, mapping: .trainIDs, part: part(image))) }
    }
    guard let found else {
      addAlone(pictures)
      return nameApart()
    }
    if trainMayBeUnlabelled, !found.isEmpty, found.allSatisfy({ part($0) == .val }) {
      let training = pictures.filter { part($0) == .train }
      addAlone(training)
      pictures.removeAll { part($0) == .train }
      if !training.isEmpty { remarks.append("no label is for training: \(Omission.counted(training.count, "image")) for training without labels") }
    }
    let labels = found.map { label in
      var label = label
      label.isLabel = true
      return label
    }
    var match = Match(pictures, labels.filter { $0.reasonNotToRead == nil })
    match.settle()
    for (index, image) in pictures.enumerated() {
      guard let label = match.label(of: index) else { continue }
      pairs.append(Pair(name: image.key, image: image.path, label: label.path, mapping: label.mapping, part: part(image) ?? part(label)))
    }
    omissions += match.omissions(othersThan: labels.filter { $0.reasonNotToRead != nil }, images.filter { $0.reasonNotToRead != nil })
    nameApart()
  }

  /// Pairs several groups of pictures, each by itself, with labels that they share; a label is left out only where no group has its picture.
  ///
  /// - Parameter name: puts a group's title to the name of a sample.
  mutating func add(_ groups: [(title: String, images: [Found])], sharing labels: [Found]?, trainMayBeUnlabelled: Bool, naming name: (_ sample: String, _ title: String) -> String) {
    let labelPaths = Set((labels ?? []).map(\.path))
    var lonely: [String: (count: Int, omission: Omission)] = [:]
    for (title, images) in groups {
      var group = Pairing()
      group.add(images, with: labels, trainMayBeUnlabelled: trainMayBeUnlabelled)
      pairs += group.pairs.map { pair in
        var pair = pair
        pair.name = name(pair.name, title)
        return pair
      }
      for remark in group.remarks where !remarks.contains(remark) { remarks.append(remark) }
      for omission in group.omissions {
        if labelPaths.contains(omission.name) { lonely[omission.name] = ((lonely[omission.name]?.count ?? 0) + 1, omission) } else { omit([omission]) }
      }
    }
    omit(lonely.values.filter { $0.count == groups.count }.map(\.omission))
    nameApart()
  }

  /// Puts the split, or the whole path, before names that two samples share.
  private mutating func nameApart() {
    var counts: [String: Int] = [:]
    for pair in pairs { counts[pair.name, default: 0] += 1 }
    for i in pairs.indices where counts[pairs[i].name]! > 1 {
      pairs[i].name = pairs[i].part.map { "\($0)/\(pairs[i].name)" } ?? PictureFiles.withoutEnding(pairs[i].image)
    }
  }

  /// Calls samples by the last part of their names, where that tells all of them apart.
  mutating func shortenNames() {
    let short = pairs.map { Listing.lastPart($0.name) }
    guard Set(short).count == pairs.count else { return }
    for i in pairs.indices { pairs[i].name = short[i] }
  }

  /// Training first, then validation, then what is of no part, each in the order of its paths.
  mutating func sort() {
    func rank(_ pair: Pair) -> Int { pair.part == .train ? 0 : pair.part == .val ? 1 : 2 }
    pairs.sort { (rank($0), 0) != (rank($1), 0) ? rank($0) < rank($1) : Listing.precedes($0.image, $1.image) }
  }

  mutating func append(_ pair: Pair) { pairs.append(pair) }
  mutating func keep(_ pairs: [Pair]) { self.pairs = pairs }
  mutating func replaceOmissions(by omissions: [Omission]) { self.omissions = omissions }
  mutating func sortOmissions() { omissions.sort { Listing.precedes($0.name, $1.name) } }
}

/// A file of a dataset's folder that is not part of the dataset, and why, as the end of a sentence.
public struct Omission: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let reason: String

  public init(name: String, reason: String) {
    (self.name, self.reason) = (name, reason)
  }

  public var description: String { "\(name) is left out: \(reason)" }

  static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
