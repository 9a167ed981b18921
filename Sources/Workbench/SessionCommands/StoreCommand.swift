import Language

/// `store`, `store trim=yes`, `store unfinished=yes`
struct StoreCommand: SessionCommand {
  static let name = "store"
  static let summary = "List the values that are kept on the disk, or remove those that no name holds."
  static let searchTerms = ["disk", "cache", "space", "trim", "size"]
  static let examples = [Example("store"), Example("store trim=yes"), Example("store unfinished=yes")]

  @Setting("remove values of which this session holds none") var trim = false
  @Setting("when trimming, remove only until this much is left", in: 0..., unit: "MB") var to = 0.0
  @Setting("remove what was begun and not finished; its statements start at the beginning again") var unfinished = false

  func run(in session: Session) throws -> Display {
    let store = session.surroundings.store
    if trim || unfinished {
      let abandoned = unfinished ? try store.removeUnfinished() : (count: 0, size: 0)
      let removed = trim ? try store.trim(to: Int64(to * 1e6), keeping: session.heldDigests) : (count: 0, size: 0)
      let words: Phrase = "\(removed.count) values removed, \(megabytes(removed.size))"
      return .text(unfinished ? "\(words); \(abandoned.count) unfinished removed, \(megabytes(abandoned.size))" : words)
    }
    let begun = store.unfinished()
    let contents = store.contents()
    let names = Dictionary(session.names.map { ($0.digest, $0.name) }, uniquingKeysWith: { first, _ in first })
    let rows: [[Phrase]] = contents.map { value in
      [Phrase(pieces: [.digest(value.digest)]), "\(value.kind?.name ?? "damaged")", "\(value.command ?? "")", "\(names[value.digest] ?? "")",
        "\(megabytes(value.size))", "\(Number(value.seconds, places: 0)) s"]
    }
    let total = contents.reduce(0) { $0 + $1.size }
    let columns: [DisplayTable.Column] = [.init("value", .left), .init("kind", .left), .init("made by", .left), .init("name", .left), .init("size"), .init("took")]
    return .table(
      DisplayTable(
        columns: columns, rows: rows,
        remarks: ["\(contents.count) values, \(megabytes(total)) of at most \(megabytes(store.budget))"]
          + (begun.count > 0 ? ["\(begun.count) unfinished, \(megabytes(begun.size)): the same statements go on from there; store unfinished=yes removes them"] : [])))
  }
}

extension Session {
  /// Recipes of everything in effect or undone, and of what those were made from.
  var heldDigests: Set<String> {
    var held: Set<String> = []
    var open = (timeline.entries + timeline.undone).compactMap { $0.origin?.digest }
    while let next = open.popLast() {
      guard held.insert(next).inserted else { continue }
      open += timeline.ancestry.recipes[next]?.inputs.map(\.digest) ?? []
    }
    return held
  }
}
