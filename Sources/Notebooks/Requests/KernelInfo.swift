internal import Rendering
internal import Workbench

/// What a kernel says of itself.
enum KernelInfo {
  static let protocolVersion = "5.4"

  static var reply: JSONText {
    .ok([
      ("protocol_version", .string(protocolVersion)), ("implementation", .string("segue")), ("implementation_version", .string(Release.number)),
      // Of the modes that every front end has, this one colours comments, texts and numbers as they are here.
      ("language_info", .object(Notebook.languageInfo + [
        ("version", .string(Release.number)), ("codemirror_mode", .string("python")), ("pygments_lexer", .string("text")),
      ])),
      ("banner", .string("Segue \(Release.number). `help` lists the commands.")), ("help_links", .array([])), ("debugger", .bool(false)),
    ])
  }
}
