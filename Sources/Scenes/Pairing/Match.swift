/// Which label belongs to which picture. The same path decides first; then names without the suffixes that data sets add; then paths
/// where only one side states the split; last, names alone where one side lies in a single folder. A name that several files of a side
/// could bear decides nothing, and is reported.
struct Match {
  private let images: [Found]
  private let labels: [Found]
  private var labelOfImage: [Int: Int] = [:]
  private var imageOfLabel: [Int: Int] = [:]
  /// Files that share a name with another of their side.
  private var rivals: [String: String] = [:]

  init(_ images: [Found], _ labels: [Found]) { (self.images, self.labels) = (images, labels) }

  func label(of image: Int) -> Found? { labelOfImage[image].map { labels[$0] } }

  mutating func settle() {
    func place(_ file: Found, _ name: String) -> String { "\(file.split.map(\.rawValue) ?? "")|\(file.folder)|\(name)" }
    // Bytes first, then as Swift compares text: names that are written in two ways of Unicode are equal only where nothing else fits.
    pair { [Bytes(place($0, $0.stem))] }
    pair { [place($0, $0.stem)] }
    pair { file in file.names.map { place(file, $0) } }
    let statesNone = images.allSatisfy { $0.split == nil } || labels.allSatisfy { $0.split == nil }
    if statesNone { pair { file in file.names.map { "\(file.folder)|\($0)" } } }
    let isFlat = [images, labels].contains { $0.allSatisfy { $0.folder.isEmpty && $0.split == nil } }
    if isFlat, Match.areUnique(images), Match.areUnique(labels) { pair(\.names) }
  }

  private static func areUnique(_ files: [Found]) -> Bool { Set(files.map(\.stem)).count == files.count }

  /// Pairs what is left by keys: only a key of one picture and one label decides.
  private mutating func pair<Key: Hashable>(_ keys: (Found) -> [Key]) {
    var byKey: [Key: (images: [Int], labels: [Int])] = [:], order: [Key] = []
    func note(_ key: Key, _ change: (inout (images: [Int], labels: [Int])) -> Void) {
      if byKey[key] == nil { order.append(key) }
      change(&byKey[key, default: ([], [])])
    }
    for (i, image) in images.enumerated() where labelOfImage[i] == nil && rivals[image.path] == nil { for key in Set(keys(image)) { note(key) { $0.images.append(i) } } }
    for (i, label) in labels.enumerated() where imageOfLabel[i] == nil && rivals[label.path] == nil { for key in Set(keys(label)) { note(key) { $0.labels.append(i) } } }
    var wanted: [(image: Int, label: Int)] = []
    for key in order {
      guard let (images, labels) = byKey[key], !images.isEmpty, !labels.isEmpty else { continue }
      if images.count == 1, labels.count == 1 { wanted.append((images[0], labels[0])); continue }
      setApart(images.map { self.images[$0].path })
      setApart(labels.map { self.labels[$0].path })
      if images.count == 1 { rivals[self.images[images[0]].path] = "it could have the labels \(Match.list(labels.map { self.labels[$0].path }))" }
      if labels.count == 1 { rivals[self.labels[labels[0]].path] = "it could belong to \(Match.list(images.map { self.images[$0].path }))" }
    }
    for (image, label) in wanted where labelOfImage[image] == nil && imageOfLabel[label] == nil {
      guard rivals[images[image].path] == nil, rivals[labels[label].path] == nil else { continue }
      (labelOfImage[image], imageOfLabel[label]) = (label, image)
    }
  }

  private mutating func setApart(_ paths: [String]) {
    guard paths.count > 1 else { return }
    for path in paths { rivals[path] = "\(Match.list(paths.filter { !$0.utf8.elementsEqual(path.utf8) })) could be meant by the same name" }
  }

  private static func list(_ paths: [String]) -> String { paths.prefix(3).joined(separator: " and ") + (paths.count > 3 ? " and \(paths.count - 3) more" : "") }

  /// Text that is equal only where its bytes are.
  private struct Bytes: Hashable {
    let utf8: [UInt8]
    init(_ text: String) { utf8 = Array(text.utf8) }
  }

  /// What found no partner, and why.
  ///
  /// - Parameters: files that are not read, which may be the partner that is missing.
  func omissions(othersThan unreadLabels: [Found], _ unreadImages: [Found]) -> [Omission] {
    let labelHints = Hints(labels.enumerated().filter { imageOfLabel[$0.offset] == nil }.map(\.element), unread: unreadLabels, called: "label")
    let imageHints = Hints(images.enumerated().filter { labelOfImage[$0.offset] == nil }.map(\.element), unread: unreadImages, called: "image")
    let lonelyImages = images.indices.filter { labelOfImage[$0] == nil }.map { Omission(name: images[$0].path, reason: rivals[images[$0].path] ?? labelHints.reason(images[$0])) }
    let lonelyLabels = labels.indices.filter { imageOfLabel[$0] == nil }.map { Omission(name: labels[$0].path, reason: rivals[labels[$0].path] ?? imageHints.reason(labels[$0])) }
    let paired = Set(images.flatMap(\.names) + labels.flatMap(\.names))
    let unread = unreadLabels.filter { label in !label.names.contains(where: paired.contains) }.map { Omission(name: $0.path, reason: $0.reasonNotToRead ?? "it is not read") }
    return lonelyImages + lonelyLabels + unread
  }
}

/// Why a file has no partner: one that is not read, one of its name elsewhere, one whose name differs in case, or none.
private struct Hints {
  private let unread: [String: Found]
  private let byName: [String: Found]
  private let byCase: [String: Found]
  private let noun: String

  init(_ free: [Found], unread: [Found], called noun: String) {
    func table(_ files: [Found], _ key: (String) -> String) -> [String: Found] {
      Dictionary(files.flatMap { file in file.names.map { (key($0), file) } }) { first, _ in first }
    }
    self.unread = table(unread) { $0 }
    (byName, byCase, self.noun) = (table(free) { $0 }, table(free) { $0.lowercased() }, noun)
  }

  func reason(_ file: Found) -> String {
    for name in file.names { if let found = unread[name], let why = found.reasonNotToRead { return "its \(noun) \(found.path) is not read: \(why)" } }
    for name in file.names {
      if let found = byName[name] { return "it has no \(noun); \(found.path) has its name, in another folder" }
      if let found = byCase[name.lowercased()] { return "it has no \(noun); the name of \(found.path) differs in small and capital letters" }
    }
    return "it has no \(noun)"
  }
}
