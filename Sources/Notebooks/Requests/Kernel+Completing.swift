internal import Console
internal import FoundationEssentials
internal import Language
internal import Rendering
internal import Workbench

extension Kernel {
  /// A cell and where the cursor stands in it, in Unicode scalars.
  struct Cursor: Decodable {
    var code: String
    var place: Int
    private enum CodingKeys: String, CodingKey { case code, place = "cursor_pos" }

    /// In UTF-8 bytes.
    var offset: Int { code.unicodeScalars.prefix(max(place, 0)).reduce(0) { $0 + UTF8.width($1) } }

    /// The place of a byte, in Unicode scalars.
    func place(ofByte offset: Int) -> Int { String(decoding: Array(code.utf8.prefix(offset)), as: UTF8.self).unicodeScalars.count }
  }

  func completion(_ cursor: Cursor) throws -> JSONText {
    let session = try session()
    let found = StatementAtCursor(cursor.code, at: cursor.offset)?.completion(StatementCompleter(session))
    let start = cursor.place(ofByte: found?.range.start ?? cursor.offset), end = cursor.place(ofByte: cursor.offset)
    let candidates = found?.candidates ?? []
    // What tells them from one another, for front ends that show it.
    let types = candidates.map { candidate in
      JSONText.object([
        ("start", .int(start)), ("end", .int(end)), ("text", .string(candidate.text)), ("type", .string(type(candidate, session))), ("signature", .string(candidate.help)),
      ])
    }
    return .ok([
      ("matches", .array(candidates.map { .string($0.text) })), ("cursor_start", .int(start)), ("cursor_end", .int(end)),
      ("metadata", .object([("_jupyter_types_experimental", .array(types))])),
    ])
  }

  /// What it is, in a word.
  private func type(_ candidate: Console.Candidate, _ session: Session) -> String {
    if session.catalog[candidate.text] != nil { return "command" }
    return candidate.ending.isEmpty && candidate.text.hasSuffix("=") ? "parameter" : "value"
  }

  func inspection(_ cursor: Cursor) throws -> JSONText {
    let session = try session()
    let found = StatementAtCursor(cursor.code, at: cursor.offset).flatMap { StatementInspector(session).inspection(of: $0) }
    let data = found.map { [("text/plain", JSONText.string(TextRenderer(columns: 100).lines($0.display).joined(separator: "\n")))] } ?? []
    return .ok([("found", .bool(found != nil)), ("data", .object(data)), ("metadata", .object([]))])
  }

  /// Whether a console should evaluate this or ask for another line: a statement goes on by `\` or by lines that are indented, until an
  /// empty one ends it.
  func completeness(_ code: String) -> JSONText {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.last ?? ""
    func incomplete(_ indent: String) -> JSONText { .object([("status", .string("incomplete")), ("indent", .string(indent))]) }
    if last.hasSuffix("\\"), !last.hasPrefix("#") { return incomplete("  ") }
    if lines.count > 1, last.first == " ", last.contains(where: { $0 != " " }) { return incomplete(String(last.prefix { $0 == " " })) }
    guard let session = try? session() else { return .object([("status", .string("unknown"))]) }
    return .object([("status", .string(Script(code, session.vocabulary).diagnostics.isEmpty ? "complete" : "invalid"))])
  }
}
