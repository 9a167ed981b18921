// swift-tools-version:6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library of this package and the ones below it; arrows point down only. An incremental build recompiles it where a library that is named here changed,
/// and not for those further down: what it sees the inside of is named.
func house(_ name: String, _ below: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: below, swiftSettings: strict)
}

/// The tests of one library, with the fixtures that lie beside them.
func tests(_ name: String, _ below: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: below, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "segue",
  products: [
    .executable(name: "segue", targets: ["segue"]),
    .library(name: "Adaptation", targets: ["Adaptation"]),
  ],
  dependencies: [
    // Flags of the `segue` process: usage, help and validation from one declaration.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Templates of exported documents: markup lies in template files and every word is escaped by the library, not by glue.
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    // Pictures of most data sets and cameras; libjpeg-turbo, by which Pillow and OpenCV decode them as well.
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    // Compressed entries of checkpoints that other ZIP tools have packed, and checksums. libpng stands on zlib, so that it is there anyway; an
    // inflate of our own would be one more reader of hostile bytes.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    // SHA-256 of recipes and contents. swift-crypto brings its own BoringSSL, which took 40 % of a first build; libmd hashes a tenth as fast.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // What is asked of MPI where `mpirun` starts the program. The part that is compiled for an MPI library is none of the package's, so that one
    // program serves with Open MPI, with MPICH and without either.
    .target(name: "CMPI", exclude: ["library"]),
    .target(name: "Kernels"),
    // libzmq for notebooks, loaded when a kernel starts: the build does not need it, and says nothing where it is missing.
    .target(name: "CZeroMQ", linkerSettings: [.linkedLibrary("dl")]),

    house("Storage", ["COpenSSL"]),
    house("Tensors", ["Kernels", "COpenBLAS", "CFFTW", "CZlib"]),
    house("Imaging", ["Kernels", "CPNG", "CJPEG"]),
    house("Segmentation", ["Tensors"]),
    house("Scenes", ["Tensors", "Imaging", "Storage"]),
    house("Adaptation", ["Scenes", "Segmentation"]),

    house("Language"),
    house("Workbench", ["Language", "Imaging", "Storage"]),
    .target(
      name: "Rendering", dependencies: ["Workbench", .product(name: "Mustache", package: "swift-mustache")],
      resources: [.embedInCode("Documents/Templates")], swiftSettings: strict),
    house("Console", ["Rendering", "Workbench", "CLibEdit"]),
    house("Notebooks", ["Console", "Rendering", "Workbench", "Imaging", "CZeroMQ"]),
    house("LanguageServer", ["Console", "Rendering", "Workbench"]),
    // Its HTTP is its own, over a socket of loopback: one page and one stream of events. FlyingFox, the smallest library there is for it, brings
    // libcurl and thirty libraries below that into every start of the program, which took 14 ms of the 50 that the prompt has, and 49 s of
    // one core to compile.
    house("Watching", ["Console", "Rendering", "Workbench", "Storage"]),
    house("Commands", ["Workbench", "Rendering", "Adaptation"]),
    house("Benchmarks", ["Adaptation"]),
    house("Cluster", ["Workbench", "Tensors", "CMPI"]),
    .executableTarget(
      name: "segue",
      dependencies: ["Console", "Notebooks", "LanguageServer", "Watching", "Commands", "Benchmarks", "Cluster", "Rendering", "Workbench", "Language", "Imaging", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport", swiftSettings: strict),
    // `scripts/fuzz --readers` builds it with AddressSanitizer.
    .executableTarget(name: "fuzzer", dependencies: ["Scenes", "Tensors", "TestSupport"], path: "Tests/Fuzzer", swiftSettings: strict),
    tests("KernelsTests", ["Kernels"]),
    tests("StorageTests", ["Storage"]),
    tests("TensorsTests", ["Tensors", "TestSupport"]),
    tests("ImagingTests", ["Imaging", "TestSupport"], resources: [.copy("Fixtures")]),
    tests("SegmentationTests", ["Segmentation", "TestSupport"]),
    tests("ScenesTests", ["Scenes", "TestSupport"], resources: [.copy("Fixtures")]),
    tests("AdaptationTests", ["Adaptation", "TestSupport"]),
    tests("LanguageTests", ["Language", "TestSupport"]),
    tests("WorkbenchTests", ["Workbench", "TestSupport"]),
    tests("RenderingTests", ["Rendering", "Workbench"], resources: [.copy("Golden")]),
    tests("ConsoleTests", ["Console", "Workbench", "TestSupport"]),
    tests("NotebooksTests", ["Notebooks"]),
    tests("LanguageServerTests", ["LanguageServer", "Commands"]),
    tests("WatchingTests", ["Watching"]),
    tests("CommandsTests", ["Commands", "TestSupport"]),
    tests("BenchmarksTests", ["Benchmarks"]),
    tests("ClusterTests", ["Cluster"]),
    tests("SegueTests", []),
  ])
