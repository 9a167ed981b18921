import Crypto
import Imaging

/// What a dataset's files contain, in one number: SHA-256 over their names and bytes in byte order of the names. Where the folder lies
/// does not matter.
public enum Fingerprint {
  /// The fingerprint of these files as 64 hexadecimal digits. Each contributes the length of its name, its name, and the SHA-256 of
  /// its bytes, which `cache` may know already.
  ///
  /// - Throws: `ImagingError` naming a file that cannot be read.
  public static func of(_ files: [SourceFile], cache: any FileHashCache) throws -> String {
    var whole = SHA256()
    for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let name = Array(file.name.utf8)
      whole.update(data: (0..<8).map { UInt8(truncatingIfNeeded: name.count >> (8 * $0)) })
      whole.update(data: name)
      whole.update(data: try hash(of: file.path, cache))
    }
    return whole.finalize().map(hexadecimal).joined()
  }

  private static func hash(of path: String, _ cache: any FileHashCache) throws -> [UInt8] {
    let before = FileIdentity(of: path)
    if let before, let known = cache.hash(of: before) { return known }
    let hash = Array(SHA256.hash(data: try FileBytes.read(path)))
    // A file that changed while it was read is not remembered.
    if let before, before == FileIdentity(of: path) { cache.keep(hash, of: before) }
    return hash
  }
}

func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16)
  return byte < 16 ? "0" + digits : digits
}
