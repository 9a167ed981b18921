public import Language

/// The memory that a command needs beside what the process holds already, as far as it grows with what the command is given.
public struct MemoryNeed: Sendable {
  /// What takes it, in words, and how much: "maps", 1.2 GB.
  public var parts: [(what: String, bytes: Int64)]
  /// Where a refusal points.
  public var range: SourceRange?
  /// What needs less.
  public var remedy: String

  public init(_ parts: [(what: String, bytes: Int64)], at range: SourceRange? = nil, remedy: String) {
    (self.parts, self.range, self.remedy) = (parts.filter { $0.bytes > 0 }, range, remedy)
  }

  public var bytes: Int64 { parts.reduce(0) { $0 + $1.bytes } }

  /// `1.6 GB: 1.3 GB for maps, 230 MB for weights`
  var words: String {
    guard parts.count > 1 else { return megabytes(bytes) + (parts.first.map { " for \($0.what)" } ?? "") }
    return "\(megabytes(bytes)): \(parts.map { "\(megabytes($0.bytes)) for \($0.what)" }.joined(separator: ", "))"
  }
}

extension Context {
  /// Fails if the machine, or a limit set on the process, leaves less memory than is needed: before any work, where nothing is lost.
  public func requireMemory(_ need: MemoryNeed?) throws {
    guard let need, let free = memory(), free < need.bytes else { return }
    throw Diagnostic("this needs \(megabytes(need.bytes)) of memory, and \(megabytes(free)) are available", at: need.range, remedy: need.remedy)
  }

  /// For `explain`: the need, and where it is too large that it is.
  func words(for need: MemoryNeed) -> Phrase {
    guard let free = memory(), free < need.bytes else { return "memory: \(need.words)" }
    return "memory: \(need.words); only \(megabytes(free)) are available, so it would be refused (\(need.remedy))"
  }
}

extension Command {
  /// What must hold before anything is made.
  func checkBeforeWork(_ context: Context) throws {
    try check(context)
    try context.requireMemory(try memory(context))
  }
}
