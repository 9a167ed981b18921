#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Tells this machine, since it was started, from every other one that writes to the same disk; and one container of it from another, as
/// each counts its processes by itself.
package enum ThisHost {
  package static let identity: String = {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let text = [String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), line("/proc/sys/kernel/random/boot_id"), link("/proc/self/ns/pid")]
    return String(ContentHash.hexadecimal(of: Array(text.joined(separator: "\n").utf8)).prefix(12))
  }()

  /// Whether a process of this host lives that was started at `start`: another may have its number by now.
  static func lives(_ process: Int32, startedAt start: String) -> Bool {
    guard kill(process, 0) == 0 || errno == EPERM else { return false }
    let now = self.start(of: process)
    return now.isEmpty || now == start
  }

  /// In ticks since the machine was started; empty where the system does not say.
  package static func start(of process: Int32) -> String {
    // The name of the program, in parentheses, may hold anything.
    let fields = line("/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 19 ? String(fields[19]) : ""
  }

  private static func line(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private static func link(_ path: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = bytes.withUnsafeMutableBytes { readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count) }
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
