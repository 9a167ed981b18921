internal import Language
internal import Workbench

extension Catalog {
  /// The command that the words of a statement begin with, and how many of them are its name.
  func command(beginning words: [String]) -> (any CommandDeclaration.Type, Int)? {
    if words.count > 1, let command = self[words[0] + " " + words[1]] { return (command, 2) }
    return words.first.flatMap { self[$0] }.map { ($0, 1) }
  }
}

extension ParameterInfo {
  /// What it is, what it may be and what it is without being given, on one line.
  var help: String {
    let more = [limits, fallback.map { "default: \($0)" }].compactMap(\.self)
    return summary + (more.isEmpty ? "" : " (\(more.joined(separator: "; ")))")
  }
}

extension Session {
  /// `fda?` asks for help on `fda`: the statement that is meant.
  package func question(_ text: String) -> String {
    guard text.hasSuffix("?"), catalog["help"] != nil else { return text }
    let words = text.dropLast().split(separator: " ").joined(separator: " ")
    return words.isEmpty ? "help" : catalog[words] != nil ? "help " + words : text
  }
}
