public import Language
import Storage

/// A file or folder that a statement names.
public struct Location: Sendable, Hashable {
  public enum Use: Sendable, Hashable {
    /// It must be there already.
    case reading
    /// It will be written.
    case writing
  }

  /// As written.
  public var text: String
  /// Absolute; relative ones start at the working directory.
  public var path: String

  public init(text: String, path: String) {
    self.text = text
    self.path = path
  }

  /// The ending in small letters, with its full stop: `.png`; empty where there is none.
  public var fileExtension: String { Storage.fileExtension(path) }
}

/// A path, recorded between quotes. It is never in the recipe: what is read is there by its content (``Command/ingredients(_:)``).
///
///     @Path("where the picture goes", .writing) var to: Location?
@propertyWrapper
public struct Path<Wrapped>: Parameter, FileParameter {
  let box: Box<Wrapped>
  private let named = Box<NamedFile>(nil)
  var file: NamedFile? { named.content }
  let summary: String
  let use: Location.Use
  let isPositional: Bool
  let isRequired: Bool
  let wrap: (Location) -> Wrapped

  public var wrappedValue: Wrapped {
    guard let content = box.content else { preconditionFailure("a path is read before the command was bound") }
    return content
  }

  /// Where it was written, for diagnostics.
  public var projectedValue: SourceRange? { box.operands.first?.range }

  var operands: [Operand] { box.operands }

  /// `positional` lets it follow the first parameter without `name=`: `load dataset gta5 "data/gta"`.
  public init(_ summary: String, _ use: Location.Use = .reading, positional: Bool = false) where Wrapped == Location {
    (box, self.summary, self.use, isPositional, isRequired, wrap) = (Box(nil), summary, use, positional, true, { $0 })
  }

  public init(_ summary: String, _ use: Location.Use = .reading, positional: Bool = false) where Wrapped == Location? {
    (box, self.summary, self.use, isPositional, isRequired, wrap) = (Box(.some(nil)), summary, use, positional, false, { $0 })
  }

  func info(_ name: String, isFirst: Bool) -> ParameterInfo {
    ParameterInfo(name: name, role: .path(use), summary: summary, isPositional: isFirst || isPositional, isRequired: isRequired)
  }

  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution {
    guard let argument = try binder.single(arguments) else {
      if isRequired { throw binder.missing() }
      return Resolution(written: [], ingredient: nil)
    }
    let term = argument.value
    var text = term.plainText
    var recorded = Term(.text(text))
    if let reference = term.reference, binder.isBound(reference.name), let named = try? binder.lookUp(reference, nil).value as? String {
      text = named
      recorded = term
    }
    if text.isEmpty || text.unicodeScalars.contains("\0") { throw Diagnostic("a path cannot be empty or hold a zero byte", at: term.range) }
    let location = Location(text: text, path: absolute(text, from: binder.directory))
    named.content = NamedFile(use: use, location: location, range: term.range)
    box.content = wrap(location)
    box.operands = [Operand(text: text, range: term.range, origin: Origin(digest: ""))]
    return Resolution(written: [recorded], ingredient: nil)
  }
}

/// A parameter that names a file or a folder.
protocol FileParameter {
  /// What it was bound to; nil where it was left out.
  var file: NamedFile? { get }
}

/// A file or folder that a statement names, and where.
struct NamedFile {
  var use: Location.Use
  var location: Location
  var range: SourceRange
}
