public import Storage

/// Where a session lives: its directory, files, store, and how it is stopped.
public struct Surroundings {
  /// Absolute, links followed.
  public let directory: String
  public let fileSystem: any FileSystem
  public let store: ValueStore
  public let interrupt: Interrupt
  /// May files be replaced that are not Segue's own?
  public var force: Bool
  /// Which share of `repeat` and `sweep` this process computes; nil for all.
  public var part: Part?
  /// How many bytes of memory are left; nil where that is not known.
  public var memory: @Sendable () -> Int64? = AvailableMemory.now
  /// Is given, before a statement runs, what would help it where memory runs out in spite of the check: the process then ends with these
  /// words.
  public var memoryAdvice: @Sendable (String?) -> Void = { _ in }
  /// The processes that evaluate the same statements; nil for one by itself.
  public var companions: (any Companions)?
  /// What values are computed with, bit for bit: `avx2`. Empty where nothing is computed.
  public let instructionSet: String
  /// What its commands share.
  public let belongings = Belongings()
  let hashes: FileHashes
  let written: WrittenFiles

  /// In a directory of the disk, with its sessions in `.segue`, and its store there too unless another place is named. `fresh` trusts
  /// nothing that was stored before, but for what the same run made before it was interrupted: `freshKey` says which runs are the same;
  /// without one none are. Values and checkpoints of another `instructionSet` are not used: their bits are not those that would be
  /// computed here.
  public init(
    directory: String, store place: String? = nil, fileSystem: any FileSystem = LocalFileSystem(), interrupt: Interrupt = Interrupt(), force: Bool = false,
    fresh: Bool = false, freshKey: String = "", instructionSet: String = ""
  ) throws {
    let directory = fileSystem.resolved(directory)
    self.directory = directory
    self.fileSystem = fileSystem
    self.interrupt = interrupt
    self.force = force
    self.instructionSet = instructionSet
    let home = directory + "/.segue"
    do { store = try ValueStore(place.map { absolute($0, from: directory) } ?? home, fileSystem, fresh: fresh ? freshKey : nil) } catch { throw error.diagnostic }
    hashes = FileHashes(home + "/hashes.json", fileSystem, fresh: fresh)
    written = WrittenFiles(home, storeAt: store.places, fileSystem)
  }

  /// Where values are stored.
  public var storeFolder: String { store.home }

  /// Says that a fresh run came to its end: the next one trusts nothing of it.
  public func finishFreshRun() { store.finishFreshRun() }

  /// How many values a fresh run takes from itself, as it was interrupted before.
  public var resumedFreshValues: Int { store.resumedFreshValues }

  /// Removes what processes that were killed left half written; what is being written stays.
  public func removeHalfWritten() {
    for folder in [home, home + "/sessions", home + "/store", home + "/written"] { try? fileSystem.removeHalfWritten(in: folder) }
  }

  /// Keeps version control from taking what lies in `.segue` along. Where it cannot be written nothing is lost.
  func ignoreOurselves() {
    let path = home + "/.gitignore"
    if fileSystem.exists(home), !fileSystem.exists(path) { try? fileSystem.write("*\n", to: path) }
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
