public import Language
public import Storage

/// What a command is given to run with.
public final class Context {
  /// Every random number depends on it.
  public let seed: UInt64
  /// The recipe of what is being made; nil while its ingredients are asked for.
  public internal(set) var recipe: Recipe?
  /// Partial results, by the recipe's digest: what lies there after an interrupt is there again when the statement is typed again.
  /// When the command is done it becomes the folder of the value.
  public internal(set) var workspace: Folder
  /// Absolute; relative paths start here.
  public let directory: String
  public let fileSystem: any FileSystem
  /// May files be replaced that are not Segue's own?
  public let force: Bool
  /// Hashes of files that are read, remembered from run to run.
  public let hashes: FileHashes
  /// What values are computed with, bit for bit; empty where that is not known.
  public let instructionSet: String
  /// What commands of the session share.
  public let belongings: Belongings
  /// Whether another process leads, which alone writes files.
  public let isFollowing: Bool
  let interrupt: Interrupt
  /// Evaluates statements of the session again.
  let study: Study
  let emit: (Event) -> Void
  let written: WrittenFiles
  let memory: @Sendable () -> Int64?
  let memoryAdvice: @Sendable (String?) -> Void

  /// For a statement whose words mean what `scope` says; where it is only looked at, `isQuiet` keeps its events from being shown.
  init(_ session: Session, _ scope: Scope, isQuiet: Bool = false) {
    let surroundings = session.surroundings
    (seed, workspace, study) = (scope.seed, surroundings.noWorkspace, Study(session, scope))
    emit = isQuiet ? { _ in } : { [unowned session] in session.emit($0) }
    (directory, fileSystem, force) = (surroundings.directory, surroundings.fileSystem, surroundings.force)
    (interrupt, hashes, written) = (surroundings.interrupt, surroundings.hashes, surroundings.written)
    (memory, memoryAdvice, instructionSet) = (surroundings.memory, surroundings.memoryAdvice, surroundings.instructionSet)
    belongings = surroundings.belongings
    isFollowing = surroundings.companions.map { !$0.leads } ?? false
  }

  /// What a parameter of this name was given in the statements that made an operand, for words about it; nil stands for those without.
  public func words(_ parameter: String, below operand: Operand) -> Set<String?> { study.words(parameter, below: operand) }

  /// Reports where the work stands, and throws ``Interrupted`` if somebody asked to stop: one call, so no loop can forget either.
  public func step(_ progress: Progress) throws {
    emit(.progressed(progress))
    if interrupt.isRequested { throw Interrupted() }
  }

  /// Throws ``Interrupted`` if somebody asked to stop.
  public func checkInterrupt() throws { if interrupt.isRequested { throw Interrupted() } }

  /// Shows a line that is not recorded: files left out, what was found.
  public func note(_ words: String) { emit(.noted(words)) }

  /// Fails before any work if the disk cannot hold a value of `bytes`, of which an earlier try may have written a part.
  public func requireSpace(_ bytes: Int64) throws {
    let begun = recipe.map { fileSystem.size(of: Storage.folder(of: workspace.path) + "/" + $0.digest) } ?? 0
    let needed = max(bytes - begun, 0)
    guard let free = fileSystem.freeSpace(at: workspace.path), free < needed else { return }
    throw Diagnostic(
      "this needs \(megabytes(needed)) on the disk, and \(megabytes(free)) are free", remedy: "`store trim=yes` removes values that no name holds")
  }

  /// Writes a file that the statement asked for by `to=`: below the working directory, and over nothing that is not Segue's own.
  public func write(_ bytes: [UInt8], to location: Location, at range: SourceRange? = nil) throws {
    if isFollowing { return }
    try written.write(bytes, to: location, below: directory, force: force, at: range)
  }

  /// Adds to a file that ``write(_:to:at:)`` has written, for programs that follow it as it grows.
  public func append(_ bytes: [UInt8], to location: Location, at range: SourceRange? = nil) throws {
    if isFollowing { return }
    try written.append(bytes, to: location, below: directory, force: force, at: range)
  }

  /// Fails if ``write(_:to:at:)`` would not be allowed, for ``Command/check(_:)``.
  public func checkWritable(_ location: Location, at range: SourceRange? = nil) throws {
    if isFollowing { return }
    try written.check(location, below: directory, force: force, at: range)
  }
}

/// `12.3 MB`, `4.1 kB`, `1.2 GB`
public func megabytes(_ bytes: Int64) -> String {
  if bytes > 0, bytes < 50_000 { return Number(Double(bytes) / 1e3, places: 1).text + " kB" }
  return bytes >= 1_000_000_000 ? Number(Double(bytes) / 1e9, places: 1).text + " GB" : Number(Double(bytes) / 1e6, places: 1).text + " MB"
}
