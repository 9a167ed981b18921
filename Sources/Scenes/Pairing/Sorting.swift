/// Files of a folder, told apart by the words of their paths.
struct Sorting {
  private(set) var images: [Found] = []
  private(set) var labels: [Found] = []
  private(set) var omissions: [Omission] = []
  /// Words about what was seen that are no fault.
  private(set) var remarks: [String] = []
  /// Whether the layout has labels, readable or not.
  var hasLabels: Bool { !labels.isEmpty }
  /// Whether folders divide the data.
  private(set) var isDivided = false

  init(_ paths: [String]) {
    var pictures: [Found] = [], marked: [Found] = [], others: [Found] = []
    let companions = Sorting.companions(among: paths)
    for path in paths where PictureFiles.isPicture(path) {
      if companions.contains(path) { continue }
      var file = Found(path), side: PathWords.Side?, rest: [String] = [], conflict: String?
      for word in path.split(separator: "/").dropLast().map(String.init) {
        let meaning = PathWords.meaning(of: word)
        if let split = meaning.split, let known = file.split, known != split { conflict = "its path names \(known.rawValue) and \(split.rawValue)" }
        if let stated = meaning.side, let known = side, known != stated { conflict = "its path names both images and labels" }
        if meaning.split == nil, meaning.side == nil { rest.append(word) }
        file.split = meaning.split ?? file.split
        side = meaning.side ?? side
      }
      if let conflict { omissions.append(Omission(name: path, reason: conflict)); continue }
      file.folder = rest.joined(separator: "/")
      switch side {
      case .image: pictures.append(file)
      case .label: marked.append(file)
      case nil: others.append(file)
      }
    }
    setLabelsApart(&pictures, &others, &marked)
    labels = marked.map { file in
      var file = file
      file.bare = PathWords.labelStem(file.stem)?.stem
      return file
    }
    images = (pictures.isEmpty ? others : pictures).map { file in
      var file = file
      file.bare = PathWords.imageStem(file.stem)
      return file
    }
    if !pictures.isEmpty {
      omit(others, at: { Listing.folder(of: $0.path) }) { "\($0) in no folder that is known by its name to hold images or labels" }
    }
    divide()
  }

  /// Files told apart by patterns; what is of neither form is passed over.
  init(_ paths: [String], images: NamePattern, labels: NamePattern?) {
    for path in paths where PictureFiles.isPicture(path) {
      let label = labels?.name(in: path)
      guard let name = label ?? images.name(in: path) else { continue }
      let words = path.split(separator: "/").dropLast().map(String.init), splits = Set(words.compactMap { PathWords.meaning(of: $0).split })
      guard splits.count < 2 else {
        omissions.append(Omission(name: path, reason: "its path names \(splits.map(\.rawValue).sorted().joined(separator: " and "))"))
        continue
      }
      // A word that states a split may lie on one side of the * only, so it is no part of the name.
      let parts = name.split(separator: "/").map(String.init), rest = parts.dropLast().filter { PathWords.meaning(of: $0).split == nil }
      let file = Found(path, folder: rest.joined(separator: "/"), stem: parts.last ?? name, split: splits.first)
      if label != nil { self.labels.append(file) } else { self.images.append(file) }
    }
    divide()
  }

  /// Files that show in colours, or by instance, what a label beside them says.
  private static func companions(among paths: [String]) -> Set<String> {
    func name(_ path: String, _ stem: String) -> String { Listing.folder(of: path) + "/" + stem }
    let labels = Set(paths.filter(PictureFiles.isLabelRead).flatMap { path -> [String] in
      let stem = PictureFiles.stem(path)
      if PathWords.labelStem(stem) != nil, let last = stem.lastIndex(of: "_") { return [name(path, stem), name(path, String(stem[..<last]))] }
      let isLabel = path.split(separator: "/").dropLast().contains { PathWords.meaning(of: String($0)).side == .label }
      return isLabel ? [name(path, stem)] : []
    })
    return Set(paths.filter { path in PathWords.companionStem(PictureFiles.stem(path)).map { labels.contains(name(path, $0)) } ?? false })
  }

  /// Labels that lie beside their pictures, known by their suffix.
  private func setLabelsApart(_ images: inout [Found], _ others: inout [Found], _ labels: inout [Found]) {
    func place(_ file: Found, _ stem: String) -> String { Listing.folder(of: file.path) + "/" + stem }
    let pictures = Set((images + others).flatMap { file in [file.stem, PathWords.imageStem(file.stem)].compactMap(\.self).map { place(file, $0) } })
    let hasFolder = !labels.isEmpty
    func isLabel(_ file: Found) -> Bool {
      guard let label = PathWords.labelStem(file.stem) else { return false }
      return pictures.contains(place(file, label.stem)) || label.isCertain && !hasFolder
    }
    labels += images.filter(isLabel) + others.filter(isLabel)
    labels.sort { Listing.precedes($0.path, $1.path) }
    images.removeAll(where: isLabel)
    others.removeAll(where: isLabel)
  }

  /// Takes out what is for testing, and what lies beside folders that divide the rest.
  private mutating func divide() {
    let testing = images.filter { $0.split == .test }
    if !testing.isEmpty {
      let folders = Set(testing.map { Sorting.stating($0) }).sorted().map { $0 + "/" }
      remarks.append("\(folders.joined(separator: ", ")) \(folders.count == 1 ? "is" : "are") not read: \(Omission.counted(testing.count, "image")) kept for testing")
    }
    images.removeAll { $0.split == .test }
    labels.removeAll { $0.split == .test }
    isDivided = images.contains { $0.split != nil }
    guard isDivided else { return }
    let open = images.filter { $0.split == nil }
    images.removeAll { $0.split == nil }
    omit(open, at: { $0.folder.isEmpty ? Listing.folder(of: $0.path) : Sorting.upTo($0) }) { "\($0) of no split that is known by its name (train, val, test)" }
    guard labels.contains(where: { $0.split != nil }) else { return }
    let keys = Set(open.map(\.key))
    labels.removeAll { $0.split == nil && keys.contains($0.key) }
  }

  /// One omission for all files of a place.
  private mutating func omit(_ files: [Found], at place: (Found) -> String, saying reason: (String) -> String) {
    var counts: [String: [Found]] = [:]
    for file in files { counts[place(file), default: []].append(file) }
    for (place, files) in counts {
      let isOne = files.count == 1
      omissions.append(Omission(name: isOne ? files[0].path : place.isEmpty ? "." : place, reason: isOne ? reason("it is") : reason("\(files.count) images are")))
    }
  }

  /// The path as far as the folder that states the split.
  private static func stating(_ file: Found) -> String {
    let words = file.path.split(separator: "/").map(String.init)
    let end = words.firstIndex { PathWords.meaning(of: $0).split != nil } ?? 0
    return words[...end].joined(separator: "/")
  }

  /// The path as far as the first folder that states nothing.
  private static func upTo(_ file: Found) -> String {
    let words = file.path.split(separator: "/").map(String.init)
    let end = words.firstIndex { PathWords.meaning(of: $0) == (nil, nil) } ?? 0
    return words[...end].joined(separator: "/")
  }
}
