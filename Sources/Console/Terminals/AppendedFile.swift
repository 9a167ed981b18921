internal import Glibc

/// Bytes at the end of a file in one write, so that lines of several processes never mix.
enum AppendedFile {
  static func append(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}
