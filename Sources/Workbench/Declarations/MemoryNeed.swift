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

  /// What helps where no parameter of the statement does.
  public static let moreMemory = "free some memory, or raise the limit that is set on this process"

  /// Why there is not enough, where only `free` bytes are left; nil where there is.
  func refusal(_ free: Int64?) -> Diagnostic? {
    guard let free, free < bytes else { return nil }
    return Diagnostic("this needs \(megabytes(bytes)) of memory, and \(megabytes(free)) are available", at: range, remedy: remedy)
  }

  /// `1.6 GB: 1.3 GB for maps, 230 MB for weights`
  var words: String {
    guard parts.count > 1 else { return megabytes(bytes) + (parts.first.map { " for \($0.what)" } ?? "") }
    return "\(megabytes(bytes)): \(parts.map { "\(megabytes($0.bytes)) for \($0.what)" }.joined(separator: ", "))"
  }
}

extension Session {
  /// Fails if the machine, or a limit set on the process, leaves less memory than a session command needs.
  public func requireMemory(_ need: MemoryNeed) throws {
    if let refusal = need.refusal(surroundings.memory()) { throw refusal }
  }
}

extension Context {
  /// Fails if the machine, or a limit set on the process, leaves less memory than is needed: before any work, where nothing is lost.
  public func requireMemory(_ need: MemoryNeed?) throws {
    if let need, let refusal = need.refusal(memory()) { throw refusal }
  }

  /// For `explain`: the need, and where there is too little for it, that the statement would be refused.
  func words(for need: MemoryNeed) -> (words: Phrase, isRefused: Bool) {
    guard let free = memory(), free < need.bytes else { return ("memory: \(need.words)", false) }
    return ("memory: \(need.words); only \(megabytes(free)) are available (\(need.remedy))", true)
  }
}

extension Command {
  /// What must hold before anything is made.
  func checkBeforeWork(_ context: Context) throws {
    try check(context)
    let need = try memory(context)
    try context.requireMemory(need)
    context.memoryAdvice(need?.remedy)
  }
}
