import Storage

/// What a dataset's files contain, in one number: SHA-256 over their names and the hashes of their bytes, in byte order of the names.
/// Where the folder lies does not matter.
public enum Fingerprint {
  /// The fingerprint of these files as 64 hexadecimal digits.
  ///
  /// - Parameter hash: the SHA-256 of the bytes of the file at a path, 64 hexadecimal digits; whoever asks may remember them.
  public static func of(_ files: [SourceFile], hash: (_ path: String) throws -> String) rethrows -> String {
    var whole = ContentHash()
    for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let name = Array(file.name.utf8)
      whole.add((0..<8).map { UInt8(truncatingIfNeeded: name.count >> (8 * $0)) })
      whole.add(name)
      whole.add(Array(try hash(file.path).utf8))
    }
    return whole.hexadecimal()
  }
}
