import Storage

/// What the layouts of several published data sets share.
enum Published {
  /// The picture files of a side whose first folders are splits: `images/train/…`.
  static func divided(_ paths: [String], below folder: String, mapping: LabelMapping = .labelIDs) -> [Found] {
    let depth = folder.split(separator: "/").count
    return paths.filter(PictureFiles.isPicture).map { path in
      let words = path.split(separator: "/").dropFirst(depth).dropLast().map(String.init), split = words.first.flatMap { PathWords.meaning(of: $0).split }
      return Found(path, folder: words.dropFirst(split == nil ? 0 : 1).joined(separator: "/"), split: split, mapping: mapping)
    }
  }

  /// Images of folders beside those of the splits, one omission a folder.
  static func strangers(_ images: [Found]) -> [Omission] {
    Dictionary(grouping: images.filter { $0.split == nil }) { Listing.folder(of: $0.path) }.map { place, files in
      files.count == 1 ? Omission(name: files[0].path, reason: "it is of no split that is known by its name (train, val, test)")
        : Omission(name: place, reason: "\(files.count) images are of no split that is known by its name (train, val, test)")
    }
  }

  static func testing(_ images: [Found], in folder: String) -> [String] {
    let count = images.count { $0.split == .test }
    return count == 0 ? [] : ["\(folder)/test/ is not read: \(Omission.counted(count, "image")) kept for testing"]
  }

  /// Label ids, where the same label lies there as train ids too.
  static func preferred(_ labels: [Found]) -> [Found] {
    func place(_ file: Found) -> String { Listing.folder(of: file.path) + "/" + file.stem }
    let ids = Set(labels.filter { $0.mapping == .labelIDs }.map(place))
    return labels.filter { $0.mapping == .labelIDs || !ids.contains(place($0)) }
  }
}

extension Found {
  /// Of a split that is trained on or judged by.
  var isForUse: Bool { split == .train || split == .val }
}

extension LoadRequest {
  /// Whether a folder is divided into a part for training or one for validation.
  func isDivided(_ folder: String) -> Bool { Dataset.Part.allCases.contains { fileSystem.isFolder("\(folder)/\($0)") } }
}
