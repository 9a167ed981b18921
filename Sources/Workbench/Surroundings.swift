/// Where a session lives: its directory, files, store, and how it is stopped.
public struct Surroundings {
  /// Absolute, links followed.
  public let directory: String
  public let fileSystem: any FileSystem
  public let store: Store
  public let interrupt: Interrupt
  /// May files be replaced that are not Segue's own?
  public var force: Bool
  let hashes: FileHashes
  let written: WrittenFiles

  /// In a directory of the disk, with its sessions in `.segue`, and its store there too unless another place is named. `fresh` trusts
  /// nothing that was stored before.
  public init(
    directory: String, store place: String? = nil, fileSystem: any FileSystem = LocalFileSystem(), interrupt: Interrupt = Interrupt(), force: Bool = false,
    fresh: Bool = false
  ) throws {
    let directory = fileSystem.resolved(directory)
    self.directory = directory
    self.fileSystem = fileSystem
    self.interrupt = interrupt
    self.force = force
    let home = directory + "/.segue"
    store = try Store(place.map { absolute($0, from: directory) } ?? home, fileSystem, fresh: fresh)
    hashes = FileHashes(home + "/hashes.json", fileSystem)
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

  /// `.segue` in the working directory.
  var home: String { directory + "/.segue" }

  /// The workspace of what is only looked at, and never writes.
  var noWorkspace: Folder { Folder(home + "/work/none", in: fileSystem) }
}
