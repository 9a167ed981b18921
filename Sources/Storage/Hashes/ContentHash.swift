import COpenSSL

/// SHA-256 (FIPS 180-4) of bytes that are added one after another.
///
///     var hash = ContentHash()
///     hash.add(Array("abc".utf8))
///     hash.hexadecimal()  // ba7816bf…
public struct ContentHash: ~Copyable {
  /// Digits of a whole hash.
  public static let digits = 64

  private let state: OpaquePointer

  public init() {
    guard let state = EVP_MD_CTX_new(), EVP_DigestInit_ex(state, EVP_sha256(), nil) == 1 else { preconditionFailure("libcrypto has no SHA-256") }
    self.state = state
  }

  deinit { EVP_MD_CTX_free(state) }

  public mutating func add(_ bytes: [UInt8]) {
    let isAdded = bytes.withUnsafeBytes { EVP_DigestUpdate(state, $0.baseAddress, $0.count) }
    precondition(isAdded == 1, "libcrypto could not hash")
  }

  /// The hash of all that was added, 64 hexadecimal digits. Nothing can be added afterwards.
  public consuming func hexadecimal() -> String {
    var bytes = [UInt8](repeating: 0, count: ContentHash.digits / 2)
    precondition(EVP_DigestFinal_ex(state, &bytes, nil) == 1, "libcrypto could not hash")
    return ContentHash.hexadecimal(bytes)
  }

  /// Two digits a byte.
  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The hash of these bytes, 64 hexadecimal digits.
  public static func hexadecimal(of bytes: [UInt8]) -> String {
    var hash = ContentHash()
    hash.add(bytes)
    return hash.hexadecimal()
  }
}
