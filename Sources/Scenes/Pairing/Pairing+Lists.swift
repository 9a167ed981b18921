extension Pairing {
  /// Keeps what the lists name, in the parts that they state. What they name and is not there is left out and named; what else there is, is
  /// not read.
  ///
  /// - Throws: `SceneError` where a sample is listed for training and for validation.
  mutating func keepListed(_ lists: [SampleList]) throws {
    guard !lists.isEmpty, !isListed else { return }
    let index = PathIndex(pairs.map { ($0.image, [Listing.lastPart($0.name)]) })
    let missing = PathIndex(omissions.map { ($0.name, []) })
    let places = Dictionary(uniqueKeysWithValues: pairs.enumerated().map { ($1.image, $0) }), reasons = Dictionary(grouping: omissions, by: \.name)
    var register = Register(), kept: [Pair] = [], faults: [Omission] = []
    for list in lists {
      for line in list.lines {
        func fault(_ name: String, _ reason: String) { faults.append(Omission(name: name, reason: "\(list.place(line)) \(reason)")) }
        let answers = line.divisions.map { ($0, index[$0.image]) }
        guard let (division, answer) = answers.first(where: { $0.1 != .nothing }) else {
          let known = line.divisions.lazy.map { missing[$0.image] }.first { $0 != .nothing }
          if case .one(let path)? = known { faults += reasons[path] ?? [] } else { fault(line.text, "names it, and no image that is read is called so") }
          continue
        }
        guard case .one(let path) = answer, var pair = places[path].map({ pairs[$0] }) else {
          if case .several(let paths) = answer { fault(division.image, "names it, which could be \(paths.prefix(3).joined(separator: " or "))") }
          continue
        }
        if let label = division.label, PathIndex([(pair.label ?? "", [])])[label] == .nothing {
          fault(path, "gives it the label \(label), and its label is \(pair.label ?? "absent")")
          continue
        }
        guard try register.isNew(path, list, line) else { continue }
        pair.part = list.part
        kept.append(pair)
      }
    }
    let others = pairs.count - kept.count
    if others > 0 { remarks.append("\(Omission.counted(others, "image")) in no list \(others == 1 ? "is" : "are") not read") }
    remarks += register.remarks
    keep(kept)
    replaceOmissions(by: faults)
  }
}

/// What lists have named so far.
struct Register {
  private var seen: [String: (list: SampleList, line: SampleList.Line)] = [:]
  private var repeated: [String: Int] = [:]

  /// Whether a list names this image for the first time; one that names it again is counted.
  ///
  /// - Throws: `SceneError` where another part's list has named it.
  mutating func isNew(_ path: String, _ list: SampleList, _ line: SampleList.Line) throws -> Bool {
    guard let first = seen.updateValue((list, line), forKey: path) else { return true }
    guard first.list.part == list.part else {
      throw SceneError("\(path) is listed for training (\(first.list.place(first.line))) and for validation (\(list.place(line))), where it would be known already")
    }
    repeated[list.path, default: 0] += 1
    return false
  }

  var remarks: [String] {
    repeated.sorted { Listing.precedes($0.key, $1.key) }.map { "\(Listing.lastPart($0.key)) names \(Omission.counted($0.value, "image")) again, which \($0.value == 1 ? "counts" : "count") once" }
  }
}
