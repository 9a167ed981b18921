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

  /// The files below a folder, by their paths within it, in byte order; hidden ones are left out.
  ///
  /// - Throws: `SceneError` where the folder cannot be read.
  static func files(below folder: String, depth: Int = 6) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw SceneError("cannot read the folder \(folder)")
    }
    var found: [String] = []
    for name in names where !name.hasPrefix(".") {
      switch kind(folder + "/" + name) {
      case .file: found.append(name)
      case .folder where depth > 0: found += try files(below: folder + "/" + name, depth: depth - 1).map { name + "/" + $0 }
      default: break
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Without a last slash.
  static func plain(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  static func lastPart(_ path: String) -> String { plain(path).split(separator: "/").last.map(String.init) ?? path }
}
