import Console
import Foundation
import Language
import Testing

/// Statements changed in the person's own editor.
@Suite struct EditTests {
  /// What a conversation is like whose editor answers with a text for a text.
  private func conversation(_ keys: String, editor: @escaping (String) throws -> String) -> ScriptedTerminal {
    let terminal = ScriptedTerminal(typing: keys)
    let (session, printer) = toySession(terminal)
    Prompt(session: session, terminal: terminal, printer: printer, editor: editor).run()
    return terminal
  }

  @Test func theLastStatementComesBackToTheLine() {
    var given: [String] = []
    let terminal = conversation("train net epochs=2\redit\r\rquit\r") { given.append($0); return $0.replacing("=2", with: "=4") + "\n" }
    #expect(given == ["train1 = train net epochs=2"])
    #expect(terminal.lines.suffix(3) == ["segue> train1 = train net epochs=4", "8334304 parameters", "segue> quit"])
  }

  @Test func aNameMeansTheStatementThatMadeItAndAFailureIsTheLastStatementToo() {
    var given: [String] = []
    let keep: (String) -> String = { given.append($0); return $0 }
    _ = conversation("edit city\r\u{15}fda cty\redit\r\u{15}quit\r", editor: keep)
    #expect(given == ["city = load dataset streets", "fda cty"])
  }

  @Test func severalStatementsComeBackOneAfterTheOther() {
    let terminal = conversation("edit city\r\r\rquit\r") { _ in "#> an output\nx = fda city.source\n  toward=city.target\n\ntrain net\n" }
    #expect(terminal.lines.filter { $0.hasPrefix("segue> ") } == ["segue> edit city", "segue> x = fda city.source toward=city.target", "segue> train net", "segue> quit"])
  }

  @Test func controlXControlEChangesTheLine() {
    let terminal = conversation("train net\u{18}\u{5}\rquit\r") { $0 + " epochs=2" }
    #expect(terminal.lines.first == "segue> train net epochs=2")
  }

  @Test(arguments: [("edit\rquit\r", "error: the editor fell over"), ("edit nobody\rquit\r", "error: no value is named 'nobody'"), ("edit city net\rquit\r", "error: edit takes one name")])
  func whatGoesWrongIsToldAndTheLineStaysEmpty(_ keys: String, _ words: String) {
    let terminal = conversation(keys) { _ in throw Diagnostic("the editor fell over") }
    #expect(terminal.lines.contains(words))
    #expect(terminal.lines.last == "segue> quit")
  }

  @Test func beforeTheFirstStatementThereIsNothingToEdit() {
    let terminal = ScriptedTerminal(typing: "edit\rquit\r")
    let (session, printer) = toySession(terminal, statements: [])
    Prompt(session: session, terminal: terminal, printer: printer, editor: { $0 }).run()
    #expect(terminal.lines.contains("error: there is no statement to edit yet"))
  }

  @Test func withoutAnEditorThereIsNobodyToEdit() {
    #expect(PromptTests.conversation("edit\rquit\r").lines.contains("error: there is no prompt to edit at"))
  }

  @Test func theEditorIsARealProgram() throws {
    #expect(try ExternalEditor.edit("fda beta=0.01", environment: ["EDITOR": "sed -i s/0.01/0.05/"]) == "fda beta=0.05\n")
    #expect(try ExternalEditor.edit("x", environment: ["VISUAL": "true", "EDITOR": "false"]) == "x\n")
    #expect(throws: Diagnostic("the editor 'false' ended with 1", remedy: "the statement is as it was")) { try ExternalEditor.edit("x", environment: ["EDITOR": "false"]) }
    #expect(throws: Diagnostic("the edited text cannot be read", remedy: "the statement is as it was")) { try ExternalEditor.edit("x", environment: ["EDITOR": "rm"]) }
    #expect(throws: Diagnostic("there is no editor 'no-such-editor'", remedy: "set EDITOR to yours, for example EDITOR=nano")) {
      try ExternalEditor.edit("x", environment: ["EDITOR": "no-such-editor"])
    }
    #expect(throws: Diagnostic("no file for the editor can be made in /nonexistent", remedy: "set TMPDIR to a folder that can be written")) {
      try ExternalEditor.edit("x", environment: ["EDITOR": "true", "TMPDIR": "/nonexistent"])
    }
  }
}
