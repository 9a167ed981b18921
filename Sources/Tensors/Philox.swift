/// Philox4x32-10: ten rounds that turn a counter and a key into 128 random bits.
package enum Philox {
  package static func block(counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)) -> (UInt32, UInt32, UInt32, UInt32) {
    var (a, b, c, d) = counter
    var (k, l) = key
    for _ in 0..<10 {
      let left = a.multipliedFullWidth(by: 0xD251_1F53)
      let right = c.multipliedFullWidth(by: 0xCD9E_8D57)
      (a, b, c, d) = (right.high ^ b ^ k, right.low, left.high ^ d ^ l, left.low)
      k &+= 0x9E37_79B9
      l &+= 0xBB67_AE85
    }
    return (a, b, c, d)
  }
}
