/// A way to write a ``Document`` down.
public protocol DocumentFormat: Sendable {
  static var name: String { get }
  /// With their full stop; the first is the usual one.
  static var fileExtensions: [String] { get }
  init()

  /// The files of a document: first the document itself, then what lies beside it.
  ///
  /// - Parameter name: the name of the document's file, without folders.
  func files(_ document: Document, named name: String) -> [DocumentFile]
}

/// A file of a document.
public struct DocumentFile: Sendable, Equatable {
  /// Seen from the folder that the document lies in.
  public var path: String
  public var bytes: [UInt8]
}

/// The formats that sessions are exported to.
public enum DocumentFormats {
  public static let all: [any DocumentFormat.Type] = [HTMLDocument.self, MarkdownDocument.self, NotebookDocument.self]

  public static var fileExtensions: [String] { all.flatMap { $0.fileExtensions } }

  /// The format that writes files with this ending, such as `.html`.
  public static func writing(_ ending: String) -> (any DocumentFormat)? {
    all.first { $0.fileExtensions.contains(ending.lowercased()) }?.init()
  }
}
