import FoundationEssentials
import Language

/// A Jupyter notebook of statements, as it is read: what ``NotebookDocument`` wrote, or somebody typed in Jupyter.
public struct Notebook {
  /// As its metadata names the language of its code cells.
  package static let language = "segue"

  /// What front ends are told of the language.
  package static var languageInfo: [(String, JSONText)] {
    [("file_extension", .string(".segue")), ("mimetype", .string("text/x-segue")), ("name", .string(language))]
  }

  /// The lines of the script that it holds.
  public let script: String
  /// What of it a script has no place for, in words.
  public let remarks: [String]

  /// - Throws: a `Diagnostic` where the bytes are no notebook, or one of another language.
  public init(_ bytes: [UInt8]) throws {
    let file: NotebookFile
    do {
      file = try JSONDecoder().decode(NotebookFile.self, from: Data(bytes))
    } catch {
      throw Diagnostic("this is no Jupyter notebook", remedy: "a notebook is JSON with cells, and says nbformat 4")
    }
    guard file.nbformat == 4 else { throw Diagnostic("this notebook is of nbformat \(file.nbformat), and 4 is read", remedy: "`jupyter nbconvert --to notebook` writes nbformat 4") }
    if let language = file.metadata.language, language != Notebook.language {
      throw Diagnostic("this notebook is in \(language), not in Segue's language", remedy: "choose the kernel Segue, or export a script with --to NAME.ipynb")
    }
    var reader = NotebookScript()
    for cell in file.cells { reader.take(cell) }
    (script, remarks) = (reader.text, reader.remarks)
  }

  /// Prose of a script as Markdown, without empty lines at its ends.
  static func markdown(_ lines: [String]) -> String {
    lines.map { line in
      if line.hasPrefix("##") || line.isEmpty { return line }
      return line == "#" ? "" : String(line.dropFirst(line.hasPrefix("# ") ? 2 : 1))
    }.joined(separator: "\n").trimmedNewlines
  }

  /// Markdown as prose of a script: headings begin with two marks.
  static func prose(_ markdown: String) -> [String] {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.map { line in
      let marks = line.prefix { $0 == "#" }.count
      if line.allSatisfy(\.isWhitespace) { return "" }
      if (1...6).contains(marks), line.dropFirst(marks).first == " " {
        return (marks == 1 ? "#" : "") + line
      }
      return "# " + line
    }
  }
}

/// The lines of a script, cell by cell.
private struct NotebookScript {
  private var lines: [String] = []
  private var isBlank: Bool { lines.last?.isEmpty ?? true }
  /// Code cells of several statements whose outputs belong to none of them.
  private var shared = 0
  private var raw = 0

  var text: String { lines.map { $0 + "\n" }.joined() }

  var remarks: [String] {
    (shared == 0 ? [] : ["the outputs of \(counted(shared, "cell")) with several statements are left out; `segue replay --update=missing` records them"])
      + (raw == 0 ? [] : ["\(counted(raw, "raw cell")) \(raw == 1 ? "is" : "are") left out"])
  }

  mutating func take(_ cell: NotebookFile.Cell) {
    let source = cell.source.text
    switch cell.cellType {
    case "markdown":
      // What it was made from, unless somebody changed what is seen of it.
      if let kept = cell.metadata?.segue?.lines, Notebook.markdown(kept) == source.trimmedNewlines { return lines += kept }
      if source.trimmedNewlines.isEmpty { return }
      let kept = cell.metadata?.segue?.lines ?? []
      if kept.isEmpty, !isBlank { lines.append("") }
      // Empty lines around it stand where they stood.
      lines += kept.prefix { $0.isEmpty } + Notebook.prose(source.trimmedNewlines) + kept.reversed().prefix { $0.isEmpty }
    case "code":
      lines += cell.metadata?.segue?.before ?? []
      let code = source.trimmedNewlines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if code == [""] { return }
      lines += code
      let outputs = cell.outputs ?? []
      // A line that goes on is indented; prose is no statement.
      let statements = code.count { !$0.hasPrefix(" ") && !$0.hasPrefix("#") && !$0.isEmpty }
      if statements > 1, outputs.contains(where: { !$0.scriptLines.isEmpty }) { shared += 1 } else { lines += outputs.flatMap(\.scriptLines) }
    default: raw += 1
    }
  }
}

/// As nbformat writes it; only what is read.
private struct NotebookFile: Decodable {
  struct Metadata: Decodable {
    struct Named: Decodable {
      var name: String?
      var language: String?
    }
    var kernelspec: Named?
    var languageInfo: Named?
    private enum CodingKeys: String, CodingKey { case kernelspec, languageInfo = "language_info" }
    var language: String? { languageInfo?.name ?? kernelspec?.language }
  }

  struct Cell: Decodable {
    struct Kept: Decodable {
      struct Lines: Decodable {
        var lines: [String]?
        var before: [String]?
      }
      var segue: Lines?
    }
    var cellType: String
    var source: Text
    var metadata: Kept?
    var outputs: [Output]?
    private enum CodingKeys: String, CodingKey { case cellType = "cell_type", source, metadata, outputs }
  }

  struct Output: Decodable {
    struct Plain: Decodable {
      var text: Text?
      private enum CodingKeys: String, CodingKey { case text = "text/plain" }
    }
    struct Marks: Decodable {
      struct Own: Decodable { var progress: Bool? }
      var segue: Own?
    }
    var kind: String
    var data: Plain?
    var message: String?
    var metadata: Marks?
    private enum CodingKeys: String, CodingKey { case kind = "output_type", data, message = "evalue", metadata }

    /// As a script records them.
    var scriptLines: [String] {
      func marked(_ mark: String, _ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? mark : "\(mark) \($0)" }
      }
      // Where a statement stood is shown, never recorded.
      if metadata?.segue?.progress == true { return [] }
      switch kind {
      case "display_data", "execute_result": return data?.text.map { $0.text.isEmpty ? [] : marked("#>", $0.text) } ?? []
      case "error": return message.map { marked("#!", $0) } ?? []
      default: return []
      }
    }
  }

  /// One string, or one for each line.
  struct Text: Decodable {
    let text: String
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      text = try (try? container.decode(String.self)) ?? container.decode([String].self).joined()
    }
  }

  var cells: [Cell]
  var metadata: Metadata
  var nbformat: Int
}

extension String {
  /// Without line breaks at both ends.
  fileprivate var trimmedNewlines: String {
    var text = self[...]
    while let first = text.first, first.isNewline { text.removeFirst() }
    while let last = text.last, last.isNewline { text.removeLast() }
    return String(text)
  }
}
