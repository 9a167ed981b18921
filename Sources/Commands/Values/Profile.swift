import Language
import Workbench

/// Where the paper and its authors' code differ, one word chooses all at once: each command that has a disputed choice declares what it
/// comes to under either (``CommandDeclaration/presets``). What is written in a statement wins.
///
/// The word is no part of a recipe, and what it chooses is: the same numbers typed by hand make the same value.
enum Profile: String, CaseIterable, Sendable, ExplainedChoice {
  case paper, repo

  static let summary = "what disputed choices that are left out come to"

  var explanation: String {
    switch self {
    case .paper: "as the paper's text has them"
    case .repo: "as its authors' code has them"
    }
  }

  /// For `explain`: `profile=repo chooses keep=0.34`.
  func words(_ presets: [String: Term]) -> Phrase {
    let chosen = presets.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.canonical)" }
    return chosen.isEmpty ? "profile=\(rawValue) chooses nothing here" : "profile=\(rawValue) chooses \(chosen.joined(separator: " ")), where they are left out"
  }

  /// For the protocol of a table: which profile its models were made by. Nil where none is written in any statement that they come from.
  static func words(of models: [Operand], _ context: Context) -> String? {
    let each = models.map { (name: $0.text, words: context.words("profile", below: $0)) }
    guard each.contains(where: { $0.words.contains { $0 != nil } }) else { return nil }
    let told = each.map { (name: $0.name, words: $0.words.count == 1 ? $0.words.first.flatMap(\.self).map { "profile=\($0)" } ?? "no profile" : mixture($0.words)) }
    if Set(told.map(\.words)).count == 1 { return "made with \(told[0].words)" }
    return "made with " + told.map { "\($0.words) (\($0.name))" }.joined(separator: ", ")
  }

  private static func mixture(_ words: Set<String?>) -> String {
    let profiles = words.compactMap(\.self).sorted().map { "profile=\($0)" }
    return profiles.isEmpty ? "no profile" : "\(profiles.joined(separator: " and ")) in part"
  }
}
