internal import Glibc
public import Language

/// The person's own editor.
public enum ExternalEditor {
  /// A text as a person leaves it: in `$VISUAL`, else `$EDITOR`, else `vi`. The terminal must not be in the middle of reading a line.
  ///
  /// - Throws: where the editor cannot be started, or ends with an error, which is how people tell it to forget what they did.
  public static func edit(_ text: String, environment: [String: String]) throws(Diagnostic) -> String {
    let command = [environment["VISUAL"], environment["EDITOR"]].compactMap(\.self).first { !$0.isEmpty } ?? "vi"
    let path = try writtenAside(text, folder: environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp")
    defer { unlink(path) }
    let status = ControlC.away { run(command, path) }
    guard status == 0 else {
      let words = status == 127 ? "there is no editor '\(command)'" : "the editor '\(command)' ended with \(status)"
      throw Diagnostic(words, remedy: status == 127 ? "set EDITOR to yours, for example EDITOR=nano" : "the statement is as it was")
    }
    guard let edited = contents(path) else { throw Diagnostic("the edited text cannot be read", remedy: "the statement is as it was") }
    return edited
  }

  /// A new file that only this person can read.
  private static func writtenAside(_ text: String, folder: String) throws(Diagnostic) -> String {
    let ending = ".segue"
    var name = Array((folder + "/segue-XXXXXX" + ending).utf8CString)
    let file = mkstemps(&name, Int32(ending.utf8.count))
    guard file >= 0 else { throw Diagnostic("no file for the editor can be made in \(folder)", remedy: "set TMPDIR to a folder that can be written") }
    OutputFile.write(text + "\n", to: file)
    close(file)
    return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  /// The exit status of a shell command with a file as its last argument; 127 where it is not found, 128 and more for a signal.
  private static func run(_ command: String, _ path: String) -> Int32 {
    let words = ["sh", "-c", command + " \"$1\"", "sh", path]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return 127 } }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  private static func contents(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += part[..<count]
      // A statement is a line; what is larger is no statement.
      guard bytes.count <= 1 << 20 else { return nil }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
