/// The words that the language is given from outside: which commands there are.
public struct Vocabulary: Sendable, Equatable {
  /// Their names, one word or two.
  public let commands: Set<String>
  /// Those that take a comparison, such as `expect`.
  public let comparing: Set<String>
  /// Those that stand before a whole statement, such as `explain`.
  public let prefixes: Set<String>
  /// The first words of two-word commands, with the second words.
  public let pairs: [String: [String]]

  public init(commands: some Sequence<String>, comparing: Set<String> = [], prefixes: Set<String> = []) {
    self.commands = Set(commands)
    self.comparing = comparing
    self.prefixes = prefixes
    var pairs: [String: [String]] = [:]
    for command in self.commands.sorted() {
      let words = command.split(separator: " ").map(String.init)
      precondition((1...2).contains(words.count), "a command has one word or two: '\(command)'")
      if words.count == 2 { pairs[words[0], default: []].append(words[1]) }
    }
    self.pairs = pairs
  }

  /// True for words that no value may be named by: the first word of every command.
  public func isReserved(_ word: String) -> Bool { commands.contains(word) || pairs[word] != nil || prefixes.contains(word) }

  /// Whether a statement may start with this word.
  public func begins(_ word: String) -> Bool { isReserved(word) }

  /// Sorted, for messages.
  public var list: [String] { commands.union(prefixes).sorted() }
}
