/// A name, and the way from it to a part of its value: `streets.target`, `gta[0]`, `near@best`.
public struct Reference: Sendable, Hashable, Codable, CustomStringConvertible {
  public enum Step: Sendable, Hashable, Codable, CustomStringConvertible {
    case field(String)
    case index(Int)
    /// A number of epochs, or `best`, `first`, `last`: the value knows which it has.
    case epoch(String)

    public var description: String {
      switch self {
      case .field(let name): ".\(name)"
      case .index(let index): "[\(index)]"
      case .epoch(let epoch): "@\(epoch)"
      }
    }
  }

  public var name: String
  public var steps: [Step]

  public init(_ name: String, _ steps: [Step] = []) {
    self.name = name
    self.steps = steps
  }

  public var description: String { name + path }

  /// The steps alone: `.target.train`.
  public var path: String { steps.map(\.description).joined() }

  /// True for a word that may be a name or a field: a letter, then letters, digits and `_`.
  public static func isName(_ word: some StringProtocol) -> Bool {
    guard let first = word.unicodeScalars.first, first.properties.isAlphabetic, word.utf8.count <= 64 else { return false }
    return word.unicodeScalars.allSatisfy { $0 == "_" || ("0"..."9").contains($0) || $0.properties.isAlphabetic || $0.properties.generalCategory == .nonspacingMark }
  }

  /// The reference that `word` spells; nil where it is not one.
  public init?(_ word: String) {
    let stops: Set<Character> = [".", "[", "@"]
    var rest = word[...]
    let head = rest.prefix { !stops.contains($0) }
    guard Reference.isName(head) else { return nil }
    rest = rest.dropFirst(head.count)
    var steps: [Step] = []
    while let mark = rest.popFirst() {
      let part = rest.prefix { !stops.contains($0) }
      rest = rest.dropFirst(part.count)
      switch mark {
      case ".":
        guard Reference.isName(part) else { return nil }
        steps.append(.field(String(part)))
      case "@":
        guard Reference.isName(part) || (!part.isEmpty && part.count < 10 && part.allSatisfy { $0.isASCII && $0.isNumber }) else { return nil }
        steps.append(.epoch(Int(part).map(String.init) ?? String(part)))
      default:
        guard part.last == "]", part.count < 11, part.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }), let index = Int(part.dropLast()) else { return nil }
        steps.append(.index(index))
      }
    }
    self.init(String(head), steps)
  }
}
