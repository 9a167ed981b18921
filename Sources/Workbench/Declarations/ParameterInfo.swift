/// One parameter as its declaration says: usage, help, completion and documentation are read from this.
public struct ParameterInfo: Sendable, Equatable {
  public enum Role: Sendable, Equatable {
    /// A value that was made before, of this kind; nil takes any.
    case operand(Kind?)
    case operands(Kind?)
    /// A literal or a number that has a name: `number`, `count`, `size`, `range`, `text`, `yes or no`.
    case setting(String)
    case choice([String])
    case path(Location.Use)
    /// Words that are taken as they stand.
    case words
    case comparison
  }

  public var name: String
  public var role: Role
  public var summary: String
  /// True for those that are written without `name=`.
  public var isPositional: Bool
  /// True where the statement fails without it and nothing fills it in.
  public var isRequired: Bool
  /// The default as it would be written; for a left-out operand what fills it in: `the latest source`.
  public var fallback: String?
  /// What it may be: `0...0.5`, `at least 1`.
  public var limits: String?
  /// For example `pixels`.
  public var unit: String?
  /// What each word of a choice means, where the choice says so.
  public var meanings: [String: String] = [:]

  /// `beta=0.01`, `<source>`, `[toward=<dataset>]`: as usage lines show it.
  public var usage: String { isRequired ? written : "[\(written)]" }

  /// The same without the brackets of what may be left out.
  var written: String {
    let stand = switch role {
    case .operand(let kind): "<\(isPositional ? name : kind?.name ?? "value")>"
    case .operands: "<\(name)>..."
    case .setting(let type): fallback ?? "<\(type)>"
    case .choice(let choices): choices.count > 4 ? "<\(name)>" : choices.joined(separator: "|")
    case .path: "<file>"
    case .words: "<\(name)>"
    case .comparison: "<value> > <value>"
    }
    return isPositional ? stand : "\(name)=\(stand)"
  }
}
