#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Language
import Storage

/// `store`, `store trim=yes older=30`, `store unfinished=yes`
struct StoreCommand: SessionCommand {
  static let name = "store"
  static let summary = "List the values that are kept on the disk, the last used first, or remove those that no running session uses."
  static let searchTerms = ["disk", "cache", "space", "trim", "size", "age", "free"]
  static let seeAlso = ["vars", "refresh"]
  static let examples = [
    Example("store"), Example("store trim=yes"), Example("store trim=yes older=30"), Example("store unfinished=yes"),
    Example("store older=3", fails: "without trim=yes"),
  ]

  @Setting("remove values that neither this session nor another running one uses, and decoded pictures") var trim = false
  @Setting("when trimming, remove only until this much is left", in: 0..., unit: "MB") var to = 0.0
  @Setting("when trimming, remove only what was not used for this long", in: 0..., unit: "days") var older = 0.0
  @Setting("remove unfinished work; its statements then start from the beginning") var unfinished = false

  var removal: SourceRange? { trim ? $trim : unfinished ? $unfinished : nil }

  func check(in session: Session) throws {
    if !trim, let range = $older ?? $to { throw Diagnostic("to= and older= have no effect without trim=yes", at: range, remedy: "add trim=yes") }
  }

  func run(in session: Session) throws -> Display {
    let store = session.surroundings.store
    let now = Int64(time(nil)) * 1_000_000_000
    if trim || unfinished {
      let since = older > 0 ? now - Int64(min(older, 100_000) * 86_400e9) : .max
      let abandoned = unfinished ? try store.removeUnfinished() : (count: 0, size: 0)
      let removed = trim ? try store.trim(to: Int64(min(to, 1e12) * 1e6), keeping: session.heldDigests, unusedSince: since) : (count: 0, size: 0)
      // What may be left is said of values.
      let decoded = trim && $to == nil ? try session.surroundings.removeDecodedPictures(unusedSince: since) : 0
      var words: Phrase = "\(counted(removed.count, "value")) removed, \(megabytes(removed.size))"
      if unfinished { words = "\(words); \(abandoned.count) unfinished removed, \(megabytes(abandoned.size))" }
      return .text(decoded > 0 ? "\(words); decoded pictures removed, \(megabytes(decoded))" : words)
    }
    let begun = store.unfinished()
    let contents = store.contents()
    let names = Dictionary(session.names.map { ($0.digest, [$0.name]) }) { $0 + $1 }
    let rows: [[Phrase]] = contents.map { value in
      [
        Phrase(pieces: [.digest(value.digest)]), "\(value.kind?.name ?? "damaged")", "\(value.command ?? "")",
        "\(names[value.digest]?.joined(separator: ", ") ?? "")", "\(megabytes(value.size))", "\(Number(value.seconds, places: value.seconds < 10 ? 1 : 0)) s",
        "\(duration(max(1, Double(now - value.used) / 1e9))) ago",
      ]
    }
    let total = contents.reduce(0) { $0 + $1.size }
    let columns: [DisplayTable.Column] = [
      .init("value", .left), .init("kind", .left), .init("made by", .left), .init("name", .left), .init("size"), .init("took"), .init("used"),
    ]
    let count = counted(contents.count, "value")
    let unfinished = "\(begun.count) unfinished, \(megabytes(begun.size)): the same statements go on from there; store unfinished=yes removes them"
    let decoded = session.surroundings.sizeOfDecodedPictures()
    let pictures = "decoded pictures, \(megabytes(decoded)): they save decoding them again; store trim=yes removes them"
    return .table(
      DisplayTable(
        columns: columns, rows: rows,
        remarks: ["\(count), \(megabytes(total)) of at most \(megabytes(store.budget))"] + (begun.count > 0 ? ["\(unfinished)"] : []) + (decoded > 0 ? ["\(pictures)"] : [])))
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
