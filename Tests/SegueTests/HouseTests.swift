import Foundation
import Testing

/// The house as its plan says: arrows point down only, system libraries have one user each, and no folder is a heap.
@Suite struct HouseTests {
  /// What each target may stand on, from the lowest to the highest. What those stand on comes with them.
  static let allowed: KeyValuePairs<String, Set<String>> = [
    "Kernels": [],
    "Storage": ["COpenSSL"],
    "Tensors": ["Kernels", "COpenBLAS", "CFFTW", "CZlib"],
    "Imaging": ["Kernels", "CPNG", "CJPEG"],
    "Segmentation": ["Tensors", "Imaging", "Storage"],
    "Scenes": ["Tensors", "Imaging", "Storage"],
    "Adaptation": ["Scenes", "Segmentation"],
    "Language": [],
    "Workbench": ["Language", "Imaging", "Storage"],
    "Rendering": ["Workbench", "Mustache"],
    "Console": ["Rendering", "CLibEdit"],
    "CZeroMQ": [],
    "Notebooks": ["Console", "CZeroMQ"],
    "LanguageServer": ["Console"],
    "Watching": ["Console"],
    "Commands": ["Workbench", "Rendering", "Adaptation"],
    "Benchmarks": ["Adaptation"],
    "Cluster": ["Workbench", "Tensors", "CMPI"],
    "segue": ["Console", "Notebooks", "LanguageServer", "Watching", "Commands", "Benchmarks", "Cluster", "ArgumentParser"],
  ]
  /// Of the system, which anybody may use.
  static let system: Set = ["Glibc", "Darwin", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch"]
  /// Libraries that only the target which wraps them may import, though others stand on it.
  static let wrapped: Set = ["COpenBLAS", "CFFTW", "CPNG", "CJPEG", "CZlib", "CLibEdit", "COpenSSL", "CZeroMQ", "Mustache", "Kernels", "CMPI"]

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every file below a folder, by its path within it.
  private static func files(_ folder: String) throws -> [String] {
    let place = root.appendingPathComponent(folder)
    return try FileManager.default.subpathsOfDirectory(atPath: place.path).filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: place.appendingPathComponent(path).path, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  private static func text(_ path: String) throws -> String { try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) }

  /// What a target may import: what it stands on, down to the ground.
  private static func reach(_ target: String) -> Set<String> {
    let direct = allowed.first { $0.key == target }?.value ?? []
    return direct.reduce(into: direct) { $0.formUnion(reach($1)) }
  }

  @Test func theTableItselfPointsDown() {
    var below: Set<String> = []
    for (target, direct) in Self.allowed {
      let libraries = direct.filter { name in !Self.allowed.contains { $0.key == name } }
      #expect(direct.subtracting(libraries).isSubset(of: below), "\(target)")
      below.insert(target)
    }
  }

  @Test func importsPointDown() throws {
    var count = 0
    for path in try Self.files("Sources") where path.hasSuffix(".swift") {
      let target = String(path.prefix { $0 != "/" })
      try #require(Self.allowed.contains { $0.key == target }, "\(target) is not in the table")
      let direct = Self.allowed.first { $0.key == target }!.value
      let reach = Self.reach(target).filter { !Self.wrapped.contains($0) || direct.contains($0) }.union(Self.system)
      for line in try Self.text("Sources/" + path).split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init).drop { ["public", "package", "internal", "fileprivate", "private", "@testable", "@_exported"].contains($0) }
        guard words.first == "import", let last = words.last else { continue }
        #expect(reach.contains(last.split(separator: ".").first.map(String.init) ?? last), "\(path) imports \(last)")
        count += 1
      }
    }
    #expect(count > 300, "import lines are found")
  }

  /// The manifest declares no other arrows.
  @Test func theManifestAgrees() throws {
    let manifest = try Self.text("Package.swift")
    var found: Set<String> = []
    for match in manifest.matches(of: /(?:house\(|executableTarget\(\s*name: |target\(\s*name: )"(\w+)"(?:,\s*(?:dependencies: )?\[(.*?)\]|\)|, path)/.dotMatchesNewlines()) {
      let target = String(match.1)
      guard let direct = Self.allowed.first(where: { $0.key == target })?.value else { continue }
      found.insert(target)
      let declared = (match.2 ?? "").matches(of: /(product\(name: )?"(\w[\w-]*)"/).map { String($0.2) }.filter { !$0.hasPrefix("swift-") }
      #expect(Set(declared).isSubset(of: Self.reach(target)), "\(target) declares \(declared)")
      #expect(direct.intersection(Self.wrapped).subtracting(["Kernels"]).isSubset(of: declared), "\(target) does not declare what it wraps")
    }
    let targets = Set(try Self.files("Sources").filter { $0.hasSuffix(".swift") }.map { String($0.prefix { $0 != "/" }) })
    #expect(targets.isSubset(of: found), "\(targets.subtracting(found))")
  }

  /// Whoever opens files on its own is outside of what tests can make fail.
  @Test(arguments: ["Scenes", "Imaging", "Tensors", "Segmentation", "Adaptation", "Language", "Workbench", "Rendering"])
  func filesAreOpenedByStorageAlone(_ target: String) throws {
    for path in try Self.files("Sources/" + target) where path.hasSuffix(".swift") {
      let found = try Self.text("Sources/\(target)/\(path)").firstMatch(of: /\b(FileManager|fopen|opendir|l?stat\(|Data\(contentsOf|pread|O_RDONLY|URL\()/)
      #expect(found == nil, "\(path): \(found?.0 ?? "")")
    }
  }

  @Test func noFolderHoldsMoreThanTwentyFiles() throws {
    let counts = Dictionary(grouping: try Self.files("Sources")) { $0.split(separator: "/").dropLast().joined(separator: "/") }.mapValues(\.count)
    #expect(counts.filter { $0.value > 20 } == [:])
    #expect(counts.count > 40, "folders are found")
  }
}
