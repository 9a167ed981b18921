import Glibc
import Storage
import Testing

/// What every file system must do alike: the disk, and memory in its place.
@Suite struct FileSystemTests {
  enum Kind: CaseIterable { case disk, memory, faulty }

  private let directory = TestFolder()
  private func fileSystem(_ kind: Kind) throws -> (any FileSystem, String) {
    switch kind {
    case .disk: return (directory.files, directory.path)
    case .faulty: return (FaultyFileSystem(directory.files), directory.path)
    case .memory:
      let files = MemoryFileSystem()
      try files.makeFolder("/m")
      return (files, "/m")
    }
  }

  @Test(arguments: Kind.allCases) func whatIsWrittenIsRead(_ kind: Kind) throws {
    let (files, path) = try fileSystem(kind)
    for count in [0, 1, 65_535, 65_536, 65_537, 200_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }, file = "\(path)/\(count)"
      for durable in [true, false] {
        try files.write(bytes, to: file, durable: durable)
        #expect(try files.read(file) == bytes)
      }
      try files.append([1, 2], to: file)
      let (all, info) = try files.settled(file)
      #expect(all == bytes + [1, 2] && info == files.info(file) && info.size == Int64(count + 2))
      #expect(try files.read(file, from: count - min(count, 3), count: 100) == bytes.suffix(3) + [1, 2])
      #expect(try files.read(file, first: 5) == Array(all.prefix(5)))
      #expect(try files.read(file, from: count + 9, count: 4) == [])
      #expect(try files.read(file, atMost: count + 2) == all)
      #expect(throws: FileError.self) { try files.read(file, atMost: count + 1) }
    }
    #expect(try files.names(in: path) == ["0", "1", "200000", "65535", "65536", "65537"])
  }

  /// Every change gives a file another state, and no two files or folders are taken for one.
  @Test(arguments: Kind.allCases) func statesTellFilesApart(_ kind: Kind) throws {
    let (files, path) = try fileSystem(kind)
    for name in ["a", "b"] { try files.makeFolder("\(path)/\(name)") }
    for name in ["c", "d"] { try files.write([1], to: "\(path)/\(name)") }
    let infos = try ["a", "b", "c", "d"].map { try #require(files.info("\(path)/\($0)")) }
    #expect(Set(infos.map(\.inode)).count == 4)
    #expect(infos.map(\.isFolder) == [true, true, false, false])
    try files.write([2], to: "\(path)/c")
    #expect(files.info("\(path)/c") != infos[2])
    try files.move("\(path)/a", to: "\(path)/e")
    #expect(files.info("\(path)/e")?.inode == infos[0].inode && !files.exists("\(path)/a"))
  }

  @Test(arguments: Kind.allCases) func whatCannotBeReadSaysWhy(_ kind: Kind) throws {
    let (files, path) = try fileSystem(kind)
    try files.makeFolder(path + "/f")
    for (name, reason) in [("none", "there is no such file or folder"), ("f", "it is a folder")] {
      for read in [{ try files.read(path + "/" + name) }, { try files.settled(path + "/" + name).bytes }] {
        let error = #expect(throws: FileError.self) { try read() }
        #expect(error?.description == "cannot read \(path)/\(name): \(reason)")
      }
    }
    #expect(throws: FileError.self) { try files.entries(in: path + "/none") }
    #expect(throws: FileError.self) { try files.write([1], to: path + "/none/x") }
  }

  @Test func aPipeIsNotWaitedFor() throws {
    let pipe = directory.path + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    let error = #expect(throws: FileError.self) { try directory.files.read(pipe) }
    #expect(error?.reason == "it is a pipe or a device, not a file")
  }

  /// Files of the system have a size of nothing, and bytes all the same.
  @Test func filesWithoutASizeAreReadWhole() throws {
    let bytes = try directory.files.read("/proc/self/status")
    #expect(String(decoding: bytes, as: UTF8.self).contains("VmRSS"))
  }

  @Test func namesThatAreNoTextAreKept() throws {
    let name: [UInt8] = [0x62, 0xE9, 0x0A], file = open((Array(directory.path.utf8) + [0x2F] + name + [0]).map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
    try #require(file >= 0)
    close(file)
    let found = try directory.files.entries(in: directory.path)
    #expect(found == [FileName(bytes: name)])
    #expect(found[0].text == nil && found[0].escaped == "b\\xE9\n" && found[0].repaired == "b\u{FFFD}\n")
  }

  /// What goes wrong while reading, and what is said.
  @Test(arguments: [
    (FaultyFileSystem.Fault.unreadable("/a"), "cannot read /m/a: Input/output error"), (.vanished("/a"), "cannot read /m/a: there is no such file or folder"),
    (.cut("/a", bytes: 2), "cannot read /m/a: the file ends early"),
  ]) func faultsOfReadingAreSaid(_ fault: FaultyFileSystem.Fault, _ message: String) throws {
    let memory = MemoryFileSystem(), faulty = FaultyFileSystem(memory, fault)
    try memory.makeFolder("/m")
    for name in ["a", "b"] { try memory.write([1, 2, 3], to: "/m/" + name) }
    #expect(try faulty.names(in: "/m") == ["a", "b"])
    #expect(try faulty.read("/m/b") == [1, 2, 3])
    for read in [{ try faulty.read("/m/a") }, { try faulty.settled("/m/a").bytes }] {
      let error = #expect(throws: FileError.self) { try read() }
      #expect(error?.description == message)
    }
  }

  @Test func aFolderThatCannotBeListedIsSaid() throws {
    let memory = MemoryFileSystem(), faulty = FaultyFileSystem(memory, .unlistable("/m"))
    try memory.makeFolder("/m")
    let error = #expect(throws: FileError.self) { try faulty.names(in: "/m") }
    #expect(error?.description == "cannot list /m: Input/output error")
  }
}
