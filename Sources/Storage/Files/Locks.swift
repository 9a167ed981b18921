#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How processes keep out of each other's way on a disk.
public enum Locks: String, Sendable, CaseIterable {
  /// The system's own (`flock`), which goes with its process.
  case system
  /// Files that say who holds them, for disks of several machines; see ``Claim``.
  case claims

  /// What `SEGUE_LOCKS` says; nil where it says nothing.
  static let wished = getenv("SEGUE_LOCKS").flatMap { Locks(rawValue: String(cString: $0)) }

  /// What suits the disk that `folder` lies on.
  static func suiting(_ folder: String) -> Locks {
    if let wished { return wished }
    #if os(Linux)
    var status = stat()
    guard stat(folder, &status) == 0, let mounts = Locks.mounts else { return .system }
    // As glibc's makedev(3) puts them together.
    let device = UInt64(status.st_dev), major = device >> 8 & 0xFFF | device >> 32 & 0xFFFF_F000, minor = device & 0xFF | device >> 12 & 0xFFFF_FF00
    return kind(of: "\(major):\(minor)", in: mounts).map(isShared) ?? false ? .claims : .system
    #else
    return .system
    #endif
  }

  private static let mounts = LocalFileSystem().text("/proc/self/mountinfo", atMost: FileLimit.record)

  /// The file system of a device in the text of /proc/self/mountinfo: `31 1 0:27 / /home rw - nfs4 server:/home rw`.
  package static func kind(of device: String, in mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2, fields[2] == device, let mark = fields.firstIndex(of: "-"), mark + 1 < fields.endIndex else { continue }
      return String(fields[mark + 1])
    }
    return nil
  }

  /// Whether a file system lies on another machine: there the system's locks may hold on this one alone.
  package static func isShared(_ kind: String) -> Bool {
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "lustre", "gpfs", "afs", "9p", "beegfs", "gfs2", "ocfs2", "orangefs", "pvfs2", "glusterfs", "virtiofs"].contains(kind)
      || kind.hasPrefix("fuse.")
  }
}
