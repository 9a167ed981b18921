/// Base 64 with padding (RFC 4648, section 4).
package func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var out: [UInt8] = []
  out.reserveCapacity((bytes.count + 2) / 3 * 4)
  var index = 0
  while index < bytes.count {
    let left = bytes.count - index
    let b0 = Int(bytes[index])
    let b1 = left > 1 ? Int(bytes[index + 1]) : 0
    let b2 = left > 2 ? Int(bytes[index + 2]) : 0
    out.append(alphabet[b0 >> 2])
    out.append(alphabet[(b0 & 3) << 4 | b1 >> 4])
    out.append(left > 1 ? alphabet[(b1 & 15) << 2 | b2 >> 6] : 0x3D)
    out.append(left > 2 ? alphabet[b2 & 63] : 0x3D)
    index += 3
  }
  return String(decoding: out, as: UTF8.self)
}
