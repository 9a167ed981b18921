import COpenSSL

/// HMAC-SHA256 (RFC 2104) of a message in parts: that it comes from somebody who knows the key.
public struct MessageSignature: Sendable {
  private let key: [UInt8]

  public init(key: [UInt8]) { self.key = key }

  /// Of the parts one after another, 64 hexadecimal digits.
  public func hexadecimal(of parts: [[UInt8]]) -> String {
    let message = parts.flatMap(\.self)
    var bytes = [UInt8](repeating: 0, count: ContentHash.digits / 2), count: UInt32 = 0
    let isDone = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &bytes, &count) != nil
    precondition(isDone && Int(count) == bytes.count, "libcrypto has no HMAC-SHA256")
    return ContentHash.hexadecimal(bytes)
  }

  /// Whether this is the signature of the parts. How long that takes says nothing of where it goes wrong.
  public func isValid(_ signature: [UInt8], of parts: [[UInt8]]) -> Bool {
    isSecret(signature, Array(hexadecimal(of: parts).utf8))
  }
}

/// Whether these bytes are the secret ones. How long that takes says nothing of where they differ.
public func isSecret(_ bytes: [UInt8], _ secret: [UInt8]) -> Bool { bytes.count == secret.count && CRYPTO_memcmp(bytes, secret, secret.count) == 0 }
