internal import Rendering
public import Storage

/// How front ends find the kernel: two folders, each with a `kernel.json` and a logo.
public struct KernelSpec: Sendable {
  /// The folder's name, by which notebooks name their kernel.
  public let name: String
  private let title: String
  private let options: [String]

  /// `segue` begins a session for every kernel, as a script does; `segue-session` goes on with that of the prompt.
  public static let all = [
    KernelSpec(name: "segue", title: "Segue", options: []),
    KernelSpec(name: "segue-session", title: "Segue (the prompt's session)", options: ["--continue"]),
  ]

  /// Writes the specs below `folder`, which ends in `kernels`; the files that were written.
  ///
  /// - Parameter program: the absolute path of `segue`.
  public static func install(in folder: String, program: String, _ files: any FileSystem) throws(FileError) -> [String] {
    var written: [String] = []
    for spec in all {
      let path = "\(folder)/\(spec.name)/kernel.json"
      try files.makeFolder("\(folder)/\(spec.name)")
      try files.write(Array((spec.json(program).indented + "\n").utf8), to: path)
      for logo in KernelLogo.files { try files.write(logo.bytes, to: "\(folder)/\(spec.name)/\(logo.name)") }
      written.append(path)
    }
    return written
  }

  private func json(_ program: String) -> JSONText {
    .object([
      ("argv", .array(([program, "kernel"] + options + ["{connection_file}"]).map(JSONText.string))), ("display_name", .string(title)),
      ("language", .string(Notebook.language)), ("interrupt_mode", .string("message")), ("metadata", .object([("debugger", .bool(false))])),
    ])
  }
}
