public import Language
public import Storage
import Workbench

/// A session file that teaches, and the place where such files lie.
public struct Lesson: Sendable, Equatable {
  /// Without folders and ending: `03-domain-gap`.
  public var name: String
  public var path: String

  /// Its first heading, without marks.
  public func title(_ fileSystem: any FileSystem) -> String {
    let text = (try? fileSystem.read(path, first: 1 << 16)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let heading = text.split(separator: "\n").first { $0.hasPrefix("##") }
    return heading.map { String($0.drop { $0 == "#" || $0 == " " }) } ?? name
  }
}

extension Lesson {
  /// The lessons of the first of these folders that has any: `sessions/lessons` in it or in a folder above.
  public static func all(near folders: [String], _ fileSystem: any FileSystem) -> [Lesson] {
    for start in folders {
      var folder = start[...]
      while true {
        let lessons = lessons(in: folder + "/sessions/lessons", fileSystem)
        if !lessons.isEmpty { return lessons }
        guard let cut = folder.lastIndex(of: "/") else { break }
        folder = folder[..<cut]
      }
    }
    return []
  }

  private static func lessons(in folder: String, _ fileSystem: any FileSystem) -> [Lesson] {
    let names = ((try? fileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(".segue") && $0.first?.isNumber == true }
    return names.sorted().map { Lesson(name: String($0.dropLast(6)), path: folder + "/" + $0) }
  }

  /// The lesson that is meant by a number, `3` or `03`, or by its name; else the file at this path. A diagnostic where there is none.
  public static func meant(by words: String, among lessons: [Lesson], in directory: String, _ fileSystem: any FileSystem) throws(Diagnostic) -> Lesson {
    if let number = Int(words), let lesson = lessons.first(where: { Int($0.name.prefix { $0.isNumber }) == number }) { return lesson }
    if let lesson = lessons.first(where: { $0.name == words }) { return lesson }
    let path = words.hasPrefix("/") ? words : directory + "/" + words
    if fileSystem.info(path)?.isFolder == false { return Lesson(name: words, path: path) }
    throw Diagnostic(
      "there is no lesson and no file '\(words)'",
      remedy: lessons.isEmpty ? "no lessons were found; name a session file" : "the lessons are \(lessons.map(\.name).joined(separator: ", "))")
  }
}
