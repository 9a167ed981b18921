internal import Mustache

/// The templates of `Templates/`, which are part of the program.
enum DocumentTemplates {
  static let library: MustacheLibrary = {
    MustacheContentTypes.register(MarkdownContentType(), named: "MARKDOWN")
    let texts: [(String, [UInt8])] = [
      ("html", PackageResources.html_mustache), ("html-header", PackageResources.html_header_mustache), ("html-contents", PackageResources.html_contents_mustache),
      ("html-block", PackageResources.html_block_mustache), ("html-cell", PackageResources.html_cell_mustache),
      ("html-output", PackageResources.html_output_mustache), ("html-run", PackageResources.html_run_mustache),
      ("markdown", PackageResources.markdown_mustache),
      ("markdown-run", PackageResources.markdown_run_mustache),
    ]
    var library = MustacheLibrary()
    for (name, bytes) in texts {
      // What stands within a line must not bring the line break that ends its file.
      let text = name.hasSuffix("-run") ? trimmed(bytes) : String(decoding: bytes, as: UTF8.self)
      do { try library.register(text, named: name) } catch { preconditionFailure("the template \(name) cannot be read: \(error)") }
    }
    return library
  }()

  static let style = trimmed(PackageResources.html_css)
  static let script = trimmed(PackageResources.html_js)
  /// Of pages that are served: they follow what they show.
  static let liveStyle = style + "\n" + trimmed(PackageResources.live_css)
  static let liveScript = script + "\n" + trimmed(PackageResources.live_js)

  static func render(_ content: some Sendable, with name: String) -> String {
    guard let text = library.render(content, withTemplate: name) else { preconditionFailure("there is no template \(name)") }
    return text
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
