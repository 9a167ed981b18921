import Language
import Rendering
import Workbench

/// `export lesson.html`, `export lesson.md`
struct Export: SessionCommand {
  static let summary = "Write the session with its outputs and pictures as one HTML page, or as Markdown with its pictures beside it."
  static let searchTerms = ["html", "markdown", "document", "page", "publish", "report"]
  static let examples = [
    Example("export lesson.html", after: ["rounds = 25"]), Example("export notes.md", after: ["rounds = 25"]),
    Example("export lesson.docx", fails: "end the name in .html", after: ["rounds = 25"]),
  ]

  @Path("a file that ends in .html or .md", .writing) var to: Location

  func check(in session: Session) throws { _ = try DocumentWriter(to: to, in: session, at: $to) }

  func run(in session: Session) throws -> Display {
    let writer = try DocumentWriter(to: to, in: session, at: $to)
    let name = to.text.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    return .text("\(try writer.write(Document(session, source: name + ".segue")))")
  }
}
