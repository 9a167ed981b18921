import Imaging

/// A picture that a format has found, and the label that seems to belong to it.
struct Pair: Sendable {
  /// What the sample is called: the part of the file names that picture and label share.
  let name: String
  /// Paths within the dataset's folder.
  let image: String
  let label: String?
  let mapping: LabelMapping
  /// Where the layout says so; nil leaves it to a split by seed.
  var part: Dataset.Part?
  /// Set when the header was read.
  var size = PixelSize(0, 0)
}

/// Joins pictures with labels by name, and tells what must be left out.
struct Pairing {
  /// A file under the name by which it is paired.
  struct Found {
    let key: String
    let path: String
    var mapping: LabelMapping = .labelIDs
  }

  private(set) var pairs: [Pair] = []
  private(set) var omissions: [Omission] = []

  /// Pairs pictures with labels of the same key; with `labels` nil, pictures stand alone.
  mutating func add(_ images: [Found], with labels: [Found]?, part: Dataset.Part?) {
    let byKey = Dictionary(labels.map { $0.map { ($0.key, $0) } } ?? []) { first, _ in first }
    for image in images {
      guard labels != nil else {
        pairs.append(Pair(name: image.key, image: image.path, label: nil, mapping: .trainIDs, part: part))
        continue
      }
      if let label = byKey[image.key] {
        pairs.append(Pair(name: image.key, image: image.path, label: label.path, mapping: label.mapping, part: part))
      } else {
        omissions.append(Omission(name: image.path, reason: "it has no label"))
      }
    }
    let known = Set(images.map(\.key))
    for label in labels ?? [] where !known.contains(label.key) {
      omissions.append(Omission(name: label.path, reason: "it has no image"))
    }
  }

  mutating func omit(_ name: String, _ reason: String) { omissions.append(Omission(name: name, reason: reason)) }

  /// Reads every header below `root`: pairs that are unreadable or unequal move to the omissions.
  mutating func inspect(root: String) {
    var kept: [Pair] = []
    for var pair in pairs {
      do {
        pair.size = try PNG.probe(root + "/" + pair.image).size
        if let label = pair.label {
          let header = try PNG.probe(root + "/" + label)
          guard header.holdsIndices || header.holdsColours && !pair.mapping.colours.isEmpty else {
            omit(label, "its pixels are \(header.pixels), not the 8-bit numbers of \(pair.mapping.title)")
            continue
          }
          guard header.size == pair.size else {
            omit(pair.image, "the image is \(pair.size), its label \(header.size)")
            continue
          }
        }
        kept.append(pair)
      } catch let error as ImagingError {
        omit(error.path.map { String($0.dropFirst(root.count + 1)) } ?? pair.image, error.reason)
      } catch {
        omit(pair.image, "\(error)")
      }
    }
    pairs = kept
    omissions.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

/// A file of a dataset's folder that is not part of the dataset, and why, as the end of a sentence.
public struct Omission: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let reason: String

  public init(name: String, reason: String) {
    (self.name, self.reason) = (name, reason)
  }

  public var description: String { "\(name) is left out: \(reason)" }
}
