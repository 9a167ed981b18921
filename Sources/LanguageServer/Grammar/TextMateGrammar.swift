internal import Language
internal import Rendering
public import Workbench

/// The colours of scripts for editors that read TextMate grammars: commands, parameters and choices are those of the catalog.
public struct TextMateGrammar {
  /// JSON, as `scripts/editors/vscode` holds it.
  public let text: String

  public init(_ catalog: Catalog) {
    let commands = catalog.commands
    // The longest first: `load dataset` is not `load`.
    let names = Set(commands.map { $0.name }).union(catalog.vocabulary.prefixes).sorted { ($1.count, $0) < ($0.count, $1) }
    let parameters = Set(commands.flatMap { $0.parameters.map(\.name) }).sorted { ($1.count, $0) < ($0.count, $1) }
    let choices = Set(commands.flatMap { command in
      command.parameters.flatMap { parameter -> [String] in if case .choice(let words) = parameter.role { words } else { [] } }
    }).union(["yes", "no"]).sorted { ($1.count, $0) < ($0.count, $1) }
    func any(_ words: [String]) -> String { "(?:" + words.map { TextMateGrammar.escaped($0).replacing(" ", with: " +") }.joined(separator: "|") + ")" }
    func rule(_ name: String, _ match: String) -> JSONText { .object([("name", .string(name + ".segue")), ("match", .string(match))]) }
    let end = "(?=[\\s=]|$)"
    let whole = JSONText.object([
      ("$schema", .string("https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json")), ("name", .string("Segue")), ("scopeName", .string("source.segue")),
      ("patterns", .array([
        rule("markup.heading", "^##+ .*$"), rule("markup.inserted.output", "^#>.*$"), rule("markup.deleted.failure", "^#!.*$"), rule("comment.line.prose", "^#.*$"),
        rule("comment.line", "(?<=\\s)#.*$"),
        .object([
          ("name", .string("string.quoted.double.segue")), ("begin", .string("\"")), ("end", .string("\"|$")),
          ("patterns", .array([rule("constant.character.escape", "\\\\(?:u\\{[0-9a-fA-F]+\\}|.)")])),
        ]),
        .object([
          ("match", .string("^([\\p{L}][\\p{L}\\p{N}_]*)( *=)(?= )")),
          ("captures", .object([("1", .object([("name", .string("variable.other.assignment.segue"))])), ("2", .object([("name", .string("keyword.operator.assignment.segue"))]))])),
        ]),
        .object([
          ("match", .string("\\b(\(any(parameters)))(=)")),
          ("captures", .object([("1", .object([("name", .string("variable.parameter.segue"))])), ("2", .object([("name", .string("keyword.operator.assignment.segue"))]))])),
        ]),
        rule("keyword.control.command", "(?:(?<=^|= |explain ))\(any(names))\(end)"),
        rule("constant.numeric", "(?<![\\p{L}\\p{N}_])-?[0-9]+(?:x[0-9]+|\\.\\.-?[0-9.e-]+|/[0-9]+|(?:\\.[0-9]+)?(?:e-?[0-9]+)?(?:\\.\\.-?[0-9.e-]+|%)?)"),
        rule("support.constant.choice", "(?<=[\\s=])\(any(choices))(?=\\s|$)"), rule("keyword.operator.comparison", "(?<=\\s)(?:<=|>=|<|>|=)(?=\\s)"),
        rule("variable.other.field", "(?<=[\\p{L}\\p{N}_\\]])[.@][\\p{L}\\p{N}_]+"),
      ])),
    ])
    text = whole.indented + "\n"
  }

  private static func escaped(_ word: String) -> String {
    word.map { "\\^$.|?*+()[]{}".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
