public import Language
public import Storage

/// A command that makes a value. One declaration in one file; see ``Input``, ``Inputs``, ``Setting``, ``Choice`` and ``Path`` for its parameters.
///
/// The first parameter is written without its name, the others as `name=value`; their declared order is the order in which they are recorded.
public protocol Command: CommandDeclaration {
  associatedtype Result: Value

  /// Raised when the same parameters make something else than before.
  static var version: Int { get }
  /// Whether the store keeps what it makes. Cheap values are recomputed from their statement.
  static var isStored: Bool { get }
  /// Whether several processes compute what the store keeps together, each a part; else the leading one does, and the others wait for it.
  static var isShared: Bool { get }
  /// Whether a value that the session holds already serves another statement of the same recipe. Not where a picture has names in it,
  /// its operands' or their own, which cannot be replaced.
  static var isRemembered: Bool { get }
  /// Whether it draws random numbers with the session's seed whatever its operands are.
  static var usesSeed: Bool { get }
  /// Whether what it draws decides which data there are, such as the split of a folder: `repeat` draws anew what is done with the data, and
  /// leaves these as they are.
  static var drawsData: Bool { get }
  static var naming: Naming { get }
  /// Versions of what the command stands on, by name: arithmetic, networks, generators. They are in its recipes, and a session that was
  /// recorded with others says so.
  static var foundations: [String: String] { get }

  /// Whether this very statement draws random numbers, so that the seed is in its recipe: what ``usesSeed`` says, unless its operands
  /// or settings decide, as where a dataset that is looked at may be one that is drawn.
  func drawsNumbers(_ context: Context) throws -> Bool

  /// Optional parameters that the command did not have at first. Where they are left out, they are not in the recipe, so that what was kept
  /// before they were there is found.
  static var additions: Set<String> { get }

  /// What settings that are left out come to where operands decide: written out, they are the same recipe.
  func usual(_ context: Context) throws -> [String: Literal]

  /// Further entries of the recipe, by name: hashes of files that are read.
  func ingredients(_ context: Context) throws -> [String: String]

  /// Runs before anything is made: whatever can be wrong that takes no work to see, and the space on the disk. Operands may be outlines.
  func check(_ context: Context) throws

  /// Runs before the workspace of a value that the store keeps is taken: work on other values that several jobs do side by side.
  func prepare(_ context: Context) throws

  func run(_ context: Context) throws -> Result

  /// For `segue check`: what can be told of the result before anything is made, such as how many images a dataset has or which epochs a
  /// model keeps, so that the statements after it can be checked. Its pixels, weights and other numbers mean nothing and are never
  /// looked at, and those of its operands must not be either; nil where only its kind is known. Asked after ``check(_:)``.
  func outline(_ context: Context) throws -> Result?

  /// For `explain`: what running would do, with the numbers filled in, a line each. Asked after ``check(_:)``.
  func explanation(_ context: Context) throws -> [Phrase]

  /// For `explain`: what parameters that are left out come to where their operands decide: `lr` to `0.05`.
  func derived(_ context: Context) throws -> [String: String]

  /// For `explain`: parameters that this statement does not read, which it does not list.
  func unread(_ context: Context) throws -> Set<String>

  /// How much there is to do, from which `explain` tells the time; nil where it is not worth telling.
  func work(_ context: Context) throws -> Work?

  /// The memory that running needs, which the machine must have before anything begins; nil where it is not worth telling. Asked after
  /// ``check(_:)``.
  func memory(_ context: Context) throws -> MemoryNeed?

  /// Whether running leaves in the workspace whatever `restore` needs, so that nothing is to be written afterwards.
  static var fillsWorkspace: Bool { get }

  /// Writes what `restore` needs into the folder of the value. By itself for a ``StorableValue``; for other values where what is made
  /// is only understood together with the operands, such as new labels for images that lie elsewhere.
  func save(_ result: Result, to folder: Folder) throws

  /// The value that lies in a folder of the store.
  func restore(from folder: Folder, _ context: Context) throws -> Result

  /// How many bytes of memory ``restore(from:_:)`` takes, about. By itself what a ``StorableValue`` says.
  func memoryToRestore(from folder: Folder) throws -> Int64

  /// The result as this statement shows it: headings, captions, and what it only asks to be shown (``Purpose/display``). Names and such
  /// requests are not in the recipe, so that a kept value may have been made under others: nothing of them is in what ``run(_:)`` gives
  /// and the store keeps, and whatever is there of an earlier statement is replaced.
  func presented(_ result: Result, _ context: Context) throws -> Result

  /// What is to happen each time, also where the value was kept: files named by `to=`.
  func deliver(_ result: Result, _ context: Context) throws
}

/// Whether a result gets a name.
public enum Naming: Sendable, Hashable {
  /// The command's last word and a number, unless the statement names it.
  case counted
  /// Only where the statement names it: `show`, `plot`.
  case optional
  /// Never.
  case none
}

extension Command {
  public static var version: Int { 1 }
  public static var isShared: Bool { false }
  public static var isStored: Bool { Result.self is any RestorableValue.Type }
  public static var fillsWorkspace: Bool { false }
  public static var usesSeed: Bool { true }
  public static var drawsData: Bool { false }
  public static var isRemembered: Bool { true }
  public static var naming: Naming { .counted }
  public static var foundations: [String: String] { [:] }
  public static var additions: Set<String> { [] }
  public func drawsNumbers(_ context: Context) throws -> Bool { Self.usesSeed }
  public func usual(_ context: Context) throws -> [String: Literal] { [:] }
  public func presented(_ result: Result, _ context: Context) throws -> Result { result }
  public func explanation(_ context: Context) throws -> [Phrase] { [] }
  public func derived(_ context: Context) throws -> [String: String] { [:] }
  public func unread(_ context: Context) throws -> Set<String> { [] }
  public func work(_ context: Context) throws -> Work? { nil }
  public func memory(_ context: Context) throws -> MemoryNeed? { nil }
  public func memoryToRestore(from folder: Folder) throws -> Int64 { (Result.self as? any RestorableValue.Type)?.memoryToLoad(from: folder) ?? 2 * folder.largestFile() }
  public func ingredients(_ context: Context) throws -> [String: String] { [:] }
  public func check(_ context: Context) throws {}
  public func prepare(_ context: Context) throws {}
  public func outline(_ context: Context) throws -> Result? { nil }
  public func save(_ result: Result, to folder: Folder) throws {
    guard let storable = result as? any StorableValue else { preconditionFailure("\(Self.name) is stored, and does not say how") }
    try storable.save(to: folder)
  }
  public func restore(from folder: Folder, _ context: Context) throws -> Result {
    guard let type = Result.self as? any RestorableValue.Type, let value = try type.load(from: folder) as? Result else {
      preconditionFailure("\(Self.name) is stored, and does not say how")
    }
    return value
  }
  public func deliver(_ result: Result, _ context: Context) throws {}
}

/// A command about the session itself: it makes no value, but may show something.
public protocol SessionCommand: CommandDeclaration {
  /// What is wrong with it that can be told before it runs, also in a script that is only checked. Operands may be outlines.
  func check(in session: Session) throws

  /// The words that ask for something to be removed that no statement brings back; nil where none do. Only a person at the prompt may
  /// ask for that: a script that somebody else wrote must not empty a store.
  var removal: SourceRange? { get }

  /// Whether it may change what the statements after it mean: replay runs such a statement also where it compares only later ones.
  static var isLasting: Bool { get }

  /// Whether it is about the last statement, whose place it does not take.
  static var isAboutLast: Bool { get }

  /// What it changes for the statements after it; nil where it only shows, checks or writes values. Where a script is only checked, the
  /// change is made without running it.
  var change: SessionChange? { get }

  func run(in session: Session) throws -> Display
}

/// What a session command changes for the statements after it.
public enum SessionChange: Sendable, Equatable {
  case seed(UInt64)
  /// So many statements are taken out of effect.
  case undo(Int)
  /// So many that were taken out are back.
  case redo(Int)
  /// A script lies there.
  case file(Location)
  /// Nothing comes after it.
  case end
}

extension SessionCommand {
  public static var category: Category { .session }
  public static var isRecorded: Bool { false }
  public func check(in session: Session) throws {}
  public var removal: SourceRange? { nil }
  public static var isLasting: Bool { false }
  public static var isAboutLast: Bool { false }
  public var change: SessionChange? { nil }

  /// Fails where it asks for a removal, in a script.
  func refuseRemoval() throws {
    guard let removal else { return }
    throw Diagnostic(
      "a script may not remove values from the store", at: removal, remedy: "type it at the prompt, or run `segue store` with --trim or --unfinished")
  }
}
