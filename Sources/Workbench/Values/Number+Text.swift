#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Number {
  /// As it is written: `41.20`; `n/a` for what is not a number.
  public var text: String { Number.spelled(value, places: places) }

  static func spelled(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "n/a" : value > 0 ? "infinite" : "-infinite" }
    let length = withVaList([Int32(clamping: places), value]) { vsnprintf(nil, 0, "%.*f", $0) }
    let text = String(unsafeUninitializedCapacity: Int(length) + 1) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        Int(withVaList([Int32(clamping: places), value]) { vsnprintf(characters.baseAddress, characters.count, "%.*f", $0) })
      }
    }
    return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) } ? String(text.dropFirst()) : text
  }

  /// One of the last place that is written.
  var unit: Double { pow(10, -Double(places)) }
}
