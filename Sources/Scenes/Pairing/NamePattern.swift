/// How the files of one side are named, as a path within the dataset's folder with one `*`: `rgb/*_rgb.png`. What the `*` stands for, which
/// may hold folders, is the name of the sample; an image and a label of the same name belong together.
public struct NamePattern: Hashable, Sendable, CustomStringConvertible {
  public let description: String
  private let start: [UInt8]
  private let end: [UInt8]

  /// - Throws: `SceneError` where it has no `*`, several, or begins outside of the folder.
  public init(_ text: String) throws {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw SceneError("the pattern '\(text)' has \(parts.count == 1 ? "no *" : "\(parts.count - 1) *"), and it takes one, for the name of the sample") }
    guard !text.hasPrefix("/"), !text.split(separator: "/").contains("..") else { throw SceneError("the pattern '\(text)' leaves the folder of the dataset; it begins within") }
    var start = String(parts[0])
    while start.hasPrefix("./") { start.removeFirst(2) }
    (description, self.start, end) = (text, Array(start.utf8), Array(parts[1].utf8))
  }

  /// What the `*` stands for in a path; nil where the path is of another form.
  func name(in path: String) -> String? {
    let bytes = Array(path.utf8)
    guard bytes.count > start.count + end.count, bytes.starts(with: start), bytes.suffix(end.count).elementsEqual(end) else { return nil }
    return String(validating: bytes[start.count..<bytes.count - end.count], as: UTF8.self)
  }
}
