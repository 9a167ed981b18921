/// A Jupyter notebook (nbformat 4.5): prose in Markdown cells, each statement in a code cell with what it showed. ``Notebook`` reads it back into
/// the script that it was made from.
public struct NotebookDocument: DocumentFormat {
  public static let name = "Jupyter notebook"
  public static let fileExtensions = [".ipynb"]

  public init() {}

  public func files(_ document: Document, named name: String) -> [DocumentFile] {
    var cells = NotebookCells()
    for item in document.items { cells.take(item) }
    let notebook = JSONText.object([
      ("cells", .array(cells.finished())),
      ("metadata", .object([
        ("kernelspec", .object([("display_name", .string("Segue")), ("language", .string(Notebook.language)), ("name", .string("segue"))])),
        ("language_info", .object(Notebook.languageInfo)),
        ("title", .string(document.title)),
      ])),
      ("nbformat", .int(4)), ("nbformat_minor", .int(5)),
    ])
    return [DocumentFile(path: name, bytes: Array((notebook.indented + "\n").utf8))]
  }
}
