#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Folders as datasets see them.
enum Listing {
  enum Kind { case file, folder, absent }

  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  static func isFolder(_ path: String) -> Bool { kind(path) == .folder }

  /// The files below a folder, by their paths within it, in byte order; hidden ones are left out, and so are links that lead back to a
  /// folder above them.
  ///
  /// - Throws: `SceneError` where the folder cannot be read.
  static func files(below folder: String) throws -> [String] { try files(below: folder, above: [], depth: 6) }

  private static func files(below folder: String, above: [Place], depth: Int) throws -> [String] {
    let way = above + [Place(folder)]
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw SceneError("cannot read the folder \(folder)")
    }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      let path = folder + "/" + name
      switch kind(path) {
      case .file: found.append(name)
      case .folder where depth > 0 && !way.contains(Place(path)):
        found += try files(below: path, above: way, depth: depth - 1).map { name + "/" + $0 }
      default: break
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What tells a folder from all others, by whatever links it is reached.
  private struct Place: Equatable {
    let device: UInt64
    let inode: UInt64

    init(_ path: String) {
      var status = stat()
      _ = stat(path, &status)
      (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
  }

  /// Without a last slash.
  static func plain(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func lastPart(_ path: String) -> String { plain(path).split(separator: "/").last.map(String.init) ?? path }
}
