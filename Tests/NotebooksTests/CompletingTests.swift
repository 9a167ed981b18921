import Foundation
import Notebooks
import Testing

/// Completion, help and the question whether a cell is whole; places count Unicode scalars, as the protocol says.
@Suite struct CompletingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// `|` is the cursor.
    var code: String
    var matches: [String]
    var range: Range<Int>
    var testDescription: String { code }
    var cell: (code: String, cursor: Int) { (code.replacing("|", with: ""), code.unicodeScalars.prefix { $0 != "|" }.count) }
  }

  @Test(arguments: [
    Case(code: "lo|", matches: ["load streets"], range: 0..<2), Case(code: "load |", matches: ["load streets"], range: 0..<5),
    Case(code: "load streets v|", matches: ["village"], range: 13..<14), Case(code: "load streets spot=v|", matches: ["village"], range: 18..<19),
    Case(code: "n = 25\nclimb st|", matches: ["stairs="], range: 13..<15), Case(code: "n = 25\nclimb\n  st|", matches: ["stairs="], range: 15..<17),
    Case(code: "n = 25\nclimb stairs=|", matches: ["3", "n"], range: 20..<20), Case(code: "# lo|", matches: [], range: 4..<4),
    Case(code: "note = \"\u{1F6B2}é\"\nclimb st|\nnote", matches: ["stairs="], range: 18..<20), Case(code: "climb \\\nst|", matches: ["stairs="], range: 8..<10),
  ]) func completes(_ given: Case) throws {
    let front = try FrontEnd()
    _ = try front.execute("n = 25")
    let (code, cursor) = given.cell
    let reply = try front.answer("complete_request", ["code": code, "cursor_pos": cursor])
    #expect(reply["status"] as? String == "ok" && Set(reply["matches"] as? [String] ?? ["?"]) == Set(given.matches), "\(reply)")
    if !given.matches.isEmpty { #expect(reply["cursor_start"] as? Int == given.range.lowerBound && reply["cursor_end"] as? Int == given.range.upperBound, "\(reply)") }
  }

  @Test(arguments: [
    ("cli|mb stairs=2", "Climb stairs"), ("climb sta|irs=2", "how many"), ("climb stairs=|n", "n = 25"), ("n|", "n = 25"), ("lo|ad streets", "Load streets."),
    ("load stre|ets", "Load streets."), ("x = clim|b", "Climb stairs"), ("climb |", "Climb stairs"), ("# x\nexpect n|", "number"), ("load streets sp|ot=town", "houses on both sides"),
    ("up|", "climb, version 1"), ("up|", "stairs  4"), ("explain cli|mb", "Climb stairs"),
  ]) func explains(_ code: String, _ words: String) throws {
    let front = try FrontEnd()
    _ = try front.execute("n = 25\nup = climb stairs=4")
    let cell = Case(code: code, matches: [], range: 0..<0).cell
    let reply = try front.answer("inspect_request", ["code": cell.code, "cursor_pos": cell.cursor, "detail_level": 0])
    let text = (reply["data"] as? [String: String])?["text/plain"] ?? ""
    #expect(reply["found"] as? Bool == true && text.contains(words), "\(text)")
  }

  @Test(arguments: ["|", "# words cli|mb", "nothing|", "5|"]) func saysNothing(_ code: String) throws {
    let cell = Case(code: code, matches: [], range: 0..<0).cell
    #expect(try FrontEnd().answer("inspect_request", ["code": cell.code, "cursor_pos": cell.cursor])["found"] as? Bool == false)
  }

  @Test(arguments: [
    ("climb", "complete"), ("", "complete"), ("# words", "complete"), ("climb\n  stairs=2\n", "complete"), ("n = 1\nm = 2", "complete"), ("climb \\", "incomplete"),
    ("climb\n  stairs=2", "incomplete"), ("climb\n    stairs=2", "incomplete"), ("= 5", "invalid"), ("n = \"open", "invalid"), ("# words \\", "complete"),
  ]) func saysWhetherACellIsWhole(_ code: String, _ status: String) throws {
    let reply = try FrontEnd().answer("is_complete_request", ["code": code])
    #expect(reply["status"] as? String == status)
    if status == "incomplete" { #expect(reply["indent"] as? String == (code.contains("\n    ") ? "    " : "  ")) }
  }

  /// No prefix of a cell, at any place of the cursor, is more than is understood.
  @Test func anyPrefixIsAnswered() throws {
    let front = try FrontEnd()
    let code = "n = \"é\u{1F6B2}\"\r\n# prose\nup = climb \\\n  stairs=2 way=\"x\" # why\nup@best.x[0]\n"
    for count in 0...code.unicodeScalars.count {
      for cursor in [0, count / 2, count, count + 5] {
        let prefix = String(String.UnicodeScalarView(code.unicodeScalars.prefix(count)))
        for type in ["complete_request", "inspect_request"] {
          #expect(try front.answer(type, ["code": prefix, "cursor_pos": cursor])["status"] as? String == "ok")
        }
      }
    }
  }
}
