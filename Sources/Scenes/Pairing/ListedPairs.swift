/// Pairs of an image and its label as lists state them, whatever the files are called and wherever in the folder they lie.
struct ListedPairs {
  private(set) var pairs: [(image: Found, label: Found?, part: Dataset.Part)] = []
  private(set) var omissions: [Omission] = []
  private(set) var remarks: [String] = []

  /// Nil where the lists name images alone, whose labels are to be found by their names.
  ///
  /// - Throws: `SceneError` where a sample is listed for training and for validation.
  init?(_ lists: [SampleList], among paths: [String]) throws {
    let files = PathIndex(paths.filter(PictureFiles.isPicture).map { ($0, []) })
    func stated(_ line: SampleList.Line) -> (image: String, label: String)? {
      guard files[line.text] == .nothing else { return nil }
      for case (let image, let label?) in line.divisions { if case .one(let image) = files[image], case .one(let label) = files[label] { return (image, label) } }
      return nil
    }
    guard lists.contains(where: { $0.lines.contains { stated($0) != nil } }) else { return nil }
    var register = Register()
    for list in lists {
      for line in list.lines {
        if let (image, label) = stated(line) {
          guard try register.isNew(image, list, line) else { continue }
          pairs.append((ListedPairs.found(image), ListedPairs.found(label, isLabel: true), list.part))
        } else if case .one(let image) = files[line.text] {
          guard try register.isNew(image, list, line) else { continue }
          pairs.append((ListedPairs.found(image), nil, list.part))
        } else {
          omissions.append(Omission(name: line.text, reason: "\(list.place(line)) names it, and no such files are in the folder, or several"))
        }
      }
    }
    remarks = register.remarks
    leaveOutSharedLabels()
  }

  /// Says what each label's numbers mean.
  mutating func mapLabels(_ mapped: (Found) throws -> Found) rethrows {
    for i in pairs.indices { if let label = pairs[i].label { pairs[i].label = try mapped(label) } }
  }

  private static func found(_ path: String, isLabel: Bool = false) -> Found {
    var file = Found(path, folder: Listing.folder(of: path))
    file.isLabel = isLabel
    return file
  }

  /// A file that is an image here and a label there cannot be both.
  private mutating func leaveOutSharedLabels() {
    let images = Set(pairs.map(\.image.path))
    for pair in pairs { if let label = pair.label, images.contains(label.path) { omissions.append(Omission(name: label.path, reason: "it is listed as an image and as a label")) } }
    pairs.removeAll { $0.label.map { images.contains($0.path) } ?? false }
  }
}

extension Pairing {
  /// Takes pairs as they are; those of files that are not read are left out.
  mutating func add(_ listed: ListedPairs, needLabels: Bool) {
    isListed = true
    for (image, label, part) in listed.pairs {
      if needLabels, label == nil { omit(image.path, "the list gives it no label"); continue }
      if let reason = image.reasonNotToRead { omit(image.path, reason); continue }
      if let label, let reason = label.reasonNotToRead { omit(label.path, reason); continue }
      append(Pair(name: image.key, image: image.path, label: label?.path, mapping: label?.mapping ?? .trainIDs, part: part))
    }
    omit(listed.omissions)
    remarks += listed.remarks
    shortenNames()
  }
}
