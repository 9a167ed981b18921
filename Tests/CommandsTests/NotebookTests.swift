import Commands
import Foundation
import Language
import Rendering
import Testing
import Workbench

/// Sessions as Jupyter notebooks, and back.
@Suite struct NotebookTests {
  private static let scripts: [String] = (try? FileManager.default.subpathsOfDirectory(atPath: SessionFileTests.folder.path).filter { $0.hasSuffix(".segue") }.sorted()) ?? []

  private func notebook(_ text: String) throws -> [UInt8] {
    let vocabulary = DomainCommands.catalog.vocabulary
    let document = Document(recorded: Script(text, vocabulary), source: "x.segue", vocabulary)
    return try #require(NotebookDocument().files(document, named: "x.ipynb").first).bytes
  }

  /// Every script of the house comes back with every line: prose, statements, outputs, empty lines.
  @Test(arguments: scripts) func comesBack(_ name: String) throws {
    let text = try String(contentsOf: SessionFileTests.folder.appendingPathComponent(name), encoding: .utf8)
    let read = try Notebook(notebook(text))
    #expect(read.script == text && read.remarks.isEmpty)
  }

  @Test func thereAreScripts() { #expect(NotebookTests.scripts.count >= 11) }

  @Test(arguments: [
    "n = 25\n", "## A\n\n# b\n#\n# c\n\n\nn = 25\n", "# Only words\n", "n = 25\n\n", "\n\nn = 25\n", "expect 1 > 2\n#! 1 is not > 2\n# after\n",
    "show 3\n#> 3\n#>\n#> ...\n", "train epochs=3\n  lr=0.1\n", "# 1 < 2 & \"quotes\" \\ `code` ünïcode\n",
  ]) func smallScriptsComeBack(_ text: String) throws { #expect(try Notebook(notebook(text)).script == text) }

  /// What nbformat asks for, where Python is not at hand to ask it.
  @Test func hasTheShapeOfANotebook() throws {
    let json = try #require(JSONSerialization.jsonObject(with: Data(notebook("## T\nshow 3\n#> 3\nexpect 1 > 2\n#! 1 is not > 2\n"))) as? [String: Any])
    #expect(json["nbformat"] as? Int == 4 && json["nbformat_minor"] as? Int == 5)
    let cells = try #require(json["cells"] as? [[String: Any]])
    #expect(cells.compactMap { $0["cell_type"] as? String } == ["markdown", "code", "code"])
    #expect(Set(cells.compactMap { $0["id"] as? String }).count == 3)
    let outputs = try #require(cells[1]["outputs"] as? [[String: Any]])
    #expect((outputs[0]["data"] as? [String: [String]])?["text/plain"] == ["3"])
    #expect(((cells[2]["outputs"] as? [[String: Any]])?.first?["evalue"] as? String) == "1 is not > 2")
  }

  /// A run of the whole notebook goes on after a failure that the script records.
  @Test func recordedFailuresAreExpected() throws {
    let json = try #require(JSONSerialization.jsonObject(with: Data(notebook("expect 1 > 2\n#! 1 is not > 2\nn = 3\n"))) as? [String: Any])
    let tags = try #require(json["cells"] as? [[String: Any]]).map { ($0["metadata"] as? [String: Any])?["tags"] as? [String] }
    #expect(tags == [["raises-exception"], nil])
  }

  /// What a kernel shows of a long statement's progress is no output of it.
  @Test func progressIsNotRead() throws {
    let shown = #"{"output_type":"display_data","data":{"text/plain":"epoch 3/3"},"metadata":{"segue":{"progress":true}}},{"output_type":"display_data","data":{"text/plain":"25"},"metadata":{}}"#
    let cell = #"{"cell_type":"code","metadata":{},"source":"n","outputs":[\#(shown)]}"#
    #expect(try Notebook(NotebookTests.typed(cell)).script == "n\n#> 25\n")
  }

  /// What people change in Jupyter is taken as they left it.
  @Test func editedCells() throws {
    func changed(_ from: String, _ to: String) throws -> String { try Notebook(Array(String(decoding: notebook("## Title\n\n# words\n\nn = 25\n"), as: UTF8.self).replacing(from, with: to).utf8)).script }
    #expect(try changed("n = 25", "n = 26") == "## Title\n\n# words\n\nn = 26\n")
    #expect(try changed("\"words\"", "\"other words\"") == "## Title\n\n# other words\n\nn = 25\n")
  }

  private static func typed(_ cells: String, language: String = "segue") -> [UInt8] {
    Array(#"{"cells":[\#(cells)],"metadata":{"language_info":{"name":"\#(language)"}},"nbformat":4,"nbformat_minor":5}"#.utf8)
  }

  @Test func notebooksThatWereTyped() throws {
    let words = ##"{"cell_type":"markdown","metadata":{},"source":"# Title\n\nSome words"}"##
    let code = #"{"cell_type":"code","metadata":{},"source":["n = 25\n","show n"],"outputs":[{"output_type":"display_data","data":{"text/plain":"25"},"metadata":{}}]}"#
    let read = try Notebook(NotebookTests.typed(words + "," + code + #",{"cell_type":"raw","metadata":{},"source":"x"}"#))
    #expect(read.script == "## Title\n\n# Some words\nn = 25\nshow n\n")
    #expect(read.remarks.count == 2 && read.remarks[0].hasPrefix("the outputs of 1 cell with several statements") && read.remarks[1] == "1 raw cell is left out")
  }

  @Test(arguments: [
    ("not json", "this is no Jupyter notebook"), (#"{"cells":3,"metadata":{},"nbformat":4}"#, "this is no Jupyter notebook"),
    (#"{"cells":[],"metadata":{},"nbformat":3}"#, "this notebook is of nbformat 3"), (String(decoding: typed("", language: "python"), as: UTF8.self), "this notebook is in python"),
    ("", "this is no Jupyter notebook"), (#"{"cells":[{"cell_type":"code"}],"metadata":{},"nbformat":4}"#, "this is no Jupyter notebook"),
  ]) func refusals(_ text: String, _ words: String) {
    #expect(throws: Diagnostic.self) { try Notebook(Array(text.utf8)) }
    do { _ = try Notebook(Array(text.utf8)) } catch { #expect((error as? Diagnostic)?.message.hasPrefix(words) == true, "\(error)") }
  }
}
