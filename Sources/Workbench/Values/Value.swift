import Language
public import Storage

/// What a statement makes. A value never changes; a new statement makes a new one.
public protocol Value: Sendable {
  static var kind: Kind { get }

  /// The kind of this very value.
  var kind: Kind { get }

  /// What is shown when the value is made or its name is typed.
  var display: Display { get }

  /// A few words for `vars`: `50 images, 256x128, 19 classes`.
  var summary: Phrase { get }

  /// The parts that `.name` gives, in the order in which they are listed.
  var fieldNames: [String] { get }

  /// The part of that name; asked only for names in ``fieldNames``.
  func field(_ name: String) throws -> any Value

  /// Whether the part of that name is drawn at random, so that the seed belongs into its recipe.
  func isDrawn(_ name: String) -> Bool

  /// The part of that name as `seed` draws it; asked only where ``isDrawn(_:)`` says so.
  func field(_ name: String, seed: UInt64) throws -> any Value

  /// How many parts `[index]` can give; nil where there are none to count.
  var count: Int? { get }

  /// The part at `index`, which lies in `0..<count`.
  func element(_ index: Int) throws -> any Value

  /// What `@` can give, in order: `1`, `5`, `25`, `best`.
  var epochs: [String] { get }

  /// The value as it was at one of ``epochs``.
  func epoch(_ epoch: String) throws -> any Value

  /// The one spelling of one of ``epochs``: a number for `best`, and nil for the one that the value itself is at.
  func numbered(_ epoch: String) -> String?

  /// A digest of what the value holds, 64 hexadecimal digits: equal only where every bit that counts is. By itself of the file that
  /// ``SavableValue`` writes, else of what is shown.
  func fingerprint() throws -> String
}

extension Value {
  public var summary: Phrase { "\(kind.withArticle)" }
  public var fieldNames: [String] { [] }
  public func field(_ name: String) throws -> any Value { throw Diagnostic("\(kind.withArticle) has no fields") }
  public func isDrawn(_ name: String) -> Bool { false }
  public func field(_ name: String, seed: UInt64) throws -> any Value { try field(name) }
  public func numbered(_ epoch: String) -> String? { epoch }
  public var count: Int? { nil }
  public func element(_ index: Int) throws -> any Value { throw Diagnostic("\(kind.withArticle) has no elements") }
  public var epochs: [String] { [] }
  public func epoch(_ epoch: String) throws -> any Value { throw Diagnostic("\(kind.withArticle) has no epochs") }

  public var kind: Kind { Self.kind }

  public func fingerprint() throws -> String {
    contentDigest(Array(TranscriptLayout.lines(display).map { $0.text + "\n" }.joined().utf8))
  }

  /// The number that this is, where it is one: what comparisons and settings take.
  public var number: Number? { self as? Number }
}

/// A value that the store keeps, so that it need not be recomputed, with everything that the command has put into its workspace.
public protocol RestorableValue: Value {
  /// The value that lies in a folder. It may keep the folder and read from it later.
  static func load(from folder: Folder) throws -> Self

  /// How many bytes of memory ``load(from:)`` takes, about. By itself twice the largest file: its bytes, and what is made of them.
  static func memoryToLoad(from folder: Folder) -> Int64
}

extension RestorableValue {
  public static func memoryToLoad(from folder: Folder) -> Int64 { 2 * folder.largestFile() }
}

/// A value that the store keeps and that can be written as a whole when it is made.
public protocol StorableValue: RestorableValue {
  /// Writes everything that ``RestorableValue/load(from:)`` needs.
  func save(to folder: Folder) throws
}

/// A value that `save VALUE to=FILE` can write for other programs.
public protocol SavableValue: Value {
  /// The endings it knows, with their full stop: `.safetensors`.
  static var fileExtensions: [String] { get }

  /// What writes such a file where `save` does not, in words; nil where nothing does.
  static func otherWay(toFileWithExtension ending: String) -> String?

  /// Why this very value cannot be written, in words; nil where it can.
  var reasonNotToSave: String? { get }

  /// The bytes of the file; asked only for one of ``fileExtensions``.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8]

  /// How many bytes of memory ``bytes(forFileWithExtension:)`` takes, about; 0 for what is small beside the value itself.
  func memoryToWrite(fileWithExtension ending: String) -> Int64
}

extension SavableValue {
  public var reasonNotToSave: String? { nil }
  public static func otherWay(toFileWithExtension ending: String) -> String? { nil }
  public func memoryToWrite(fileWithExtension ending: String) -> Int64 { 0 }
  public func fingerprint() throws -> String { contentDigest(try bytes(forFileWithExtension: Self.fileExtensions[0])) }
}

/// A value of which `plot` makes a drawing.
public protocol PlottableValue: Value {
  var plot: Plot { get }
}
