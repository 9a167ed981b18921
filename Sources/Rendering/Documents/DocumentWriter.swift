public import Language
public import Workbench

/// Writes a document where a person wants it, in the format that the name's ending asks for.
public struct DocumentWriter {
  private let location: Location
  private let format: any DocumentFormat
  private let session: Session
  private let range: SourceRange?

  /// Fails before anything is evaluated where the ending is of no format or the file may not be written.
  ///
  /// - Parameter range: where the location was written, for diagnostics.
  public init(to location: Location, in session: Session, at range: SourceRange? = nil) throws {
    guard let format = DocumentFormats.writing(location.fileExtension) else {
      throw Diagnostic(
        "a session is not exported as '\(location.text)'", at: range, remedy: "end the name in \(DocumentFormats.fileExtensions.joined(separator: " or "))")
    }
    try session.checkWritable(location, at: range)
    (self.location, self.format, self.session, self.range) = (location, format, session, range)
  }

  /// Writes the files that lie beside the document first, so that a document never points at what is not there.
  ///
  /// - Returns: what was written, in words.
  public func write(_ document: Document) throws -> String {
    let name = String(location.text.split(separator: "/").last ?? "")
    let folder = String(location.text.dropLast(name.count))
    let files = format.files(document, named: name).map { (session.location(folder + $0.path), $0.bytes) }
    for (place, _) in files { try session.checkWritable(place, at: range) }
    for (place, bytes) in files.reversed() { try session.write(bytes, to: place, at: range) }
    guard let first = files.dropFirst().first else { return "written: \(location.text)" }
    let beside = files.count - 1
    return "written: \(location.text), and \(counted(beside, "file")) in \(first.0.text.split(separator: "/").dropLast().joined(separator: "/"))"
  }
}
