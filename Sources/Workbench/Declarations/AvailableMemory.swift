import FoundationEssentials
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much memory this process may still take: the least of what the machine has left, what the control groups it runs in allow (as
/// containers do), and its own limits (`ulimit -v`, `ulimit -d`).
///
/// What cannot be found out limits nothing.
public struct AvailableMemory: Sendable {
  private let read: @Sendable (String) -> String?
  private let limits: (addressSpace: Int64?, data: Int64?)

  /// - Parameters:
  ///   - read: the text of a file; nil where there is none.
  ///   - limits: what `getrlimit` says of the address space and of data; nil for no limit.
  public init(read: @escaping @Sendable (String) -> String?, limits: (addressSpace: Int64?, data: Int64?)) { (self.read, self.limits) = (read, limits) }

  /// In bytes; nil where nothing is known.
  public var bytes: Int64? { ([machine, ownLimit] + groups).compactMap(\.self).min().map { max($0, 0) } }

  /// Of this process, now.
  public static func now() -> Int64? { AvailableMemory(read: { try? String(contentsOfFile: $0, encoding: .utf8) }, limits: ownLimits()).bytes }

  /// Free, or free as soon as it is needed.
  private var machine: Int64? { number("MemAvailable", in: "/proc/meminfo") }

  private var ownLimit: Int64? {
    let status = "/proc/self/status"
    let space = limits.addressSpace.flatMap { limit in number("VmSize", in: status).map { limit - $0 } }
    let data = limits.data.flatMap { limit in number("VmData", in: status).map { limit - $0 } }
    return [space, data].compactMap(\.self).min()
  }

  /// What is left in each control group from the process's own up to the root, of either version.
  private var groups: [Int64?] {
    (read("/proc/self/cgroup") ?? "").split(separator: "\n").flatMap { line -> [Int64?] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let isUnified = parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains("memory") else { return [] }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let names = parts[2].split(separator: "/")
      return (0...names.count).map { depth in
        let folder = ([root] + names.prefix(depth).map(String.init)).joined(separator: "/")
        return isUnified ? left(folder, "memory.max", "memory.current") : left(folder, "memory.limit_in_bytes", "memory.usage_in_bytes")
      }
    }
  }

  /// Cached files count as used, and give way.
  private func left(_ folder: String, _ limit: String, _ usage: String) -> Int64? {
    func bytes(_ name: String) -> Int64? { read("\(folder)/\(name)").flatMap { Int64($0.filter { !$0.isWhitespace }) } }
    guard let limit = bytes(limit), let used = bytes(usage) else { return nil }
    let cached = (read("\(folder)/memory.stat") ?? "").split(separator: "\n").first { $0.hasPrefix("inactive_file ") }
    return limit - used + (cached.flatMap { Int64($0.dropFirst("inactive_file ".count)) } ?? 0)
  }

  /// `MemAvailable:   24031232 kB`
  private func number(_ name: String, in file: String) -> Int64? {
    let line = (read(file) ?? "").split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return line.flatMap { Int64($0.dropFirst(name.count + 1).filter(\.isNumber)) }.map { $0 * 1024 }
  }

  private static func ownLimits() -> (addressSpace: Int64?, data: Int64?) {
    #if canImport(Glibc)
    func limit(_ resource: Int) -> Int64? {
      var limits = rlimit()
      guard getrlimit(__rlimit_resource_t(resource), &limits) == 0, limits.rlim_cur != rlim_t.max else { return nil }
      return Int64(clamping: limits.rlim_cur)
    }
    return (limit(Int(RLIMIT_AS.rawValue)), limit(Int(RLIMIT_DATA.rawValue)))
    #else
    return (nil, nil)
    #endif
  }
}
