/// Scripts with one digit changed.
public enum Digits {
  /// Every digit of every recorded line, replaced by the next one.
  public static func changed(in script: String) -> [(text: String, line: String)] {
    let bytes = Array(script.utf8)
    var found: [(String, String)] = [], start = 0
    for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#>") || line.hasPrefix("#!") {
        for at in start..<(start + line.utf8.count) where (0x30...0x39).contains(bytes[at]) {
          var other = bytes
          other[at] = 0x30 + (bytes[at] - 0x30 + 1) % 10
          found.append((String(decoding: other, as: UTF8.self), String(decoding: other[start..<(start + line.utf8.count)], as: UTF8.self)))
        }
      }
      start += line.utf8.count + 1
    }
    return found
  }
}
