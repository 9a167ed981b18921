/// The entries of a ZIP archive, by its central directory.
///
/// Sizes and places come from the directory at the end, with its 64-bit forms: a PyTorch archive has zeros in its local headers. All of it
/// is checked before it is used: entries lie before the directory, do not overlap, and have names of their own; a compressed entry is not
/// said to hold more than DEFLATE can make of its bytes.
struct ZipArchive {
  struct Entry: Equatable {
    let name: String
    /// 0 stored, 8 DEFLATE.
    let method: UInt16
    /// 0 where the writer did not compute it.
    let checksum: UInt32
    /// Of what it holds.
    let size: Int
    /// Where its bytes lie in the file.
    let range: Range<Int>
  }

  let entries: [Entry]
  private let places: [String: Int]

  init(_ bytes: [UInt8]) throws {
    let directory = try ZipDirectory(bytes)
    entries = try directory.entries(in: bytes)
    var places: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard places.updateValue(index, forKey: entry.name) == nil else { throw ReadingFault.malformed("it has two entries named '\(entry.name)'") }
    }
    self.places = places
    var end = 0
    for entry in zip(entries, directory.starts).sorted(by: { $0.1 < $1.1 }) {
      guard entry.1 >= end else { throw ReadingFault.malformed("its entry '\(entry.0.name)' overlaps another") }
      end = entry.0.range.upperBound
    }
  }

  subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  /// How many bytes the largest entry that has to be inflated comes to.
  var largestInflated: Int { entries.lazy.filter { $0.method == 8 }.map(\.size).max() ?? 0 }
}
