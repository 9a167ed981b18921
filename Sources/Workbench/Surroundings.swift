/// Where a session lives: its directory, files, store, and how it is stopped.
public struct Surroundings {
  /// Absolute, links followed.
  public let directory: String
  public let fileSystem: any FileSystem
  public let store: Store
  public let interrupt: Interrupt
  /// May files be replaced that are not Segue's own?
  public var force: Bool
  /// What values are computed with, bit for bit: `avx2`. Empty where nothing is computed.
  public let instructionSet: String
  let hashes: FileHashes
  let written: WrittenFiles

  /// In a directory of the disk, with its store in `.segue`. `fresh` trusts nothing that was stored before. Values and checkpoints of another
  /// `instructionSet` are not used: their bits are not those that would be computed here.
  public init(
    directory: String, fileSystem: any FileSystem = LocalFileSystem(), interrupt: Interrupt = Interrupt(), force: Bool = false, fresh: Bool = false,
    instructionSet: String = ""
  ) throws {
    self.directory = fileSystem.resolved(directory)
    self.fileSystem = fileSystem
    self.interrupt = interrupt
    self.force = force
    self.instructionSet = instructionSet
    let home = self.directory + "/.segue"
    store = try Store(home, fileSystem, fresh: fresh, instructionSet: instructionSet)
    hashes = FileHashes(home + "/hashes.json", fileSystem, fresh: fresh)
    written = WrittenFiles(home + "/written.json", fileSystem)
  }

  /// Leaves no trace: all files are in memory.
  public static func memory(interrupt: Interrupt = Interrupt()) -> Surroundings {
    let files = MemoryFileSystem()
    do {
      try files.makeFolder("/session")
      return try Surroundings(directory: "/session", fileSystem: files, interrupt: interrupt)
    } catch {
      preconditionFailure("memory cannot fail: \(error)")
    }
  }

  /// Whether nothing that earlier runs stored is believed.
  public var isFresh: Bool { store.isFresh }

  /// `.segue` in the working directory.
  var home: String { directory + "/.segue" }

  /// The workspace of what is only looked at, and never writes.
  var noWorkspace: Folder { Folder(home + "/work/none", in: fileSystem) }
}
